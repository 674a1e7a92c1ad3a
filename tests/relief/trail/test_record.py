"""Compare and set, one row or many; the frame of a verb; the timeline; the clock."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from relief.applications.accept import accept
from relief.applications.models import Application
from relief.applications.move import arrival, deeds_on
from relief.errors import NotAllowed, Refused, Stale, WrongState
from relief.officers.models import Role
from relief.places.models import Area
from relief.places.set_up import SETUP, enter_area
from relief.publicity.expire import expire_names
from relief.trail import bulk, clock
from relief.trail.models import Event, Refusal
from relief.trail.record import event_for, hold, record, set_if, touch
from relief.trail.timeline import timeline
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import make_district

LIMIT = ("limit_on", "limit_standard", "limit_days", "limit_provisional", "kin_registered")


def street(number: str = "101") -> Area:
    return enter_area(number, name_zh="街道", name_en="Street")


def event(area: Area) -> Event:
    return record("rename", area, actor=SETUP.actor(), reason="because")


@pytest.mark.both
@pytest.mark.django_db
def test_set_if_changes_once_and_says_who_was_first():
    area = street()
    fresh = set_if(area, 1, {"name_en": "New"}, event(area), name_en="Street")
    assert (fresh.name_en, fresh.version, area.version) == ("New", 2, 1)
    for version, where in ((1, {}), (2, {"name_en": "Street"})):
        with pytest.raises(Stale) as refused:
            set_if(area, version, {"name_en": "Late"}, event(area), **where)
        assert refused.value.current.name_en == "New"
    newest = area.history.order_by("-history_id")[0]
    assert (newest.history_type, newest.version, newest.history_change_reason) == ("~", 2, "because")
    assert (newest.actor_name, newest.event_id) == ("setup", Event.objects.order_by("-pk")[2].pk)
    assert touch(area, 2, event(area)).version == 3
    assert area.history.count() == 3
    assert list(differences()) == []


@pytest.mark.both
@pytest.mark.django_db
def test_hold_returns_the_fresh_row_or_refuses():
    area = street()
    set_if(area, 1, {"name_en": "New"}, event(area))
    assert hold(area, 2).name_en == "New"
    with pytest.raises(Stale) as refused:
        hold(area, 1)
    assert refused.value.current.version == 2


@pytest.mark.both
@pytest.mark.django_db
def test_set_all_is_all_or_nothing():
    areas = [street(number) for number in ("101", "102", "103")]
    events = {area.pk: event(area) for area in areas}
    versions = {area.pk: 1 for area in areas}
    fresh = bulk.set_all(Area, versions, {"name_en": "New"}, events)
    assert {(row.name_en, row.version) for row in fresh} == {("New", 2)}
    set_if(areas[0], 2, {"name_en": "Mine"}, event(areas[0]))
    for versions, where in (
        ({a.pk: 2 for a in areas}, {}),
        ({a.pk: a.version for a in Area.objects.all()}, {"name_en": "New"}),
    ):
        with pytest.raises(Stale), transaction.atomic():
            bulk.set_all(Area, versions, {"name_en": "Late"}, {a.pk: event(a) for a in areas}, **where)
    assert not Area.objects.filter(name_en="Late").exists()
    assert list(differences()) == []


@pytest.mark.both
@pytest.mark.django_db
def test_the_set_form_of_one_leaves_the_rows_of_move():
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        by = district.officer(Role.STREET_ACCEPTOR, "101")
        single, in_a_set = cases.submitted(district), cases.submitted(district)
        accept(single, by=by, version=single.version)
        step = in_a_set.road.step("accept", in_a_set.state)
        like = Event.objects.order_by("-pk")[0]
        actor = by.appointments.get().actor()
        facts = {"area": in_a_set.area, "from_state": "submitted", "to_state": "accepted"}
        facts |= {"clause": step.clause, "standards": like.standards}
        act = event_for("accept", in_a_set, actor=actor, **facts)
        act.save()
        today = clock.today()
        columns = {name: getattr(cases.fresh(single), name) for name in LIMIT}
        columns |= {"accepted_on": today, "survey_from": today, **arrival(step, step.to_state)}
        bulk.set_all(Application, {in_a_set.pk: in_a_set.version}, columns, {in_a_set.pk: act})
    mine = {"id", "pk", "code", "number", "row_code", "household_id", "applicant_id", "subject_code"}
    mine |= {"history_id", "event_id"}
    assert without(cases.fresh(single), mine) == without(cases.fresh(in_a_set), mine)
    assert without(like, mine) == without(act, mine)
    newest = [case.history.order_by("-history_id")[0] for case in (single, in_a_set)]
    assert without(newest[0], mine) == without(newest[1], mine)


def without(row, names: set[str]) -> dict:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in names}


@pytest.mark.django_db
def test_a_refusal_is_kept_by_code_and_nothing_else_is(django_assert_num_queries):
    district = make_district()
    case = cases.submitted(district)
    by = district.officer(Role.STREET_ACCEPTOR, "102")
    before = Event.objects.count()
    with pytest.raises(NotAllowed):
        accept(case, by=by, version=case.version)
    refusal = Refusal.objects.get()
    assert (refusal.act, refusal.kind, refusal.reasons) == ("accept", "not-allowed", ["foreign-area"])
    assert (refusal.subject_kind, refusal.subject_code) == ("application", str(case.code))
    assert (refusal.actor_id, refusal.actor_name) == (by.pk, by.name)
    assert Event.objects.count() == before


def test_a_refusal_survives_the_rollback_of_what_was_begun(scratch):
    """The verb writes an event, then fails: the event is gone, the refusal stands."""
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        case = cases.submitted(district)
        before = Event.objects.count()
        with pytest.raises(Stale):
            accept(case, by=district.officer(Role.STREET_ACCEPTOR, "101"), version=case.version + 1)
    assert (Event.objects.count(), Refusal.objects.get().kind) == (before, "stale")


@pytest.mark.django_db
def test_the_robot_that_is_refused_by_default_is_named():
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        cases.reviewed(district)
        public_list = cases.published(district)
        with pytest.raises(Refused):
            expire_names(public_list)
    assert Refusal.objects.get().actor_name == "expiry"


@pytest.mark.django_db
def test_the_timeline_tells_each_act_with_what_it_changed():
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        case = cases.accepted(make_district())
    steps = timeline(case)
    assert [step.event.act for step in steps] == ["accept", "submit", "income", "open-draft"]
    (row,) = steps[0].rows
    with override("en"):
        changed = {str(change.column): (change.before, change.after) for change in row.changes}
    assert changed["stage"] == ("submitted", "accepted")
    assert changed["accepted on"] == (None, date(2026, 3, 2))
    assert steps[-1].rows[0].born
    (home,) = timeline(case.household)
    sealed = [change for row in home.rows for change in row.changes if change.sealed]
    assert sealed and all(change.before is None and change.after is None for change in sealed)
    assert deeds_on([case])[case.code][-1].act == "accept"


def test_the_clock_moves_in_the_demo_only(settings):
    moment = datetime.fromisoformat("2026-03-01T20:00:00+00:00")
    with clock.moved_to(moment):
        assert clock.today() == date(2026, 3, 2)  # Shanghai is eight hours ahead
        assert clock.now() == moment
    assert abs(clock.now() - datetime.now(clock.SHANGHAI)) < timedelta(minutes=1)
    settings.DEMO = False
    with pytest.raises(RuntimeError), clock.moved_to(moment):
        pass


def test_a_server_moves_by_the_file_in_the_demo_only(settings, tmp_path):
    file = tmp_path / "clock"
    file.write_text("864000")
    settings.DEMO_CLOCK_FILE = str(file)
    ahead = clock.now() - datetime.now(clock.SHANGHAI)
    settings.DEMO = False
    assert timedelta(days=9) < ahead < timedelta(days=11)
    assert clock.now() - datetime.now(clock.SHANGHAI) < timedelta(minutes=1)


@pytest.mark.django_db
def test_an_act_at_the_wrong_stage_says_where_the_case_stands():
    district = make_district()
    case = cases.draft(district)
    with pytest.raises(WrongState) as refused:
        accept(case, by=district.officer(Role.STREET_ACCEPTOR, "101"), version=case.version)
    assert refused.value.reasons[0].code == "wrong-state"
