"""Approve many: nothing without the typed count, each for itself, and nothing twice."""

from collections.abc import Callable

import pytest
from django.test import Client

from portal.desk.approve_many import CONFIRMS
from relief.applications.models import Application
from relief.decisions.decide import return_for_correction
from relief.officers.models import Role
from relief.trail.models import Event
from tests.factories import cases
from tests.factories.district import District

MANY = "/desk/approve-many/"


@pytest.fixture
def cleared(district: District) -> list[Application]:
    """Three cases before the district, one of them of a relative of staff."""
    first, second = cases.reviewed(district), cases.reviewed(district, "10102")
    kin = cases.reviewed(district, kin=True)
    cases.closed(district, cases.posted(district, cases.published(district)))
    return [cases.fresh(case) for case in (first, second, kin)]


def tokens(found: list[Application]) -> list[str]:
    return [f"{case.number}:{case.version}" for case in found]


def test_each_is_approved_for_itself(
    district: District, seat: Callable[..., Client], cleared: list[Application]
) -> None:
    client = seat(Role.DISTRICT_APPROVER)
    assert b'form="approve-many"' in client.get("/desk/queue/").content
    shown = client.get(MANY, {"cases": tokens(cleared)})
    assert [row["case"].number for row in shown.context["rows"]][0] == cleared[2].number  # kin first
    assert shown.context["total"] == sum(case.proposed_amount for case in cleared)
    answer = client.post(MANY, {"cases": tokens(cleared), "count": "3"})
    assert answer.status_code == 302
    result = client.get(answer["Location"])
    assert [line["number"] for line in result.context["done"]] == [case.number for case in cleared[:2]]
    assert [line["number"] for line in result.context["refused"]] == [cleared[2].number]
    assert all(line["reasons"] for line in result.context["refused"])
    assert [cases.fresh(case).state for case in cleared] == ["approved", "approved", "cleared"]
    approvals = Event.objects.filter(act="approve").count()
    assert client.get(answer["Location"]).status_code == 200
    again = client.post(MANY, {"cases": tokens(cleared), "count": "3"})
    assert len(client.get(again["Location"]).context["done"]) == 0
    assert Event.objects.filter(act="approve").count() == approvals == 2
    assert client.get(answer["Location"]).status_code == 404  # only the last result is kept


def test_the_count_must_be_typed_right(
    district: District, seat: Callable[..., Client], cleared: list[Application]
) -> None:
    client = seat(Role.DISTRICT_APPROVER)
    for count in ("2", "", "none", "0", "-3", "３０"):
        answer = client.post(MANY, {"cases": tokens(cleared), "count": count})
        assert answer.status_code == 422, count
        assert len(answer.context["rows"]) == 3
    assert not Event.objects.filter(act="approve").exists()


def test_what_changed_meanwhile_is_left_out(
    district: District, seat: Callable[..., Client], cleared: list[Application]
) -> None:
    chosen = tokens(cleared)
    by = district.officer(Role.DISTRICT_APPROVER)
    return_for_correction(cleared[0], by=by, version=cleared[0].version, words="请补充材料")
    client = seat(by)
    shown = client.get(MANY, {"cases": [*chosen, "2026-999-00001:1", "x", f"{cleared[1].number}:{9**30}"]})
    assert (len(shown.context["rows"]), shown.context["left_out"]) == (2, 4)
    answer = client.post(MANY, {"cases": chosen, "count": "3"})
    assert cases.fresh(cleared[0]).state == "accepted"
    assert len(client.get(answer["Location"]).context["refused"]) == 2


def test_all_that_fit_the_filters(
    district: District, seat: Callable[..., Client], cleared: list[Application]
) -> None:
    client = seat(Role.DISTRICT_APPROVER)
    assert len(client.get(MANY, {"all": "1"}).context["rows"]) == 3
    assert len(client.get(MANY, {"all": "1", "community": "10102"}).context["rows"]) == 1
    assert len(client.get(MANY).context["rows"]) == 0


def test_only_who_confirms_and_the_street_only_what_is_delegated(
    district: District, seat: Callable[..., Client], cleared: list[Application]
) -> None:
    for role in set(Role) - CONFIRMS:
        client = seat(role)
        assert client.get(MANY, {"cases": tokens(cleared)}).status_code == 403, role
        assert client.post(MANY, {"cases": tokens(cleared), "count": "3"}).status_code == 403, role
    client = seat(Role.STREET_APPROVER, "101")
    assert client.get(MANY, {"all": "1"}).context["rows"] == []
    client.post(MANY, {"cases": tokens(cleared), "count": "3"})
    assert {cases.fresh(case).state for case in cleared} == {"cleared"}
