"""Readers who search and click, as their browsers ask for it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from search import engine
from tests.search import indexes

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
OPENED = "/search/opened/"


@pytest.fixture(name="indexed")
def indexed_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    index = indexes.embedded()
    monkeypatch.setattr(engine, "embedded", lambda: index)


def search(words: str, who: int | str = 1, at: str = "/search/", **more: str) -> None:
    address = who if isinstance(who, str) else f"192.0.2.{who}"
    query = {"q": words} | {name: more.pop(name) for name in ("page", "kind", "sort") if name in more}
    headers = {"HTTP_USER_AGENT": BROWSER} | more
    assert Client().get(at, query, REMOTE_ADDR=address, **headers).status_code == 200


def by_three(words: str, **more: str) -> None:
    for who in (1, 2, 3):
        search(words, who, **more)


def click(words: str, place: int | str, who: int = 1, at: str = OPENED, **headers: str) -> None:
    own = {
        "HTTP_USER_AGENT": BROWSER,
        "HTTP_ORIGIN": "http://testserver",
        "HTTP_SEC_FETCH_SITE": "same-origin",
    }
    body = {"q": words, "place": str(place)}
    kind = headers.pop("kind", "application/x-www-form-urlencoded")
    client = Client(enforce_csrf_checks=True)
    sent = client.post(at, urlencode(body), kind, REMOTE_ADDR=f"192.0.2.{who}", **(own | headers))
    assert (sent.status_code, sent.content, dict(sent.cookies)) == (204, b"", {})
