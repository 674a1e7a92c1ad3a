"""Search at the desk (查找案件): by number, name, telephone or ID number, within one's own areas, logged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from relief.applications.models import Application
from relief.applications.queries import NO_CASES, visible_to
from relief.confidential.vault import subject_of
from relief.households.finding import Match, find_households, lookups
from relief.households.models import Household, Membership, Person, Relation
from relief.officers.authority import appointments_of
from relief.officers.models import Officer, ScopeKind
from relief.places.scope import within, within_any
from relief.trail import clock
from relief.trail.access import log_access

CASE_NUMBER = re.compile(r"\d{4}-\d{3}-\d{5}")


@dataclass
class Hit:
    """A household found: the member who matched (else its head), by what, and its newest case."""

    household: Household
    person: Person | None
    relation: str
    columns: list[str] = field(default_factory=list)
    case: Application | None = None


def find(text: str, *, by: Officer, area: str = "") -> list[Match]:
    """What `text` leads to within the officer's areas (or `area` within them); one row in the log of looks.

    The log names the columns that were searched and whom the officer found, never what was typed.
    """
    matches = find_households(text, scopes=_scopes(by))
    columns = list(lookups(text))
    number = unicodedata.normalize("NFKC", text).strip()
    if CASE_NUMBER.fullmatch(number):
        columns.append("case-number")
        for case in visible_to(by).filter(number=number):
            subject = subject_of(case.applicant)
            matches.append(Match(case.household_id, case.applicant_id, ("case-number",), subject))
    if area:
        matches = _within(matches, area)
    log_access(by, "search", (match.subject for match in matches), (f"search.{one}" for one in columns))
    return matches


def hits(matches: Iterable[Match], *, by: Officer) -> list[Hit]:
    """The matches of a search as they stand now, one per household and member; foreign ones are left out."""
    matches = list(matches)
    homes = Household.objects.filter(within_any(_scopes(by), "community__number")).select_related("community")
    households = homes.in_bulk({match.household_id for match in matches})
    members = _members(households)
    cases = _newest_cases(by, households)
    found: dict[tuple[int, int | None], Hit] = {}
    for match in matches:
        household = households.get(match.household_id)
        if household is None:
            continue
        row = next((one for one in members.get(household.pk, ()) if _is_meant(one, match)), None)
        hit = Hit(
            household,
            row.person if row else None,
            row.get_relation_display() if row else "",
            case=cases.get(household.pk),
        )
        hit = found.setdefault((household.pk, row.person_id if row else None), hit)
        hit.columns += [column for column in match.columns if column not in hit.columns]
    return list(found.values())


def _is_meant(row: Membership, match: Match) -> bool:
    return row.person_id == match.person_id if match.person_id else row.relation == Relation.HEAD


def _members(households: dict[int, Household]) -> dict[int, list[Membership]]:
    rows = Membership.objects.on(clock.today()).filter(household__in=list(households))
    found: dict[int, list[Membership]] = {}
    for row in rows.select_related("person"):
        found.setdefault(row.household_id, []).append(row)
    return found


def _newest_cases(by: Officer, households: dict[int, Household]) -> dict[int, Application]:
    cases = visible_to(by).filter(household__in=list(households)).order_by("pk")
    return {case.household_id: case for case in cases}


def _within(matches: Sequence[Match], area: str) -> list[Match]:
    homes = Household.objects.filter(
        within(area, "community__number"), pk__in=[match.household_id for match in matches]
    )
    kept = set(homes.values_list("pk", flat=True))
    return [match for match in matches if match.household_id in kept]


def _scopes(by: Officer) -> list[str]:
    """Areas in which the officer reads cases and households."""
    return [
        held.scope_code
        for held in appointments_of(by)
        if held.scope_kind == ScopeKind.AREA and held.role not in NO_CASES
    ]
