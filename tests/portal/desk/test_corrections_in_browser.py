"""A correction from the proposal to the public page in a real browser, readable wide and narrow."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from relief.trail import clock
from tests import servers
from tests.factories import cases, corrections, stages
from tests.factories.district import make_district
from tests.factories.pages import make_pages
from tests.portal.desk.test_in_browser import sign_in
from tests.portal.desk.test_objection_in_browser import SEND, Walk

LOOK = os.environ.get("LOOK")


@pytest.fixture
def site(scratch, tmp_path: Path):
    """A list that runs since yesterday; the amount of its first row was rectified in the case."""
    today = clock.today()
    with stages.on(today - timedelta(days=20)):
        district = make_district()
    with stages.on(today - timedelta(days=1)):
        running = cases.posted(district, stages.published(district, 3))
        corrections.rectified(district, corrections.case_in_row(running, 1))
    make_pages()
    with servers.serving(scratch, tmp_path / "server.log") as address:
        yield address, running


def look(page: Page, name: str) -> None:
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.appearance
def test_from_the_proposal_to_the_public_page(site, page: Page, axe: Callable[..., list[str]]) -> None:
    address, running = site
    walk = Walk(page, address, axe)
    walk.sit("street-reviewer-101")
    walk.stop(f"lists/{running.code}/")
    look(page, "desk-list")
    walk.press("a[href$='/correct/']")
    page.check("[name=changed][value='1']")
    page.fill("[name=note_zh]", "第1行金额录入有误，现予更正。")
    page.fill("[name=note_en]", "The amount in row 1 was entered wrongly.")
    walk.press("[name=preview]")
    expect(page.locator(".cap-diff ins")).to_have_text("512.00")
    look(page, "desk-correct")
    walk.press(SEND)
    expect(page.locator("main")).to_contain_text("第二人")
    sign_in(page, address, "street-publisher-101")
    walk.stop(f"lists/{running.code}/correct/approve/")
    look(page, "desk-approve")
    walk.press(SEND)
    for prefix in ("", "/en"):
        for path in ("", "corrections/2/", "corrections/1/"):
            page.goto(f"{address}{prefix}/publicity/{running.number}/{path}")
            for width in (1280, 390, 320):
                page.set_viewport_size({"width": width, "height": 900})
                again = bool(prefix) or width != 1280
                walk.faults += [f"{page.url} {width}: {fault}" for fault in axe(page, again)]
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    walk.faults.append(f"{page.url} {width}: scrolls sideways")
                look(page, f"public{prefix.replace('/', '-')}-{path.strip('/').replace('/', '-') or 'list'}")
    sign_in(page, address, "district-announcer-000")
    walk.stop(f"lists/{running.code}/withdraw/")
    look(page, "desk-withdraw")
    assert walk.faults == []
