"""The desk's pages of many cases in a real browser, at 1280 and 390 px, without accessibility faults."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.factories.district import PASSWORD

#: who looks → the pages; `a…b` is page `b` of the first thing that page `a` lists
SEATS = {
    "jiedao-shenhe": ("queue/", "queue/?tab=open&mark=late&sort=waiting", "search/", "lists/?tab=all",
                      "queue/…", "queue/…take/", "queue/…hand-over/", "queue/…history/", "queue/…looks/"),
    "jiedao-shouli": ("", "responses/", "responses/?tab=done", "responses/…", "responses/…answer/", "help/"),
    "jiedao-gongshi": ("boards/", "lists/…", "lists/…gate/", "lists/…respond/", "screens/"),
    "qu-shenpi": ("", "queue/", "approve-many/?all=1", "approve-many/", "overview/", "responses/…"),
    "qu-shenpi2": ("", "responses/", "responses/…", "lists/…", "lists/…gate/", "help/"),
    "qu-fuze": ("", "overview/", "lists/"),
}  # fmt: skip
WIDTHS = (1280, 390)


def sign_in(page: Page, site: str, username: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{site}/desk/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.govuk-button")
    page.wait_for_url(f"{site}/desk/")


@pytest.mark.appearance
def test_every_page_is_readable(live_demo: str, page: Page, axe: Callable[..., list[str]]) -> None:
    faults: list[str] = []
    for username, paths in SEATS.items():
        sign_in(page, live_demo, username)
        for path in paths:
            listing, of_first, act = path.partition("…")
            address = f"/desk/{listing}"
            if of_first:
                page.goto(live_demo + address)
                address = (page.locator("main tbody th a").first.get_attribute("href") or "") + act
            answer = page.goto(live_demo + address)
            assert answer is not None and answer.ok, (username, path, answer and answer.status)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                faults += [f"{username} {path} {width}: {fault}" for fault in axe(page, width != WIDTHS[0])]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    faults.append(f"{username} {path} {width}: scrolls sideways")
    assert faults == []


def test_a_name_is_searched_and_nowhere_written(live_demo: str, page: Page) -> None:
    sign_in(page, live_demo, "jiedao-shenhe")
    page.goto(f"{live_demo}/desk/queue/?tab=open")
    name = page.locator("main tbody th a").first.inner_text()
    page.goto(f"{live_demo}/desk/search/")
    page.fill("[name=text]", name)
    page.click("main form button.govuk-button")
    page.locator("main tbody tr").first.wait_for()  # a click waits for the answer, not for its rows
    found = page.url
    page.locator("main tbody a[href*='/desk/cases/']").first.click()
    page.go_back()
    assert page.url == found
    assert page.locator("main tbody tr").count() >= 1
