"""The states of a case, in the regulation's words; one table, nowhere else.

Rule set 57号 uses all but five: `assessed`, `proposed`, `in-second-publicity` and `confirmable` are of rule
set 220号 (democratic review of every case, two publicities), `granted` is of benefits without publicity.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned for completion")
    ACCEPTED = "accepted", _("accepted")
    EXAMINED = "examined", _("examined by the community")
    ASSESSED = "assessed", _("assessed by democratic review")
    REVIEWED = "reviewed", _("reviewed by the street")
    IN_PUBLICITY = "in-publicity", _("in publicity")
    UNDER_REINVESTIGATION = "under-reinvestigation", _("under re-investigation")
    CLEARED = "cleared", _("forwarded for confirmation")
    PROPOSED = "proposed", _("proposed by the district")
    IN_SECOND_PUBLICITY = "in-second-publicity", _("in second publicity")
    CONFIRMABLE = "confirmable", _("ready for confirmation")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    ANNOUNCED = "announced", _("announced")
    GRANTED = "granted", _("granted")
    TERMINATED = "terminated", _("terminated")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: nothing more is done on these cases
ENDED = frozenset({State.REFUSED, State.ANNOUNCED, State.GRANTED, State.TERMINATED, State.WITHDRAWN})

#: a list shows the case and its period runs for it, or its objection is looked into
SHOWN = frozenset({State.IN_PUBLICITY, State.UNDER_REINVESTIGATION, State.IN_SECOND_PUBLICITY})

#: a list may still show the names of the case, until its names' time is over
ON_LIST = SHOWN | {State.CLEARED, State.PROPOSED, State.CONFIRMABLE}

#: a case that comes here is no longer before the public: its row leaves the list
OFF_LIST = frozenset({State.ACCEPTED, State.REVIEWED, State.REFUSED, State.TERMINATED, State.WITHDRAWN})
