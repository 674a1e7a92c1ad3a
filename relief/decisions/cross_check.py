"""Enter the result of the data cross-check (信息核对)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from relief.applications.accept import WORDS_LIMIT
from relief.applications.models import Application
from relief.applications.move import actor_on, wrong_state
from relief.applications.states import State
from relief.confidential.vault import vault_of
from relief.decisions.models import CheckResult, CrossCheck
from relief.errors import Invalid, Reason, WrongState
from relief.officers.models import Officer, Role
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.record import record, touch
from relief.trail.verb import verb
from relief.trail.written import unwritable

CHECKED_AT = (State.ACCEPTED, State.EXAMINED)


@verb("cross-check")
def record_cross_check(
    application: Application, *, by: Officer, version: int, checked_on: date, result: str, remarks: str = ""
) -> CrossCheck:
    """Enter what the district's cross-check found (57号 art 17); a mismatch must be explained in words.

    Raises WrongState, NotAllowed, Invalid, Stale.
    """
    actor = may_check(application, by)
    problems: dict[str, list[Reason]] = {}
    if checked_on > clock.today():
        problems["checked_on"] = [Reason("future-day", _("This day lies in the future."))]
    elif application.survey_from and checked_on < application.survey_from:
        problems["checked_on"] = [
            Reason("before-survey", _("The check lies before this survey of the case began."))
        ]
    if result not in CheckResult.values:
        problems["result"] = [Reason("choice", _("Choose a result."))]
    if result == CheckResult.MISMATCH and not remarks.strip():
        problems["remarks"] = [Reason("required", _("Say what doesn't fit."))]
    if len(remarks) > WORDS_LIMIT:
        problems["remarks"] = [
            Reason("too-long", _("Use at most %(limit)d characters.") % {"limit": WORDS_LIMIT})
        ]
    if broken := unwritable(remarks):
        problems["remarks"] = broken
    if problems:
        raise Invalid(problems)
    event = record(
        "cross-check", application, actor=actor, area=application.area, reason=result, clause="57-17"
    )
    check = CrossCheck(
        application=application,
        checked_on=checked_on,
        result=result,
        remarks=vault_of(application.household).seal_optional("cross-check.remarks", remarks.strip()),
    )
    check.save(event=event)
    touch(application, version, event, state=application.state)
    return check


def may_check(application: Application, by: Officer) -> Actor:
    """Who enters a check now. Raises WrongState, NotAllowed."""
    if application.state not in CHECKED_AT:
        raise WrongState(wrong_state(application))
    return actor_on(application, by, {Role.DISTRICT_CHECKER})
