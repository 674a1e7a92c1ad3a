"""Somebody was first: the form says what was done meanwhile, keeps what was typed, and is sent once more."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from portal.publishing.care import set_owner
from portal.publishing.models import PageState
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

WHY = {"reason_zh": "误发。", "reason_en": "Published by mistake."}
MEANWHILE = "期间发生的操作"


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def cared_for(room: Newsroom, page: Any) -> None:
    """Another officer changes the state of the page, after the form was shown."""
    version = room.record(page).version
    set_owner(page, by=room.writer, owner=room.publisher, why="分工", version=version)


def as_shown(answer: Any, field: str) -> dict[str, str]:
    """What a press of the button sends from the form that holds this field, as the page shows it."""
    soup = BeautifulSoup(answer.content, "html.parser")
    form = soup.select_one(f"main form [name={field}]").find_parent("form")
    typed = {
        one["name"]: one.get("value", "") for one in form.select("input[name]") if one["type"] != "radio"
    }
    typed |= {one["name"]: one["value"] for one in form.select("input[type=radio][checked]")}
    typed |= {one["name"]: one.get_text().removeprefix("\n") for one in form.select("textarea")}
    return typed | {one["name"]: one["value"] for one in form.select("button[name]")}


def refused_then_sent_again(room: Newsroom, page: Any, at: str, field: str, typed: dict[str, str]) -> Client:
    """The first press is refused with all that was typed; the second, of what is shown, is done."""
    client = signed_in(room.publisher)
    sent = as_shown(client.get(at), field) | typed
    cared_for(room, page)
    refused = client.post(at, sent)
    told = BeautifulSoup(refused.content, "html.parser").get_text()
    assert refused.status_code == 200
    assert MEANWHILE in told and room.writer.name in told and "责任人" in told
    again = as_shown(refused, field)
    assert {name: again[name] for name in typed} == typed
    done = client.post(at, again, follow=True)
    assert done.redirect_chain and MEANWHILE not in done.content.decode()
    return client


def test_a_withdrawal_is_sent_once_more_after_somebody_was_first(room):
    page = room.published()
    at = reverse("publishing:withdraw", args=[page.pk])
    refused_then_sent_again(room, page, at, "reason_zh", {"way": "removed", **WHY})
    assert room.record(page).state == PageState.REMOVED


def test_a_move_is_sent_once_more_after_somebody_was_first(room):
    page = room.published()
    at = reverse("publishing:move", args=[page.pk])
    refused_then_sent_again(room, page, at, "slug", {"slug": "warmth", **WHY})
    page.refresh_from_db()
    assert page.slug == "warmth"


def test_a_short_address_is_added_and_taken_away_after_somebody_was_first(room):
    page = room.published()
    at = reverse("publishing:addresses", args=[page.pk])
    refused_then_sent_again(room, page, at, "path", {"path": "/warm", "reason": "海报"})
    ended = {"reason": "换了海报", "end": "1"}
    client = refused_then_sent_again(room, page, at, "end", ended)
    assert [line.leads for line in client.get(at).context["lines"]] == [False, False]
