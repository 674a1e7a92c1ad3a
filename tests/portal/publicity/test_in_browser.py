"""A real browser reads the public side: accessible, within the content policy, not too wide, on paper."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from relief.publicity.models import PublicList
from relief.trail import clock
from tests import servers
from tests.factories import cases, stages
from tests.factories.district import make_district
from tests.factories.pages import make_pages

pytestmark = pytest.mark.appearance
PAGES = (
    "/",
    "/publicity/",
    "/publicity/?state=ended&street=102",
    "/announcements/",
    "/publicity/{running}/",
    "/publicity/{running}/?community=10101&row=99",
    "/publicity/{running}/?row=no",
    "/publicity/{running}/history/",
    "/publicity/{waiting}/",
    "/publicity/{decided}/",
    "/announcements/{announced}/",
    "/verify/",
    "/verify/?number=x&code=IO00IO00",
    "/verify/{running}/{digest}",
    "/verify/{running}/AAAA-BBBB",
    "/publicity/data-format/",
)


def fill(size: int = 4) -> dict[str, str]:
    """One list running since yesterday, one waiting for its boards, one decided and its announcement."""
    today = clock.today()
    with stages.on(today - timedelta(days=40)):
        district = make_district()
    with stages.on(today - timedelta(days=20)):
        case = cases.reviewed(district, "10201")
        decided = cases.posted(district, cases.published(district, "102", "2026-01"))
    cases.closed(district, decided)
    with stages.on(today - timedelta(days=10)):
        case = cases.fresh(case)
        stages.approve(case, by=district.officer("district-approver"), version=case.version)
        announced = cases.announced(district, "102")
    with stages.on(today - timedelta(days=1)):
        running = cases.posted(district, stages.published(district, size))
        cases.reviewed(district, "10201")
        waiting = cases.published(district, "102", "2026-02")
    make_pages()
    found = {"running": running, "waiting": waiting, "decided": decided, "announced": announced}
    return {name: str(one.number) for name, one in found.items()} | {"digest": running.digest}


@pytest.fixture
def site(scratch, tmp_path: Path):
    """Base URL of a server and what its lists are called."""
    known = fill()
    with servers.serving(scratch, tmp_path / "server.log") as address:
        yield address, known


VIOLATION = """addEventListener("securitypolicyviolation", event => {
  (window.faults ||= []).push(event.violatedDirective);
})"""


NARROW = tuple(path for path in PAGES if "?" not in path and "AAAA" not in path)


def check_every_page(page, site, axe, pages=PAGES, again=False) -> None:
    address, known = site
    page.add_init_script(VIOLATION)
    faults = []
    for prefix in ("", "/en"):
        for path in pages:
            where = prefix + path.format(**known)
            answer = page.goto(address + where)
            assert answer and answer.status == 200, where
            width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if width > 0:
                faults.append(f"{where}: {width} px too wide")
            faults += [f"{where}: {fault}" for fault in axe(page, again or bool(prefix))]
            faults += [f"{where}: policy {fault}" for fault in page.evaluate("window.faults || []")]
    assert faults == []
    assert page.context.cookies() == []


def test_wide(page, site, axe):
    check_every_page(page, site, axe)


def test_narrow(phone, site, axe):
    check_every_page(phone, site, axe, NARROW, again=True)


def test_large_type_and_contrast(page, site, axe):
    address, known = site
    for mode in ("large", "contrast"):
        for path in ("/", "/publicity/{running}/", "/verify/"):
            page.goto(address + path.format(**known) + f"?ui={mode}")
            assert axe(page) == [], (mode, path)


def test_check_by_hand(page, site):
    """A reader types what the board says, filters the rows, changes the language: without any script."""
    address, known = site
    page.goto(f"{address}/en/publicity/{known['running']}/")
    page.get_by_label("Community").select_option(label="Xiyuan Community")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="drop this filter").click()
    expect(page.locator("tbody tr")).to_have_count(4)
    code = page.locator(".cap-code--short [aria-hidden]").inner_text()
    page.goto(f"{address}/en/verify/")
    page.get_by_label("List number").fill(known["running"].upper())
    page.get_by_label("Check code or digest").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#status")).to_have_text("It agrees: this is the published list")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("#status")).to_have_text("核对一致，与已发布的名单相同")


def test_paper(page, scratch, tmp_path: Path):
    """Forty households on two sheets; every row once, header and check code on each sheet."""
    known = fill(40)
    with servers.serving(scratch, tmp_path / "server.log") as address:
        page.goto(f"{address}/publicity/{known['running']}/")
        pdf = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        shown = page.locator("main").inner_text()
        found = PublicList.objects.get(number=known["running"])
        codes = [str(row["code"]) for row in stages.rows_of(found)]
        assert [shown.count(code) for code in codes] == [1] * 40
        display = "e => getComputedStyle(e).display"
        assert page.locator("thead").evaluate(display) == "table-header-group"
        assert page.locator("tfoot").evaluate(display) == "table-footer-group"
        assert found.check_code in page.locator("tfoot").inner_text()
        for gone in (".cap-filter", ".cap-downloads", ".cap-history", ".cap-footer"):
            assert not [one for one in page.locator(gone).all() if one.is_visible()], gone
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    assert len(pdf) < 500 * 1024
