"""An officer's own relatives at the desk: declared, ended, and nobody else's to read."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from relief.households.id_number import make_demo_id
from relief.officers.models import Role
from relief.officers.relatives import StaffRelative
from relief.trail.models import Refusal
from tests.factories import cases
from tests.factories.district import District

NUMBER = make_demo_id(date(1985, 7, 1), 42)
TYPED = {"name": "周建华", "relation": "sibling", "id_number": NUMBER}


def test_an_officer_declares_and_ends(district: District, seat: Callable[..., Client]) -> None:
    client, other = seat(Role.STREET_REVIEWER, "101"), seat(Role.STREET_ACCEPTOR, "101")
    assert client.post("/desk/relatives/", TYPED).status_code == 302
    page = client.get("/desk/relatives/").content.decode()
    assert "周建华" in page
    assert NUMBER not in page
    assert "周建华" not in other.get("/desk/relatives/").content.decode()
    relative = StaffRelative.objects.get()
    address = f"/desk/relatives/{relative.code}/end/"
    assert other.get(address).status_code == other.post(address, {"version": 1}).status_code == 404
    assert "周建华" in client.get(address).content.decode()
    assert client.post(address, {"version": 1}).status_code == 302
    assert StaffRelative.objects.get().ended_on is not None
    assert client.post(address, {"version": 1}).status_code == 409


def test_what_was_typed_stays_and_the_refusal_keeps_none_of_it(
    district: District, seat: Callable[..., Client]
) -> None:
    client = seat(Role.COMMUNITY_CLERK, "10101")
    for wrong in ({"relation": "neighbour"}, {"id_number": "1"}, {"name": ""}):
        answer = client.post("/desk/relatives/", {**TYPED, **wrong})
        assert answer.status_code == 422, wrong
        assert "name" in wrong or "周建华" in answer.content.decode()
    assert Refusal.objects.filter(act="declare-relative").count() == 3
    assert not StaffRelative.objects.exists()


def test_a_case_is_registered_separately(district: District, seat: Callable[..., Client]) -> None:
    case = cases.accepted(district)
    client = seat(Role.COMMUNITY_EXAMINER, "10101")
    address = f"/desk/cases/{case.number}/"
    assert f"{address}register-kin/" in client.get(address).content.decode()
    typed = {"version": case.version, "words": "其兄在街道救助办工作"}
    assert client.post(f"{address}register-kin/", typed).status_code == 302
    page = client.get(address).content.decode()
    assert f"{address}register-kin/" not in page
    assert "其兄在街道救助办工作" in page
