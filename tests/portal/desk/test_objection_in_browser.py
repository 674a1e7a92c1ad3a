"""An objection from the counter to its answer in a real browser: every page readable, wide and narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from relief.applications.models import Application
from relief.publicity.models import ListState, PublicList
from tests.portal.desk.test_in_browser import WIDTHS, sign_in

REVIEW = {"participants": "9", "representatives": "6", "votes_for": "8", "votes_against": "1"}
SEND = "main form .govuk-button-group button.govuk-button:not([name])"


class Walk:
    """A page that is judged at each stop."""

    def __init__(self, page: Page, site: str, axe: Callable[..., list[str]]) -> None:
        self.page, self.site, self.axe = page, site, axe
        self.faults: list[str] = []

    def sit(self, username: str) -> None:
        sign_in(self.page, self.site, username)

    def press(self, selector: str) -> None:
        """Press what leads to another page, and look at that."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.stop()

    def stop(self, path: str = "") -> None:
        """Go there (or stay) and look, wide and narrow."""
        if path:
            self.page.goto(f"{self.site}/desk/{path}")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.faults += [
                f"{self.page.url} {width}: {fault}" for fault in self.axe(self.page, width != WIDTHS[0])
            ]
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.faults.append(f"{self.page.url} {width}: scrolls sideways")


@pytest.mark.appearance
def test_from_the_counter_to_the_answer(
    live_demo: str, page: Page, axe: Callable[..., list[str]], watched: list[str]
) -> None:
    walk = Walk(page, live_demo, axe)
    running = PublicList.objects.filter(kind="gs", state=ListState.RUNNING).order_by("-pk")[0]
    entry = running.entries.order_by("row_number")[0]
    case = Application.objects.get(pk=entry.application_id)
    assert case.number is not None
    take_down_and_back(walk, running, entry.row_code, case.number)
    answer(walk, case.number)
    see_who_objected(walk, case.number)
    assert walk.faults == []
    watched.clear()  # the two forms that were refused on purpose


def take_down_and_back(walk: Walk, running: PublicList, row_code: str, number: str) -> None:
    """At the street's counter: an objection with its receipt, then the page on which it is taken back."""
    page = walk.page
    walk.sit("jiedao-shouli")
    walk.stop(f"lists/{running.code}/object/?row=999")
    walk.stop(f"lists/{running.code}/")
    page.fill("#id_row", row_code)
    walk.press("form[action$='/object/'] button")
    page.check("[name=channel][value=counter]")
    page.fill("[name=words]", "该户有一套出租房，没有申报。")
    page.check("[name=named][value=yes]")
    walk.press(SEND)  # the name is missing: what was typed is kept
    expect(page.locator("[name=words]")).to_have_value("该户有一套出租房，没有申报。")
    page.fill("[name=name]", "周正")
    page.fill("[name=contact]", "13800001111")
    walk.press(SEND)
    expect(page.locator("main")).to_contain_text("fy-")
    walk.stop(f"cases/{number}/")
    walk.press("a[href$='/take-back/']")


def answer(walk: Walk, number: str) -> None:
    """The street: democratic review, then a new opinion that answers the objection."""
    page = walk.page
    walk.sit("jiedao-shenhe")
    walk.stop(f"cases/{number}/democratic-review/")
    for name, value in REVIEW.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=minutes]", "逐一发言后表决。")
    walk.press(SEND)
    walk.stop(f"cases/{number}/new-opinion/")
    page.check("[name=recommended][value=yes]")
    page.fill("[name=words]", "经民主评议，符合条件。")
    page.fill("[name=answer]", "经再次调查核实，符合条件。")
    walk.press("[name=preview]")
    walk.press(SEND)
    expect(page.locator("h1")).to_contain_text("公示中")


def see_who_objected(walk: Walk, number: str) -> None:
    """The district alone, and for a purpose."""
    walk.sit("qu-hedui")
    walk.stop(f"cases/{number}/")
    walk.press("a[href$='/respondent/']")
    walk.page.locator("[name=purpose]").first.check()
    walk.press("main form button.govuk-button")
    expect(walk.page.locator("main")).to_contain_text("周正")
