"""The standing list of a street (长期公示): who is guaranteed this month, made anew each month.

It takes the place of last month's: the names there end the day before. The first of a street is published by
the district's announcer; from then on the schedule makes it.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from relief.applications.benefits import benefits
from relief.awards.models import AwardPeriod, AwardStatus
from relief.awards.rows import Line, places_of, rows_of
from relief.errors import Blocked, Reason
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.places.scope import within
from relief.publicity.compile import new_list
from relief.publicity.freeze import freeze_rows
from relief.publicity.gate import inspect_rows
from relief.publicity.gate_models import GateVerdict
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.verdict import bind, require_passed
from relief.standards.in_force import in_force
from relief.trail import bulk, clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.record import record, set_if
from relief.trail.verb import verb

STANDING = Robot("standing-lists")
CLAUSE = "57-24"


def lines_of_month(area: Area, benefit: str, month: date) -> list[Line]:
    """Every award of the street that gives something in `month`, by community and household."""
    periods = AwardPeriod.objects.filter(
        Q(until_month=None) | Q(until_month__gt=month),
        within(area.number, "award__community__number"),
        award__benefit=benefit,
        from_month__lte=month,
    ).exclude(Q(award__status=AwardStatus.ENDED, until_month=None))
    found = periods.select_related("award__household", "award__person").order_by("pk")
    newest = {period.award_id: period for period in found}
    lines = [Line(period.award, period.amount, period.persons) for period in newest.values()]
    return sorted(lines, key=lambda line: (line.award.community_id, line.award.household.number))


def standing_lists(area: Area, benefit: str) -> list[PublicList]:
    """The standing lists of a street, newest first."""
    lists = PublicList.objects.filter(kind=ListKind.STANDING, area=area, benefit=benefit)
    return list(lists.exclude(number=None).order_by("-pk"))


def due_standing_lists() -> list[tuple[Area, str]]:
    """Streets and benefits that had a standing list in an earlier month and have none in this one."""
    batch = _batch(clock.today())
    found = PublicList.objects.filter(kind=ListKind.STANDING).exclude(number=None)
    had = set(found.values_list("area_id", "benefit"))
    have = set(found.filter(batch=batch).values_list("area_id", "benefit"))
    known = {one.key for one in benefits()}
    areas = Area.objects.in_bulk({area for area, _benefit in had - have}, field_name="number")
    return [(areas[area], key) for area, key in sorted(had - have) if key in known]


@verb("publish-standing-list")
@bulk.without_collecting()
def publish_standing_list(area: Area, *, by: Officer | Robot, benefit: str) -> PublicList:
    """Freeze this month's standing list of a street; last month's names end the day before.

    Raises NotAllowed, Blocked (published already, nobody is guaranteed, or the gate has not passed it),
    MissingStandard.
    """
    actor = acting(by, {Role.DISTRICT_ANNOUNCER, "robot"}, area.number)
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)
    public_list, lines = _draft(area, benefit)
    today, replaced = clock.today(), public_list.replaces
    shown = in_force("standing-list.names-days", today)
    facts = {"area": area.number, "to_state": ListState.ANNOUNCED, "clause": CLAUSE}
    event = record("announce-list", public_list, actor=actor, standards=shown.used(), **facts)
    public_list.save(event=event)
    places = places_of([line.award for line in lines])
    rows = rows_of(public_list, lines, places, by=by)
    bind(require_passed(public_list, rows), public_list, event)
    frozen = freeze_rows(public_list, places, rows, event=event)
    until = {"state": ListState.ANNOUNCED, "names_until": today + timedelta(days=shown.number - 1)}
    published = set_if(public_list, public_list.version, {**frozen.columns, **until}, event)
    if replaced is not None:
        _end_names(replaced, event)
    journal.append("list", frozen.number, frozen.digest, event_id=event.pk, at=event.at)
    return published


def inspect_standing_list(area: Area, *, by: Officer | Robot, benefit: str) -> GateVerdict:
    """Let the gate look at the list before it is made. Raises as `publish_standing_list`."""
    acting(by, {Role.DISTRICT_ANNOUNCER, "robot"}, area.number)
    public_list, lines = _draft(area, benefit)
    places = places_of([line.award for line in lines])
    return inspect_rows(public_list, rows_of(public_list, lines, places, by=by), by=by)


def refresh(area: Area, benefit: str) -> PublicList:
    """What the schedule does each month: look, then publish. Raises as `publish_standing_list`."""
    inspect_standing_list(area, by=STANDING, benefit=benefit)
    return publish_standing_list(area, by=STANDING, benefit=benefit)


def _draft(area: Area, benefit: str) -> tuple[PublicList, list[Line]]:
    """This month's list as it would be made now, not saved, and its lines. Raises Blocked."""
    today = clock.today()
    earlier = standing_lists(area, benefit)
    if any(one.batch == _batch(today) and one.state != ListState.WITHDRAWN for one in earlier):
        words = _("The standing list of this month is published already.")
        raise Blocked(Reason("published-already", words))
    lines = lines_of_month(area, benefit, today.replace(day=1))
    if not lines:
        raise Blocked(Reason("no-awards", _("Nobody in this street is guaranteed this month.")))
    revision = 1 + sum(one.batch == _batch(today) for one in earlier)
    public_list = new_list(ListKind.STANDING, area, benefit, _batch(today), revision)
    public_list.entry_count = len(lines)
    public_list.person_count = sum(line.persons for line in lines)
    public_list.replaces = next((one for one in earlier if one.state == ListState.ANNOUNCED), None)
    return public_list, lines


def _batch(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def _end_names(replaced: PublicList, cause: Event) -> None:
    """Last month's list shows no name from today on; the expiry job deletes its rows."""
    yesterday = clock.today() - timedelta(days=1)
    if replaced.names_until is None or replaced.names_until <= yesterday:
        return
    event = record(
        "replace-list",
        replaced,
        actor=STANDING.actor(),
        area=replaced.area_id,
        from_state=replaced.state,
        to_state=replaced.state,
        clause=CLAUSE,
        cause_id=cause.pk,
    )
    set_if(replaced, replaced.version, {"names_until": yesterday}, event)
