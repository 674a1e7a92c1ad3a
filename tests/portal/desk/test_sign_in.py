"""Signing in and out: nothing is told to a stranger, and who is dismissed is out at once."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from relief.officers.appoint import dismiss
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail.models import Event, Refusal
from tests.factories.district import PASSWORD, District

SIGN_IN = "/desk/sign-in/"


def bare(page: bytes) -> str:
    """A page without its token and without the user name typed."""
    return re.sub(r'value="[^"]*"', "", page.decode())


def test_unknown_user_and_wrong_password_answer_alike(district: District) -> None:
    known = district.officer(Role.STREET_REVIEWER).account.username
    answers = [
        Client().post(SIGN_IN, {"username": name, "password": "not-this-one"})
        for name in (known, "nobody-of-this-name")
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert bare(answers[0].content) == bare(answers[1].content)
    refusals = Refusal.objects.filter(act="sign-in")
    assert [row.reasons for row in refusals] == [["wrong-credentials"]] * 2
    assert "nobody" not in str(list(refusals.values()))


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/desk/queue/?tab=done", "/desk/queue/?tab=done"),
        ("/cms/", "/cms/"),
        ("", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("https://evil.example/desk/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        ("\\\\evil.example", "/desk/"),
    ],
)
def test_next_stays_on_this_site(district: District, wanted: str, reached: str) -> None:
    name = district.officer(Role.STREET_REVIEWER).account.username
    answer = Client().post(SIGN_IN, {"username": name, "password": PASSWORD, "next": wanted})
    assert (answer.status_code, answer["Location"]) == (302, reached)


def test_a_session_is_cycled_and_ended(district: District) -> None:
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    name = district.officer(Role.STREET_REVIEWER).account.username
    client.post(SIGN_IN, {"username": name, "password": PASSWORD})
    assert client.session.session_key != planted
    assert client.get("/desk/").status_code == 200
    assert client.get("/desk/sign-out/").status_code == 405
    client.post("/desk/sign-out/")
    assert client.get("/desk/queue/")["Location"] == "/desk/sign-in/?next=/desk/queue/"


def test_a_dismissed_officer_is_out_at_once(district: District, seat: Callable[..., Client]) -> None:
    officer = district.officer(Role.STREET_REVIEWER)
    client = seat(officer)
    assert client.get("/desk/").status_code == 200
    dismiss(officer, by=SETUP, version=officer.version)
    assert client.get("/desk/").status_code == 302
    answer = Client().post(SIGN_IN, {"username": officer.account.username, "password": PASSWORD})
    assert answer.status_code == 403


def test_an_account_without_an_officer_gets_no_seat(district: District) -> None:
    from relief.officers.models import Account

    Account.objects.create_user("stray", password=PASSWORD)
    answer = Client().post(SIGN_IN, {"username": "stray", "password": PASSWORD})
    assert answer.status_code == 403


def test_nothing_behind_sign_in_is_kept(seat: Callable[..., Client]) -> None:
    client = seat(Role.STREET_REVIEWER, "101")
    for path in ("/desk/", "/desk/queue/", "/desk/lists/", "/desk/cases/none/", "/desk/announce/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
    for path in ("/desk/", SIGN_IN):
        assert "no-store" in Client().get(path)["Cache-Control"], path


def test_the_desk_speaks_the_officers_language(district: District, seat: Callable[..., Client]) -> None:
    officer = district.officer(Role.STREET_REVIEWER)
    client = seat(officer)
    choice = {"language": "en", "version": officer.version, "next": "/desk/queue/"}
    assert client.post("/desk/language/", choice)["Location"] == "/desk/queue/"
    officer = Officer.objects.get(pk=officer.pk)
    assert officer.language == "en"
    assert Event.objects.filter(act="choose-language", subject_code=officer.code).count() == 1
    assert '<html lang="en"' in client.get("/desk/").content.decode()
    assert client.post("/desk/language/", choice).status_code == 409
    assert client.post("/desk/language/", {**choice, "language": "xx", "version": 2}).status_code == 422
