"""End a case that its household makes impossible (终止审核确认)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.applications.accept import required_words
from relief.applications.models import Application
from relief.applications.move import move
from relief.decisions.blockers import ready
from relief.decisions.decide import write_opinion
from relief.errors import Invalid, Reason
from relief.officers.models import Officer
from relief.trail.verb import verb


class TerminationReason(models.TextChoices):
    """How a household refuses to co-operate without good cause (57号 art 29)."""

    SURVEY = "refuses-survey", gettext_lazy("refuses the home visit or the survey")
    CROSS_CHECK = "refuses-cross-check", gettext_lazy("doesn't authorise the data cross-check")
    PAPERS = "refuses-papers", gettext_lazy("doesn't bring the papers asked for")
    UNREACHABLE = "unreachable", gettext_lazy("can't be reached after several written attempts")


@verb("terminate")
def terminate(application: Application, *, by: Officer, version: int, reason: str, words: str) -> Application:
    """End the procedure for want of co-operation (57号 art 29); the household gets the reason in writing.

    Raises WrongState, NotAllowed, Invalid, Stale.
    """
    ready(application, "terminate", by)
    words = required_words(words, "words")
    if reason not in TerminationReason.values:
        raise Invalid({"reason": [Reason("choice", _("Choose the ground on which the case is ended."))]})
    moved, event = move(application, "terminate", by=by, version=version, words=words, reason=reason)
    write_opinion(moved, event, favourable=False, words=words, reason=reason)
    return moved
