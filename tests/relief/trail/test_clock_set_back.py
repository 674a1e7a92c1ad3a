"""While the clock lies behind the newest act nothing is recorded, by officers or robots alike."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from relief.errors import Blocked
from relief.officers.models import Role
from relief.places.set_up import enter_area
from relief.schedule.run import run_due
from relief.trail.models import Event, Refusal
from tests.factories import cases
from tests.factories.district import District, make_district


@pytest.fixture
def set_clock(settings: LazySettings, tmp_path: Path):
    """Set the clock of the whole process off by some seconds, as the browser tests do."""
    settings.DEMO_CLOCK_FILE = str(tmp_path / "clock")

    def set_off(by: timedelta) -> None:
        (tmp_path / "clock").write_text(str(by.total_seconds()))

    return set_off


@pytest.fixture
def district(db: None) -> District:
    return make_district()


@pytest.mark.parametrize(
    ("behind", "refused"),
    [(timedelta(seconds=20), False), (timedelta(seconds=200), True), (timedelta(days=400), True)],
)
def test_acts_are_refused_while_the_clock_is_behind(district, set_clock, behind, refused):
    set_clock(timedelta(0))
    case = cases.submitted(district)
    events = Event.objects.count()
    set_clock(-behind)
    by = district.officer(Role.STREET_ACCEPTOR, "101")
    if not refused:
        cases.accept(case, by=by, version=case.version)
        return
    with pytest.raises(Blocked) as told:
        cases.accept(case, by=by, version=case.version)
    assert [reason.code for reason in told.value.reasons] == ["clock-behind"]
    with pytest.raises(Blocked):
        enter_area("103", name_zh="河北街道", name_en="Hebei Street")
    assert Event.objects.count() == events
    assert Refusal.objects.filter(reasons=["clock-behind"]).count() == 2
    set_clock(timedelta(0))
    cases.accept(case, by=by, version=case.version)


def test_robots_are_refused_too(district, set_clock):
    cases.accepted(district)
    set_clock(timedelta(days=40))
    cases.submitted(district)
    set_clock(timedelta(days=39))
    outcomes = list(run_due())
    assert outcomes
    assert all(outcome.failed for outcome in outcomes)
    assert not Event.objects.filter(act="remind").exists()
