"""The queue's tabs, filters and order stand in the address; a value that isn't offered is left aside."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from relief.applications.models import Application
from relief.applications.owner import take
from relief.officers.models import Role
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from tests.factories import cases
from tests.factories.district import District

QUEUE = "/desk/queue/"


def changed(case: Application, **columns: Any) -> Application:
    """The case with columns set beside the road, as other acts would set them."""
    with transaction.atomic():
        event = record("test", case, actor=Robot("test").actor(), area=case.area)
        return set_if(case, case.version, columns, event)


def numbers(client: Client, query: str) -> list[str]:
    """Case numbers of the rows, in their order."""
    answer = client.get(QUEUE + query)
    assert answer.status_code == 200
    return [row["case"].number for row in answer.context["rows"]]


@pytest.fixture
def three(district: District) -> list[Application]:
    """Cases of two streets that wait for acceptance: kin, a stopped clock, nothing special."""
    first = changed(cases.submitted(district, "10101"), kin_registered=True)
    second = changed(cases.submitted(district, "10102"), clock_stopped_on=date(2026, 3, 2))
    return [first, second, cases.submitted(district, "10201")]


#: query → which of the three it shows; all three for what isn't offered
FILTERS: dict[str, tuple[int, ...]] = {
    "": (0, 1, 2),
    "&street=101": (0, 1),
    "&street=102&community=10201": (2,),
    "&community=10102": (1,),
    "&stage=submitted": (0, 1, 2),
    "&stage=accepted": (),
    "&mark=kin": (0,),
    "&mark=stopped": (1,),
    "&mark=complaint": (),
    "&mark=late": (),
    "&owner=nobody": (1, 2),
    "&owner=mine": (),
    "&owner=others": (0,),
    "&q=2026-102": (2,),
    "&stage=none&street=999&owner=somebody": (0, 1, 2),
}


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_cuts_the_queue(
    query: str, district: District, seat: Callable[..., Client], three: list[Application]
) -> None:
    take(three[0], by=district.officer(Role.STREET_ACCEPTOR, "101"), version=three[0].version)
    shown = numbers(seat(Role.DISTRICT_CHECKER), f"?tab=open{query}")
    assert sorted(shown) == sorted(str(three[index].number) for index in FILTERS[query])


def test_late_is_what_is_due_and_runs(
    district: District, seat: Callable[..., Client], three: list[Application]
) -> None:
    with clock.moved_to(clock.now() + timedelta(days=40)):
        shown = numbers(seat(Role.DISTRICT_CHECKER), "?tab=open&mark=late")
    assert sorted(shown) == sorted(str(three[index].number) for index in (0, 2))


def test_the_order_is_the_one_asked_for(district: District, seat: Callable[..., Client]) -> None:
    with clock.moved_to(clock.at(date(2026, 3, 3))):
        late = cases.submitted(district)
    early = cases.submitted(district)
    client = seat(Role.STREET_ACCEPTOR, "101")
    assert numbers(client, "") == [early.number, late.number]
    assert numbers(client, "?sort=number") == [late.number, early.number]
    assert numbers(client, "?sort=waiting") == [early.number, late.number]
    assert numbers(client, "?sort=name") == [early.number, late.number]


def test_the_tabs_count_all_cases_once(district: District, seat: Callable[..., Client]) -> None:
    cases.submitted(district)
    cases.accepted(district)
    answer = seat(Role.STREET_ACCEPTOR, "101").get(f"{QUEUE}?community=10102")
    assert [(one["key"], one["count"]) for one in answer.context["tabs"]] == [
        ("todo", 1),
        ("waiting", 1),
        ("open", 2),
        ("done", 0),
    ]
    assert answer.context["rows"] == []


def test_an_officer_of_one_community_is_asked_for_no_place(
    district: District, seat: Callable[..., Client]
) -> None:
    fields = seat(Role.COMMUNITY_CLERK, "10101").get(QUEUE).context["filters"].fields
    assert not {"street", "community"} & set(fields)
