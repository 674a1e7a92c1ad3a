"""Look a response up (查询反映): number and code together, guesses limited, answer and one escalation."""

import pytest

from relief.publicity.answer import answer_response
from relief.publicity.models import Response
from tests.portal.publicity.writing import *  # noqa: F403  the list's fixtures
from tests.portal.publicity.writing import NAME, WORDS, Visitor, answers, forget_tries

ANSWER = "经核对，家庭人口登记无误。"


@pytest.fixture
def receipt(stage):
    """(number, code) of somebody's response about wrong data."""
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, "wrong-data"))
    visitor.sent()
    return visitor.receipt()


def ask(client, number, code, path="/responses/", **more):
    return client.post(path, {"number": number, "code": code} | more)


def test_number_and_code_as_people_type_them(client, receipt):
    number, code = receipt
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in number)
    for typed in ((number, code), (number.upper(), code.lower()), (f" {wide} ", code.replace("-", " "))):
        page = ask(client, *typed)
        assert page.status_code == 200, typed
        assert number in page.content.decode()


def test_wrong_number_and_wrong_code_answer_alike(client, receipt):
    number, code = receipt
    tries = [
        (number, "2222-2222"),
        ("fy-101-2026-99999", code),
        ("fy-101-2026-99999", "2222-2222"),
        (number, "nonsense"),
    ]
    pages = set()
    for typed in tries:
        page = ask(client, *typed)
        html = page.content.decode()
        for told in typed:
            html = html.replace(told, "…")
        pages.add((page.status_code, html.split("<form")[0]))
    assert len(pages) == 1
    assert next(iter(pages))[0] == 422


def test_guesses_are_limited_by_number_and_by_address(client, receipt, monkeypatch):
    number, code = receipt
    statuses = [ask(client, number, f"2222-222{sign}").status_code for sign in "23456789"]
    assert statuses == [422] * 6 + [429] * 2
    assert ask(client, number, code).status_code == 429
    forget_tries()
    others = [ask(client, f"fy-101-2026-9{place:04d}", "2222-2222").status_code for place in range(22)]
    assert others == [422] * 20 + [429] * 2
    monkeypatch.setattr("portal.publicity.throttle.address_of", lambda request: "198.51.100.8")
    assert ask(client, number, code).status_code == 200


def answered(district, stage):
    response = Response.objects.get()
    by = district.officer("street-reviewer", "101")
    return answer_response(
        response, by=by, version=response.version, upheld=False, words=ANSWER, reason_class="as-in-the-case"
    )


def test_the_answer_and_one_escalation(client, receipt, district, stage):
    assert ANSWER not in ask(client, *receipt).content.decode()
    answered(district, stage)
    html = ask(client, *receipt).content.decode()
    assert ANSWER in html
    assert WORDS not in html
    assert NAME not in html
    empty = ask(client, *receipt, path="/responses/escalate/", words=" ")
    assert empty.status_code == 422
    assert ANSWER in empty.content.decode()
    done = ask(client, *receipt, path="/responses/escalate/", words="仍不同意，请区里核查。")
    assert done.status_code == 200
    response = Response.objects.get()
    assert response.escalated_on == stage.day
    assert response.escalation_due_on is not None
    again = ask(client, *receipt, path="/responses/escalate/", words="再次提出。")
    assert again.status_code == 422
    assert "再次提出。" in again.content.decode()
    assert Response.objects.get().version == response.version


def test_nobody_escalates_without_the_code(client, receipt, district, stage):
    answered(district, stage)
    assert ask(client, receipt[0], "2222-2222", path="/responses/escalate/", words="x").status_code == 422
    assert Response.objects.get().escalated_on is None
