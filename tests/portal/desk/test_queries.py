"""Pages of the desk ask the database a fixed number of times, however much they show."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relief.officers.models import Role
from relief.projects.sunshine.income import enter_income
from relief.projects.sunshine.models import Stage
from relief.trail.models import Access
from tests.factories import cases, registers
from tests.factories.district import District

MOST = 25


def asked(client: Client, address: str) -> tuple[int, Any]:
    """Queries of one page, without those that only open and close a transaction."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(address)
    words = [query["sql"] for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert answer.status_code == 200
    return len(words), answer


def test_a_page_of_the_queue_is_one_look(district: District, seat: Callable[..., Client]) -> None:
    client = seat(Role.STREET_ACCEPTOR, "101")
    for _case in range(3):
        cases.submitted(district)
    looks = Access.objects.count()
    client.get("/desk/queue/")
    assert Access.objects.count() == looks + 1
    assert len(Access.objects.order_by("pk").last().subjects) == 3


@pytest.mark.parametrize("role", [Role.STREET_REVIEWER, Role.DISTRICT_CHECKER, Role.AUDITOR])
def test_a_case_with_a_long_history(role: Role, district: District, seat: Callable[..., Client]) -> None:
    case = cases.ready_for_review(district)
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    client = seat(role, "101" if role == Role.STREET_REVIEWER else "")
    before, _answer = asked(client, f"/desk/cases/{case.number}/")
    for wages in range(100):
        enter_income(case, by=reviewer, version=case.version, stage=Stage.VERIFIED, persons=1,
                     amounts={"wages": wages})  # fmt: skip
        case = cases.fresh(case)
    after, answer = asked(client, f"/desk/cases/{case.number}/")
    assert len(answer.context["timeline"]) == 12  # the newest acts, and the way to all
    assert before == after <= MOST
    queries, answer = asked(client, f"/desk/cases/{case.number}/history/?page=2")
    assert len(answer.context["timeline"]) == 20
    assert queries <= MOST
    assert asked(client, "/desk/")[0] <= MOST


def test_the_lists_ask_as_often_for_many_as_for_one(district: District, seat: Callable[..., Client]) -> None:
    client = seat(Role.STREET_PUBLISHER, "101")
    counts = set()
    for batch in range(1, 4):
        cases.reviewed(district)
        cases.published(district, batch=f"2026-{batch:02d}")
        counts.add(asked(client, "/desk/lists/")[0])
    assert len(counts) == 1
    assert counts.pop() <= MOST


def test_the_list_builder_asks_as_often_for_many_matches_as_for_one(
    district: District, seat: Callable[..., Client]
) -> None:
    client = seat(Role.STREET_REVIEWER, "101")
    counts = set()
    for size in (1, 3):
        for _case in range(size):
            case = cases.reviewed(district)
            registers.dead(case.applicant, case.submitted_on)
            registers.relative(case.applicant, district.officer(Role.EDITOR), case.submitted_on)
        cases.matched(district)
        queries, answer = asked(client, "/desk/lists/new/?street=101")
        counts.add(queries)
    assert answer.content.decode().count("/explain-match/") == 4
    assert len(counts) == 1
    assert counts.pop() <= MOST
