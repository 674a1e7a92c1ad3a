"""Changes, endings and standing lists: frozen from the awards, linked back, each month anew."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from relief.applications.models import Application
from relief.awards.adjust import decide_change, decide_ending
from relief.awards.announce_changes import announce_changes, inspect_changes
from relief.awards.models import Award, AwardPeriod, AwardStatus
from relief.awards.standing_list import (
    STANDING,
    due_standing_lists,
    inspect_standing_list,
    publish_standing_list,
)
from relief.errors import Blocked, Invalid, NotAllowed, Stale
from relief.ledger.models import Publication
from relief.officers.appoint import appoint
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.publicity.document import digest_holds
from relief.publicity.expire import due_for_expiry
from relief.publicity.models import Entry, ListKind, PublicList
from relief.publicity.queries import names_visible, visible_rows
from relief.schedule.run import run_due
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import SINCE, District, make_district
from tests.factories.gate import quickly
from tests.factories.responses import answered, told

DECIDED, ANNOUNCED = date(2026, 3, 20), date(2026, 3, 23)
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def district(db: None) -> Iterator[District]:
    """Two awards from announced cases: they begin in April 2026."""
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        waiting = [cases.reviewed(district) for _ in range(2)]
        running = cases.posted(district, cases.published(district))
    with clock.moved_to(clock.at(date(2026, 3, 11))):
        cases.closed(district, running)
        for case in waiting:
            found = cases.fresh(case)
            cases.approve(found, by=district.officer(Role.DISTRICT_APPROVER), version=found.version)
        cases.announced(district)
    with clock.moved_to(clock.at(DECIDED)):
        yield district


def test_what_a_cases_lists_hid_stays_hidden_on_the_lists_of_its_award(db: None):
    """Withheld on request, a minor who has come of age since, and printed masked before a newer setting."""
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        for births in ((date(1960, 3, 5),), (date(2008, 3, 15),), (date(1961, 3, 5),)):
            cases.reviewed(district, births=births)
        running = cases.posted(district, cases.published(district))
        asked = told(running, "withhold-name").response
        approver = {"role": Role.DISTRICT_APPROVER, "area": "000"}
        answered(district, asked, reason_class="safety", **approver)
    with clock.moved_to(clock.at(date(2026, 3, 11))):
        cases.closed(district, PublicList.objects.get(pk=running.pk))
        for case in Application.objects.order_by("pk"):
            cases.approve(case, by=district.officer(Role.DISTRICT_APPROVER), version=case.version)
        announced = cases.announced(district)
        before = {row.row["code"]: row.row["name"] for row in visible_rows(announced)}
    masked = before.pop(Application.objects.order_by("pk")[2].row_code)
    assert "*" in masked and set(before.values()) == {"withheld-on-request", "withheld-by-law"}
    with clock.moved_to(clock.at(date(2026, 4, 3))):
        newer = {"kind": Kind.CHOICE, "value": "full", "from_date": date(2026, 4, 2)}
        enter_standard("disclosure.cs.names", **newer, clause=Clause.objects.get(key="local"))
        announcer = district.officer(Role.DISTRICT_ANNOUNCER)
        with quickly():
            inspect_standing_list(district.areas["101"], by=announcer, benefit="guarantee")
        standing = publish_standing_list(district.areas["101"], by=announcer, benefit="guarantee")
        shown = {row.row["code"]: row.row["name"] for row in visible_rows(standing)}
    assert sorted(shown.values()) == sorted([*before.values(), masked])
    assert before.items() <= shown.items()


def awards() -> list[Award]:
    return list(Award.objects.order_by("pk"))


def changed(district: District, award: Award, **given):
    wanted = {"amount": Decimal("900.00"), "persons": 2, "from_month": APRIL, "reason": "income"} | given
    by = wanted.pop("by", None) or district.officer(Role.DISTRICT_APPROVER)
    return decide_change(award, by=by, version=wanted.pop("version", award.version), **wanted)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal("12.345")}, "amount"),
        ({"amount": Decimal("10000000")}, "amount"),
        ({"persons": 0}, "persons"),
        ({"from_month": date(2026, 4, 2)}, "from_month"),
        ({"from_month": date(2026, 3, 1)}, "from_month"),
        ({"from_month": date(2027, 5, 1)}, "from_month"),
        ({"reason": "because"}, "reason"),
    ],
)
def test_what_cannot_be_decided_is_refused_at_its_field(district, given, field):
    with pytest.raises(Invalid) as refused:
        changed(district, awards()[0], **given)
    assert list(refused.value.fields) == [field]


def test_who_decides_and_when(district):
    award = awards()[0]
    period = award.periods.get()
    with pytest.raises(NotAllowed):
        changed(district, award, by=district.officer(Role.STREET_REVIEWER, "101"))
    with pytest.raises(Stale):
        changed(district, award, version=award.version + 1)
    with pytest.raises(Blocked, match="nothing changes|没有变化"):
        changed(district, award, amount=period.amount, persons=period.persons)
    changed(district, award)
    with pytest.raises(Blocked, match="waits|等待"):
        changed(district, awards()[0], amount=Decimal("800.00"))


def test_changes_and_endings_are_announced_once_by_a_second_person(district):
    first, second = awards()
    old = first.periods.get()
    changed(district, first)
    by = district.officer(Role.DISTRICT_APPROVER)
    decide_ending(second, by=by, version=second.version, from_month=MAY, reason="own-wish")
    appoint(by, role=Role.DISTRICT_ANNOUNCER, area="000", from_date=SINCE, by=SETUP)
    with pytest.raises(NotAllowed):
        announce_changes(district.areas["101"], by=by, benefit="guarantee")
    announcer = district.officer(Role.DISTRICT_ANNOUNCER)
    with clock.moved_to(clock.at(ANNOUNCED)):
        with pytest.raises(Blocked, match="privacy check|隐私检查"):
            announce_changes(district.areas["101"], by=announcer, benefit="guarantee")
        with quickly():
            inspect_changes(district.areas["101"], by=announcer, benefit="guarantee")
        made = announce_changes(district.areas["101"], by=announcer, benefit="guarantee")
        with pytest.raises(Blocked):
            announce_changes(district.areas["101"], by=announcer, benefit="guarantee")
    assert (made.number, made.kind) == ("bg-101-2026-001", ListKind.CHANGES)
    assert digest_holds(made)
    rows = {row.row["change"]: row.row for row in visible_rows(made)}
    assert rows["changed"] | {"amount": "900.00", "from_month": "2026-04"} == rows["changed"]
    assert rows["ended"] | {"amount": "0.00", "from_month": "2026-05"} == rows["ended"]
    for entry in Entry.objects.filter(public_list=made):
        assert entry.pre_approval.public_list.kind == ListKind.PRE_APPROVAL
        assert entry.pre_approval.row_code == entry.row_code
    first, second = awards()
    assert [first.status, second.status] == [AwardStatus.ACTIVE, AwardStatus.ENDED]
    periods = list(AwardPeriod.objects.filter(award=first).values_list("from_month", "until_month", "amount"))
    assert periods == [(APRIL, APRIL, old.amount), (APRIL, None, Decimal("900.00"))]
    assert second.periods.get().until_month == MAY
    assert Publication.objects.filter(ref=made.number, kind="list").count() == 1
    assert list(differences()) == []


def test_the_standing_list_is_made_anew_each_month(district):
    area = district.areas["101"]
    announcer = district.officer(Role.DISTRICT_ANNOUNCER)
    with pytest.raises(Blocked, match="Nobody|没有"):
        publish_standing_list(area, by=announcer, benefit="guarantee")
    assert due_standing_lists() == []
    with clock.moved_to(clock.at(date(2026, 4, 3))):
        with quickly():
            inspect_standing_list(area, by=announcer, benefit="guarantee")
        april = publish_standing_list(area, by=announcer, benefit="guarantee")
        assert (april.number, april.entry_count, april.batch) == ("cs-101-2026-001", 2, "2026-04")
        with pytest.raises(Blocked, match="already|已发布"):
            publish_standing_list(area, by=announcer, benefit="guarantee")
        assert due_standing_lists() == []
        with pytest.raises(NotAllowed):
            publish_standing_list(area, by=district.officer(Role.AUDITOR), benefit="guarantee")
        end = awards()[1]
        by = district.officer(Role.DISTRICT_APPROVER)
        decide_ending(end, by=by, version=end.version, from_month=MAY, reason="moved")
        with quickly():
            inspect_changes(area, by=announcer, benefit="guarantee")
        announce_changes(area, by=announcer, benefit="guarantee")
    with clock.moved_to(clock.at(date(2026, 5, 1))):
        assert [outcome for outcome in run_due() if outcome.failed] == []
        may = PublicList.objects.get(kind=ListKind.STANDING, batch="2026-05")
        april = PublicList.objects.get(pk=april.pk)
        assert (may.entry_count, may.replaces_id) == (1, april.pk)
        assert not names_visible(april)
        assert digest_holds(april) and digest_holds(may)
        assert [outcome for outcome in run_due() if outcome.failed] == []
        assert april not in due_for_expiry()
    codes = {entry.row_code for entry in Entry.objects.filter(public_list=april)}
    assert {entry.row_code for entry in Entry.objects.filter(public_list=may)} < codes
    assert Event.objects.get(act="announce-list", subject_code=may.code).actor_name == STANDING.name
    assert list(differences()) == []
