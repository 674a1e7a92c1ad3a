"""Respond to a list on the web (反映): every kind, every bad answer in words, sent once, nothing lost."""

import pytest

from relief.applications.models import Application
from relief.applications.withdraw import withdraw
from relief.confidential.vault import open_columns
from relief.officers.models import Role
from relief.publicity.models import Response, ResponseKind
from relief.publicity.response_models import ResponseFile
from relief.trail.actor import Robot
from tests.portal.publicity.writing import *  # noqa: F403  the list's fixtures
from tests.portal.publicity.writing import CONTACT, NAME, WORDS, Visitor, answers, png, upload

LEFT_OUT = ResponseKind.LEFT_OUT


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("kind", ResponseKind.values)
def test_each_kind_from_start_to_answer(stage, kind, prefix):
    visitor = Visitor(stage.list, prefix)
    assert visitor.get().status_code == 200
    picture = {} if prefix else {"picture": {"picture": upload(png())}}
    assert visitor.write(answers(stage.list, kind, **picture)) == "check"
    for said in (WORDS, NAME, CONTACT):
        assert said in visitor.get("check").content.decode()
    response = visitor.sent()
    assert (response.kind, response.channel, response.named) == (kind, "web", True)
    assert response.community_id == ("10102" if kind == LEFT_OUT else None)
    assert (response.application is None) == (kind == LEFT_OUT)
    opened = open_columns(response, ["words", "respondent", "contact"], by=Robot("test"), purpose="test")
    assert opened == {"words": WORDS, "respondent": NAME, "contact": CONTACT}
    assert ResponseFile.objects.filter(response=response).count() == len(picture)
    found = visitor.client.post(
        f"{prefix}/responses/", dict(zip(("number", "code"), visitor.receipt(), strict=True))
    )
    assert found.status_code == 200
    assert response.number in found.content.decode()
    assert WORDS not in found.content.decode()


def test_anonymous_leaves_no_name_even_in_the_draft(stage):
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, "not-eligible"))
    assert visitor.answer("named", named="no") == "check"
    assert NAME not in visitor.get("check").content.decode()
    assert visitor.sent().named is False


def test_a_change_comes_back_to_the_check(stage):
    visitor = Visitor(stage.list)
    visitor.write(answers(stage.list, "not-eligible"))
    for page, data in (
        ("words", {"words": "改过的话"}),
        ("row", {"row": "2"}),
        ("staff", {"about_staff": "yes"}),
    ):
        assert visitor.answer(page, **data) == "check"
    assert "改过的话" in visitor.get("check").content.decode()
    assert visitor.answer("kind", kind=LEFT_OUT) == "community"  # only what this kind asks besides
    assert visitor.answer("community", community="10101") == "check"
    assert visitor.answer("kind", kind="wrong-data") == "row"  # a number is not enough any more


@pytest.mark.parametrize(
    ("page", "data", "words"),
    [
        ("kind", {}, "请选择"),
        ("kind", {"kind": "bribe"}, "bribe"),
        ("row", {"row": ""}, "请填写"),
        ("row", {"row": "77"}, None),
        ("row", {"row": "AAAA-BBBB"}, None),
        ("row", {"row": "不知道"}, None),
        ("words", {"words": "   "}, "请填写"),
        ("words", {"words": "长" * 2001}, "2,001"),
        ("words", {"words": "坏\x00字"}, "U+0000"),
        ("staff", {}, "请选择"),
        ("named", {"named": "maybe"}, "maybe"),
        ("contact", {"name": NAME, "contact": ""}, NAME),
        ("contact", {"name": "名" * 41, "contact": "1"}, None),
    ],
)
def test_a_bad_answer_is_said_in_words_and_nothing_is_lost(stage, page, data, words):
    visitor, wanted = Visitor(stage.list), answers(stage.list, "not-eligible")
    visitor.write({name: given for name, given in wanted.items() if name != page})
    answered = visitor.post(page, **data)
    html = answered.content.decode()
    assert answered.status_code == 422
    assert "govuk-error-summary" in html
    assert words is None or words in html
    rest = list(wanted)[list(wanted).index(page) :]
    assert visitor.write({"kind": wanted["kind"]} | {name: wanted[name] for name in rest}) in (
        "check",
        *wanted,
    )
    at = page
    for name in rest:
        if at == name:
            at = visitor.answer(name, **wanted[name])
    assert at == "check"


@pytest.mark.parametrize("kind", ["wrong-data", "withhold-name"])
def test_only_the_receipts_code_shows_the_own_household(stage, kind):
    visitor = Visitor(stage.list)
    visitor.answer("kind", kind=kind)
    refused = visitor.post("row", row="1")
    assert refused.status_code == 422
    assert "请填写行码" in refused.content.decode()


def test_a_link_fills_the_row_in(stage):
    visitor = Visitor(stage.list)
    start = visitor.client.get(f"{visitor.at}?row=2").content.decode()
    assert '<input type="hidden" name="row" value="2">' in start
    begun = visitor.client.post(f"{visitor.at}kind/?row=2", {"kind": "not-eligible"})
    assert begun["Location"] == f"{visitor.at}words/"
    again = Visitor(stage.list)
    begun = again.client.post(f"{again.at}kind/?row=<b>", {"kind": "not-eligible"})
    assert begun["Location"] == f"{again.at}row/"
    assert "<b>" not in again.get("row").content.decode()


def test_a_row_that_left_the_list_meanwhile(stage, district):
    visitor = Visitor(stage.list)
    assert visitor.write(answers(stage.list, "not-eligible")) == "check"
    entry = stage.list.entries.order_by("row_number")[0]
    case = Application.objects.get(pk=entry.application_id)
    clerk = district.officer(Role.STREET_ACCEPTOR, "101")
    withdraw(case, by=clerk, version=case.version, words="本人要求撤回。")
    assert visitor.answer("check") == "row"
    refused = visitor.post("row", row=str(entry.row_number))
    assert refused.status_code == 422
    assert visitor.answer("row", row="2") == "check"
    assert WORDS in visitor.get("check").content.decode()


def test_the_same_person_twice(stage):
    first, second = Visitor(stage.list), Visitor(stage.list)
    for visitor in (first, second):
        visitor.write(answers(stage.list, "not-eligible"))
    first.sent()
    refused = second.post("check")
    assert refused.status_code == 409
    assert WORDS in refused.content.decode()
    assert Response.objects.count() == 1
