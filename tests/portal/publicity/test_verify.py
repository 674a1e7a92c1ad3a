"""A copy is checked in words: every state, every way of typing, both languages, and no name in any answer."""

from datetime import timedelta

import pytest

from portal.publicity.verify import read_code, read_number
from relief.publicity.models import PublicList
from tests.factories import stages

pytestmark = pytest.mark.django_db
HEADINGS = {
    "waiting": "not yet evidenced on every board (0 of 2)",
    "running": "Publicity is running: day 3 of 7",
    "last_day": "Publicity is running: day 7 of 7",
    "over": "the cases are before the district",
    "closed": "the cases are before the district",
    "announced": "A valid announcement",
    "decided": "all its cases are decided and announced",
    "expired": "it shows no name any more",
    "deleted": "it shows no name any more",
    "withdrawn": "it no longer counts",
}


@pytest.mark.parametrize("name", HEADINGS)
def test_every_state_has_its_words(client, name):
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stage.day):
        for typed in (stage.list.digest, stage.list.check_code):
            answer = client.get(f"/en/verify/{stage.list.number}/{typed}")
            html = answer.content.decode()
            assert answer.status_code == 200
            assert HEADINGS[name] in html
            if name != "withdrawn":
                assert "the digest was computed again" in html
                assert ("You compared the whole digest" in html) == (len(typed) == 64)
            for row in stage.rows:
                assert str(row["name"]) not in html and str(row["code"]) not in html


def test_mismatch_and_unknown(client):
    stage = stages.running(stages.ground())
    other = "2222-2222" if stage.list.check_code != "2222-2222" else "3333-3333"
    with stages.on(stage.day):
        wrong = client.get(f"/en/verify/{stage.list.number}/{other}")
        assert wrong.status_code == 200
        assert "This is not the check code of the list" in wrong.content.decode()
        assert stage.list.check_code not in wrong.content.decode()
        for number in ("gs-101-2026-002", "gg-101-2026-001", "nonsense", "%00", "x" * 3000, "%F0%9F%98%80"):
            unknown = client.get(f"/en/verify/{number}/{stage.list.digest}")
            assert unknown.status_code == 404, number
            assert "No list with this number was published" in unknown.content.decode()
        for typed in ("%00", "x", "0" * 64, "é" * 2000):
            assert client.get(f"/verify/{stage.list.number}/{typed}").status_code == 200


def test_a_changed_row_is_found_out(client, monkeypatch):
    stage = stages.running(stages.ground())
    monkeypatch.setattr("portal.publicity.verify.digest_holds", lambda _list: False)
    with stages.on(stage.day):
        html = client.get(f"/en/verify/{stage.list.number}/{stage.list.digest}").content.decode()
    assert "Attention: computed again from the stored rows, the digest is another one." in html


@pytest.mark.parametrize(
    "typed",
    [
        "gs-101-2026-001",
        " GS-101-2026-001 ",
        "ｇｓ－１０１－２０２６－００１",
        "gs 101 2026 001",
        "gs—101—2026—001",
        "gs1012026001",
        "名单编号：gs-101-2026-001",
        "\u200bgs-101-2026-001",
        "gs-101-2026-001\n",
    ],
)
def test_number_is_read_as_typed(typed):
    assert read_number(typed) == "gs-101-2026-001"


@pytest.mark.parametrize(
    "typed", ["7K3M-Q9TX", "7k3mq9tx", "7K3M Q9TX", "７Ｋ３Ｍ－Ｑ９ＴＸ", "7K3M–Q9TX", " 7 K 3 M Q 9 T X "]
)
def test_code_is_read_as_typed(typed):
    assert read_code(typed) == "7K3M-Q9TX"


def test_digest_is_read_as_printed():
    digest = "8c412dd0cb9f20368883a2452a8c9a25952a832202e09db8fbab616c41e70e52"
    grouped = " ".join(digest[start : start + 4] for start in range(0, 64, 4)).upper()
    assert read_code(grouped) == read_code(digest) == digest
    assert read_code(digest[:-1]) == ""


def test_form_leads_to_an_address_of_its_own(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        query = {"number": "ＧＳ-101-2026-001", "code": stage.list.check_code.lower().replace("-", " ")}
        for prefix in ("", "/en"):
            answer = client.get(f"{prefix}/verify/", query)
            assert answer.status_code == 302
            assert answer["Location"] == f"{prefix}/verify/gs-101-2026-001/{stage.list.check_code}"


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("", "", "Fill in “List number”."),
        ("gs-1", "7K3M-Q9TX", "A list number has two letters"),
        ("gs-101-2026-001", "7K3M-Q9TO", "A check code never holds O."),
        ("gs-101-2026-001", "7K3M-Q9T", "you typed 7."),
        ("gs-101-2026-001", "7K3M-Q9T*", "holds only the digits 2–9"),
        ("\x00", "\x00", "can&#x27;t be stored"),
        ("x" * 10_000, "y" * 10_000, "at most 400 characters"),
    ],
)
def test_bad_input_is_answered_in_words(client, number, code, words):
    answer = client.get("/en/verify/", {"number": number, "code": code})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "<title>Error:" in answer.content.decode()


def test_printed_address_is_the_bureaus_own(client, settings):
    settings.PUBLIC_BASE_URL = "https://minghe.example.org"
    stage = stages.running(stages.ground())
    from portal.publicity.addresses import printed_address

    assert printed_address(stage.list) == (
        f"https://minghe.example.org/verify/{stage.list.number}/{stage.list.digest}"
    )
    with stages.on(stage.day):
        html = client.get(stage.path, headers={"host": "evil.example.com"}).content.decode()
    assert "evil" not in html
    assert PublicList.objects.count() == 1
    assert stage.list.ends_on == stages.DAY + timedelta(days=6)
