"""All four kinds in a real browser by the keyboard alone; pages readable, wide and narrow; nothing leaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from relief.publicity.models import PublicList, Response, ResponseKind
from relief.trail import clock
from tests import servers
from tests.factories import cases, stages
from tests.factories.district import make_district
from tests.factories.pages import make_pages
from tests.portal.demo.private import forms_of, stored_bytes
from tests.portal.publicity.writing import CONTACT, NAME, WORDS, png

WIDTHS = (320, 390, 1280)
#: how often one presses the tab key on a page before giving up
PATIENCE = 60


@pytest.fixture
def running(scratch: str) -> PublicList:
    """A list that runs since yesterday."""
    with stages.on(clock.today() - timedelta(days=30)):
        district = make_district()
    with stages.on(clock.today() - timedelta(days=1)):
        found = cases.posted(district, stages.published(district, 4))
    make_pages()
    return found


@pytest.fixture
def site(scratch: str, running: PublicList, tmp_path: Path) -> Iterator[str]:
    folder = str(tmp_path / "evidence")
    with servers.serving(scratch, tmp_path / "server.log", EVIDENCE_ROOT=folder) as address:
        yield address


class Keyboard:
    """Somebody without a mouse; each new page is judged, once in each language."""

    def __init__(self, page: Page, axe: Callable[..., list[str]]) -> None:
        self.page, self.axe = page, axe
        self.seen: set[str] = set()
        self.faults: list[str] = []

    def to(self, selector: str) -> None:
        """Tab to a control."""
        for _press in range(PATIENCE):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} can't be reached on {self.page.url}")

    def choose(self, name: str, value: str) -> None:
        """One of a group of radios: tab into the group, then with the arrows."""
        self.to(f"input[name={name}]")
        self.page.keyboard.press("Space")
        for _press in range(PATIENCE):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(value)

    def write(self, name: str, text: str) -> None:
        self.to(f"[name={name}]")
        self.page.keyboard.insert_text(text)

    def press(self, selector: str = "main form button") -> None:
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def look(self) -> None:
        """Judge the page at each width, if it is new."""
        path = self.page.url.partition("?")[0]
        if path in self.seen:
            return
        self.seen.add(path)
        again = "/en/" in path and path.replace("/en/", "/", 1) in self.seen  # one template
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.faults += [
                f"{path} {width}: {fault}" for fault in self.axe(self.page, again or width != WIDTHS[0])
            ]
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.faults.append(f"{path} {width}: scrolls sideways")


def respond(user: Keyboard, at: str, kind: str, row_code: str) -> tuple[str, str]:
    """From the list's page to the receipt; returns its number and code."""
    page = user.page
    page.goto(at)
    user.press(f"a[href$='{at.partition('/publicity/')[2]}respond/']")
    user.press()
    user.choose("kind", kind)
    user.press()
    if kind == ResponseKind.LEFT_OUT:
        user.choose("community", "10102")
    else:
        user.write("row", row_code)
    user.press()
    user.write("words", WORDS)
    user.press()
    user.choose("about_staff", "yes")
    user.press()
    user.choose("named", "yes")
    user.press()
    user.write("name", NAME)
    user.write("contact", f"{CONTACT} {kind}")
    user.press()
    if kind == ResponseKind.WRONG_DATA:
        page.locator("input[type=file]").set_input_files(
            {"name": "p.png", "mimeType": "image/png", "buffer": png()}
        )
    user.press()
    expect(page.locator("main")).to_contain_text(WORDS)
    user.press()
    number = page.locator("#receipt ~ p strong").inner_text()
    return number, page.locator(".cap-code--short [aria-hidden]").inner_text()


def look_up(user: Keyboard, site: str, prefix: str, receipt: tuple[str, str]) -> None:
    user.page.goto(f"{site}{prefix}/responses/")
    user.look()
    user.write("number", receipt[0])
    user.write("code", receipt[1].lower())
    with user.page.expect_navigation():
        user.page.keyboard.press("Enter")
    user.seen.discard(user.page.url)  # the answer has the address of the question
    user.look()
    expect(user.page.locator("h1")).to_contain_text(receipt[0])


@pytest.mark.appearance
def test_all_four_kinds_with_the_keyboard_alone(
    page: Page, site: str, running: PublicList, axe: Callable[..., list[str]], scratch: str, tmp_path: Path
) -> None:
    user = Keyboard(page, axe)
    row_code = running.entries.order_by("row_number")[0].row_code
    for index, kind in enumerate(ResponseKind.values):
        prefix = ("", "/en")[index % 2]
        receipt = respond(user, f"{site}{prefix}/publicity/{running.number}/", kind, row_code)
        if index == 0:
            look_at_paper(page)
        if index > 1:
            look_up(user, site, prefix, receipt)
        page.goto(f"{site}{prefix}/publicity/{running.number}/respond/sent/")
        user.press("button[name=again]")
        expect(page.locator("h1")).to_be_visible()
    assert user.faults == []
    kept = Response.objects.order_by("pk").values_list("kind", "channel", "named", "about_staff")
    assert list(kept) == [(kind, "web", True, True) for kind in ResponseKind.values]
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]
    check_that_nothing_leaks(page, site, running, scratch, tmp_path)


def check_that_nothing_leaks(page: Page, site: str, running: PublicList, scratch: str, folder: Path) -> None:
    """Words, name and contact: in no public page, error page, line of the log or byte of the database."""
    read = {"log": (folder / "server.log").read_bytes(), "database": stored_bytes(scratch)}
    for file in (folder / "evidence").rglob("*"):
        read[str(file)] = file.read_bytes() if file.is_file() else b""
    assert [b"JFIF" in body[:64] for where, body in read.items() if "evidence" in where].count(True) == 0
    at = f"/publicity/{running.number}/"
    for path in (
        "/",
        "/publicity/",
        at,
        f"{at}history/",
        f"{at}data.csv",
        f"{at}data.json",
        f"{at}respond/x/",
    ):
        for prefix in ("", "/en"):
            read[prefix + path] = page.request.get(site + prefix + path).body()
    found = [
        where
        for where, body in read.items()
        for text in (WORDS, NAME, CONTACT)
        for form in forms_of(text)
        if form in body
    ]
    assert found == []


def look_at_paper(page: Page) -> None:
    """One sheet with number, code, next step and telephone; no button."""
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    page.emulate_media(media="print")
    for shown in (
        "#receipt ~ p strong",
        ".cap-code--short",
        "main .govuk-inset-text",
        "main a[href^='tel:']",
    ):
        expect(page.locator(shown).first).to_be_visible()
    expect(page.locator("main button").first).to_be_hidden()
    page.emulate_media(media="screen")
