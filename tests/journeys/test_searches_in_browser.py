"""What three readers search for stands on the editors' screen, with the place of what one of them opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from search import engine, follow
from tests import servers
from tests.factories.texts import make_newsroom
from tests.journeys.press import Press

#: a browser without a head is taken for a machine, which isn't counted
READER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
WORDS, TRIES = "取暖补助", 100


def searches(browser: Browser, address: str, network: str, *, opens: int = 0) -> None:
    """A reader from a network, who opens the result that stands at a place."""
    context = browser.new_context(user_agent=READER, extra_http_headers={"X-Forwarded-For": network})
    page = context.new_page()
    page.goto(f"{address}/search/?q={quote(WORDS)}")
    links = page.locator("main ol > li .cap-title a")
    expect(links).to_have_count(2)
    if opens:
        with page.expect_request("**/search/opened/"), page.expect_navigation():
            links.nth(opens - 1).click()
    context.close()


@pytest.mark.appearance
@pytest.mark.long
def test_the_third_reader_and_a_click_are_seen_by_the_editors(
    scratch: str, settings: Any, tmp_path: Path, browser: Browser, page: Page, phone: Page
) -> None:
    folder = tmp_path / "search"
    more = {"SEARCH_DIR": str(folder), "OWN_PROXIES": "1"}
    with servers.serving(scratch, tmp_path / "server.log", **more) as address:
        settings.SEARCH_DIR = folder
        room = make_newsroom()
        for slug in ("first", "second"):
            room.published(room.draft(slug))
        follow.rebuild(engine.embedded())
        press = Press(page, phone, address, tmp_path)
        press.sit(room.writer)
        searches(browser, address, "192.0.2.1")
        searches(browser, address, "198.51.100.2")
        press.go("publishing/searches/")
        expect(page.locator("main")).not_to_contain_text(WORDS)
        searches(browser, address, "203.0.113.3", opens=2)
        row = page.locator("table.listing tbody tr")
        for _reading in range(TRIES):  # a click is counted behind the reader's back
            press.go("publishing/searches/")
            if "33%" in page.content():
                break
        cells = " ".join(row.inner_text().split())
        assert cells.startswith(f"{WORDS} 简体中文 3 2 0 0 1 (33%) 2 "), cells
        row.get_by_role("link", name=WORDS).click()
        expect(page.locator("main ol > li")).to_have_count(2)
