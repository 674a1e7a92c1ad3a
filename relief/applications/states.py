"""The states of a case, in the regulation's words; one table, nowhere else."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned for completion")
    ACCEPTED = "accepted", _("accepted")
    EXAMINED = "examined", _("examined by the community")
    REVIEWED = "reviewed", _("reviewed by the street")
    IN_PUBLICITY = "in-publicity", _("in publicity")
    UNDER_REINVESTIGATION = "under-reinvestigation", _("under re-investigation")
    CLEARED = "cleared", _("forwarded to the district")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    ANNOUNCED = "announced", _("announced")
    TERMINATED = "terminated", _("terminated")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: nothing more is done on these cases
ENDED = frozenset({State.REFUSED, State.ANNOUNCED, State.TERMINATED, State.WITHDRAWN})
