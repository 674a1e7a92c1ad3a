"""Large type and high contrast: chosen by a click, kept in a cookie, never a way out of the site."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.portal.gallery"), pytest.mark.usefixtures("no_particulars")]


def test_reading_sets_no_cookie() -> None:
    response = Client().get("/")
    assert not response.cookies
    assert "Cookie" in response["Vary"]
    assert "data-ui" not in response.content.decode()


def test_the_choice_is_kept_until_taken_back() -> None:
    client = Client()
    response = client.get("/display/", {"mode": "large", "next": "/en/?street=x"})
    assert response["Location"] == "/en/?street=x"
    assert response.cookies["display"]["httponly"]
    assert 'data-ui="large"' in client.get("/").content.decode()
    client.get("/display/", {"mode": "standard", "next": "/"})
    assert "data-ui" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\x", ""]
)
def test_it_leads_nowhere_else(target: str) -> None:
    assert Client().get("/display/", {"mode": "large", "next": target})["Location"] == "/"


def test_an_address_may_ask_for_one_page() -> None:
    response = Client().get("/?ui=contrast")
    assert 'data-ui="contrast"' in response.content.decode()
    assert not response.cookies
    assert "data-ui" not in Client().get("/?ui=<script>").content.decode()


def test_only_reading_methods() -> None:
    assert Client().post("/display/", {"mode": "large"}).status_code == 405


def test_the_other_language_is_the_same_page() -> None:
    text = Client().get("/publicity/?page=2&street=x").content.decode()
    assert 'href="/en/publicity/?page=2&amp;street=x"' in text
    assert 'href="/publicity/?page=2"' in Client().get("/en/publicity/?page=2").content.decode()
