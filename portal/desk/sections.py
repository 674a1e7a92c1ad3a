"""The parts of a case in words: identity bar, income, checklist, opinions; for the case page and intake."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.desk.find import case_ref
from portal.desk.offers import who_acts
from portal.desk.words import LEVELS, Row
from portal.templatetags.cap import day, deadline, money
from relief.applications.benefits import benefit
from relief.applications.deadlines import counted_until
from relief.applications.models import Application
from relief.applications.states import ENDED, State
from relief.decisions.blockers import looked_into_again
from relief.decisions.case_file import CaseFile
from relief.decisions.decide import RefusalReason
from relief.decisions.hits import Standing, reasons_of, standing
from relief.decisions.models import CheckResult, CrossCheck
from relief.decisions.terminate import TerminationReason
from relief.decisions.visit import VISITS_AT, looked_into_since
from relief.places.models import Level
from relief.projects.sunshine.guarantee import Summary
from relief.projects.sunshine.models import IncomeTotals
from relief.standards.calendar import Calendar, read_calendar

COLOURS = {
    State.DRAFT: "grey",
    State.RETURNED: "yellow",
    State.APPROVED: "green",
    State.ANNOUNCED: "green",
    State.GRANTED: "green",
    State.REFUSED: "red",
    State.TERMINATED: "grey",
    State.WITHDRAWN: "grey",
}
HIT_COLOURS = {
    Standing.OPEN: "red",
    Standing.EXPLAINED: "green",
    Standing.REGISTERED: "yellow",
    Standing.GONE: "grey",
}

#: last day → whether it is provisional
PROVISIONAL = {"due_on": "due_provisional", "limit_on": "limit_provisional"}

#: why a case was refused, not recommended or ended
GROUNDS = dict([*RefusalReason.choices, *TerminationReason.choices])


def applied_for(case: Application) -> str:
    """Benefit and kind of the case in words."""
    return _("%(benefit)s, %(kind)s") % {
        "benefit": benefit(case.benefit).label,
        "kind": case.get_kind_display(),
    }


def last_day(case: Application, column: str, calendar: Calendar, today: date) -> SafeString:
    """A last day (`due_on`, `limit_on`) in words: days left or late, the date; provisional, clock stopped."""
    last = getattr(case, column)
    if last is None:
        return format_html("{}", _("none set"))
    left = calendar.working_days(counted_until(case, today), last)
    words = deadline(left, passed=last < (case.clock_stopped_on or today))
    marks = [_("(provisional)")] if getattr(case, PROVISIONAL[column]) else []
    marks += [_("clock stopped")] if case.clock_stopped_on is not None else []
    return format_html("{} · {}{}", words, day(last), "".join(f" {mark}" for mark in marks))


def identity(case: Application, today: date) -> list[Row]:
    """The identity bar."""
    rows = [
        Row(_("Case number"), case.number or _("not given yet")),
        Row(_("Community"), case.community.name),
    ]
    if case.state not in ENDED:
        rows += _deadlines(case, today)
        rows.append(Row(_("Whose turn"), who_acts(case) or "—"))
        rows.append(Row(_("Case owner"), case.owner.name if case.owner else _("nobody yet")))
    rows.append(Row(_("Row code"), format_html('<span class="cap-code">{}</span>', case.row_code)))
    return rows


def _deadlines(case: Application, today: date) -> list[Row]:
    """Both last days, with the way to the page that explains them."""
    calendar = read_calendar()
    rows = [Row(_("Deadline"), last_day(case, "due_on", calendar, today))]
    if case.limit_on:
        rows.append(Row(_("Whole case"), last_day(case, "limit_on", calendar, today)))
    if case.due_on or case.limit_on:
        url, words = reverse("desk:deadlines", args=[case_ref(case)]), _("Why this date")
        link = format_html(' · <a class="govuk-link" href="{}">{}</a>', url, words)
        rows[-1] = Row(rows[-1].label, format_html("{}{}", rows[-1].value, link))
    return rows


def income_rows(entered: Summary, change_url: str = "") -> list[Row]:
    """Declared figures for check answers, with a link to change them."""
    totals = entered.declared
    if totals is None:
        return []
    rows = [Row(_column("persons"), totals.persons, change_url, _("Change") if change_url else "")]
    for name in (*IncomeTotals.PARTS, "deductions"):
        rows.append(
            Row(_column(name), money(getattr(totals, name)), change_url, _("Change") if change_url else "")
        )
    return rows


def income_table(entered: Summary) -> list[dict[str, Any]]:
    """Declared beside verified, kind by kind."""
    return [
        {
            "label": _column(name),
            "declared": getattr(entered.declared, name, None),
            "verified": getattr(entered.verified, name, None),
            "minus": name == "deductions",
        }
        for name in (*IncomeTotals.PARTS, "deductions")
    ]


def surveyed(case: Application, entered: Summary, file: CaseFile) -> set[str]:
    """What the level at which the case stands has done in this survey: visit, cross-check, income, words."""
    level, since = VISITS_AT[case.state][0] if case.state in VISITS_AT else None, looked_into_since(case)
    visits = [visit for visit in file.visits if since and visit.visited_on >= since]
    found = {"visit"} if level in {visit.level for visit in visits} else set()
    if any(since and review.held_on >= since for review in file.reviews):
        found.add("democratic-review")
    checks = _checks_since(case, file)
    if checks:
        found.add("cross-check")
    if _all_explained(checks):
        found.add("explain-mismatch")
    if entered.verified is not None:
        found.add("income")
    return found


def _visited_levels(case: Application, file: CaseFile) -> set[str]:
    since = case.survey_from
    return {visit.level for visit in file.visits if since and visit.visited_on >= since}


def _visited_by_district(case: Application, file: CaseFile) -> bool:
    """In this survey, and after the newest complaint."""
    since = max(filter(None, (case.survey_from, case.complaint_on)), default=None)
    return any(visit.level == Level.DISTRICT and since and visit.visited_on >= since for visit in file.visits)


def _checks_since(case: Application, file: CaseFile) -> list[CrossCheck]:
    since = case.survey_from
    return [check for check in file.checks if since and check.checked_on >= since]


def _all_explained(checks: list[CrossCheck]) -> bool:
    """Whether the newest answer of each source fits, or the street has said why not."""
    newest = {check.origin: check for check in reversed(checks)}
    return all(
        check.result == CheckResult.CONSISTENT or check.explanation is not None for check in newest.values()
    )


def checklist(case: Application, entered: Summary, file: CaseFile) -> list[dict[str, Any]]:
    """What the case holds and what it lacks, in the order of the road."""
    levels, checks = _visited_levels(case, file), _checks_since(case, file)
    acts = {opinion.act for opinion in file.opinions}
    rows = [
        (_("Declared income"), entered.declared is not None, ""),
        (_("Community's home visit"), Level.COMMUNITY in levels, ""),
        (_("Community's opinion"), "examine" in acts, ""),
        (_("Street's home visit"), Level.STREET in levels, ""),
        (_("Data cross-check"), bool(checks), "" if _all_explained(checks) else _("mismatch, not explained")),
        (_("Verified income"), entered.verified is not None, ""),
        (_("First-review opinion"), bool(acts & {"review", "advise-against"}), ""),
    ]
    if case.reinvestigation_from:
        words = _("Fresh visit or democratic review")
        rows.append((words, looked_into_again(case), ""))
    if case.needs_district_visit:
        rows.append((_("District's own visit"), _visited_by_district(case, file), ""))
    if case.matched_on:
        words = ngettext("%(count)d match open", "%(count)d matches open", case.open_hits or 0)
        open_hits = words % {"count": case.open_hits} if case.open_hits else ""
        rows.append((_("Match with the registers"), True, open_hits))
    return [
        {
            "label": label,
            "status": warning or (_("done") if held else _("missing")),
            "colour": "red" if warning else "" if held else "grey",
        }
        for label, held, warning in rows
    ]


def opinions(file: CaseFile) -> list[dict[str, Any]]:
    """Opinions with their opened words, newest first."""
    return [
        {
            "title": LEVELS.get(opinion.act, opinion.act),
            "favourable": opinion.favourable,
            "ground": GROUNDS.get(opinion.reason, ""),
            "amount": opinion.amount,
            "persons": opinion.persons,
            "words": file.words.get(f"opinion.{opinion.pk}", ""),
            "officer": opinion.officer_name,
            "at": opinion.at,
        }
        for opinion in file.opinions
    ]


def hits(file: CaseFile) -> list[dict[str, Any]]:
    """Matches with the registers, the open ones first, each with its reason and what was said to it."""
    reasons = reasons_of(file.hits)
    return [
        {
            "hit": hit,
            "name": file.names[hit.person_id],
            "reason": reasons[hit.pk],
            "standing": standing(hit).label,
            "colour": HIT_COLOURS[standing(hit)],
            "explanation": file.words.get(f"hit.{hit.pk}", ""),
        }
        for hit in file.hits
    ]


def _column(name: str) -> str:
    return str(IncomeTotals._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
