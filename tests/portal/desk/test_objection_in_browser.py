"""An objection from the counter to its answer in a real browser: every page readable, wide and narrow."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from relief.applications.models import Application
from relief.publicity.models import ListState, PublicList
from tests.portal.desk.test_in_browser import WIDTHS, sign_in

REVIEW = {"participants": "9", "representatives": "6", "votes_for": "8", "votes_against": "1"}
SEND = "main form .govuk-button-group button.govuk-button:not([name])"


class Walk:
    """A page that is judged at each stop."""

    def __init__(self, page: Page, site: str, axe: Callable[[Page], list[str]]) -> None:
        self.page, self.site, self.axe = page, site, axe
        self.faults: list[str] = []

    def sit(self, username: str) -> None:
        sign_in(self.page, self.site, username)

    def stop(self, path: str = "") -> None:
        """Go there (or stay) and look, wide and narrow."""
        if path:
            self.page.goto(f"{self.site}/desk/{path}")
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.faults += [f"{self.page.url} {width}: {fault}" for fault in self.axe(self.page)]
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.faults.append(f"{self.page.url} {width}: scrolls sideways")


def test_from_the_counter_to_the_answer(
    live_demo: str, page: Page, axe: Callable[[Page], list[str]], watched: list[str]
) -> None:
    walk = Walk(page, live_demo, axe)
    running = PublicList.objects.filter(kind="gs", state=ListState.RUNNING).order_by("-pk")[0]
    entry = running.entries.order_by("row_number")[0]
    case = Application.objects.get(pk=entry.application_id)
    walk.sit("jiedao-shouli")
    walk.stop(f"lists/{running.code}/object/?row=999")
    walk.stop(f"lists/{running.code}/")
    page.fill("#id_row", entry.row_code)
    page.locator("form[action$='/object/'] button").click()
    walk.stop()
    page.check("[name=channel][value=counter]")
    page.fill("[name=words]", "该户有一套出租房，没有申报。")
    page.check("[name=named][value=yes]")
    page.click(SEND)
    walk.stop()  # the name is missing: what was typed is kept
    expect(page.locator("[name=words]")).to_have_value("该户有一套出租房，没有申报。")
    page.fill("[name=name]", "周正")
    page.fill("[name=contact]", "13800001111")
    page.click(SEND)
    expect(page.locator("main")).to_contain_text("fy-")
    walk.stop()
    walk.stop(f"cases/{case.number}/")
    page.click("a[href$='/take-back/']")
    walk.stop()
    walk.sit("jiedao-shenhe")
    walk.stop(f"cases/{case.number}/democratic-review/")
    for name, value in REVIEW.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=minutes]", "逐一发言后表决。")
    page.click(SEND)
    walk.stop(f"cases/{case.number}/new-opinion/")
    page.check("[name=recommended][value=yes]")
    page.fill("[name=words]", "经民主评议，符合条件。")
    page.fill("[name=answer]", "经再次调查核实，符合条件。")
    page.click("[name=preview]")
    walk.stop()
    page.click(SEND)
    expect(page.locator("h1")).to_contain_text("公示中")
    walk.stop()
    walk.sit("qu-hedui")
    page.goto(f"{live_demo}/desk/cases/{case.number}/")
    page.click("a[href$='/respondent/']")
    walk.stop()
    page.locator("[name=purpose]").first.check()
    page.click("main form button.govuk-button")
    expect(page.locator("main")).to_contain_text("周正")
    walk.stop()
    assert walk.faults == []
    watched.clear()  # the two forms that were refused on purpose
