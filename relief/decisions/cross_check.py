"""Enter the result of the data cross-check (信息核对)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from relief.applications.accept import WORDS_LIMIT
from relief.applications.models import Application
from relief.applications.move import actor_on, wrong_state
from relief.applications.states import State
from relief.confidential.vault import vault_of
from relief.decisions.models import CheckResult, CrossCheck, Source
from relief.errors import Invalid, Reason, WrongState
from relief.officers.models import Officer, Role
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.record import record, touch
from relief.trail.verb import verb
from relief.trail.written import unwritable

CHECKED_AT = (State.ACCEPTED, State.EXAMINED)
#: the dated setting that names the sources without which no case is reviewed
SOURCES = "cross-check.sources"


@verb("cross-check")
def record_cross_check(
    application: Application,
    *,
    by: Officer,
    version: int,
    checked_on: date,
    result: str,
    remarks: str = "",
    source: str = Source.REPORT,
) -> CrossCheck:
    """Enter what one source answered (57号 art 17), by default the district's combined report.

    What doesn't fit is said in `remarks`. Raises WrongState, NotAllowed, Invalid, Stale.
    """
    actor = may_check(application, by)
    problems = check_problems(application, checked_on, result, remarks)
    if source not in Source.values:
        problems["source"] = [Reason("choice", _("Choose who answered."))]
    if problems:
        raise Invalid(problems)
    event = record(
        "cross-check", application, actor=actor, area=application.area, reason=result, clause="57-17"
    )
    check = CrossCheck(
        application=application,
        checked_on=checked_on,
        result=result,
        source=stored_source(source),
        remarks=vault_of(application.household).seal_optional("cross-check.remarks", remarks.strip()),
    )
    check.save(event=event)
    touch(application, version, event, state=application.state)
    return check


def stored_source(source: str) -> str | None:
    """How a row names its source: none for the combined report, as rows from before sources were told."""
    return None if source == Source.REPORT else source


def check_problems(
    application: Application, checked_on: date, result: str, remarks: str
) -> dict[str, list[Reason]]:
    """What is wrong with an answer as entered or imported, by field."""
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
    return problems


def may_check(application: Application, by: Officer) -> Actor:
    """Who enters a check now. Raises WrongState, NotAllowed."""
    if application.state not in CHECKED_AT:
        raise WrongState(wrong_state(application))
    return actor_on(application, by, {Role.DISTRICT_CHECKER})


def newest_checks(application: Application) -> dict[Source, CrossCheck]:
    """The newest answer of each source in this survey of the case."""
    if application.survey_from is None:
        return {}
    rows = CrossCheck.objects.filter(application=application, checked_on__gte=application.survey_from)
    return {row.origin: row for row in rows.order_by("pk")}


def unexplained(application: Application) -> list[CrossCheck]:
    """Newest answers that don't fit the declaration and that the street has not explained."""
    return [
        check
        for check in newest_checks(application).values()
        if check.result == CheckResult.MISMATCH and check.explanation is None
    ]


def needed_sources(day: date) -> list[Source]:
    """Who must have answered before a case is reviewed, by the setting of `day`. Raises MissingStandard."""
    return [Source(word) for word in in_force(SOURCES, day).words]
