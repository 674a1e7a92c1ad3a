"""Whether anything that stood in a row can still be read: all public addresses, byte by byte and as text."""

from __future__ import annotations

from collections.abc import Collection

from playwright.sync_api import Page

from relief.publicity.models import PublicList
from tests.portal.demo.private import forms_of
from tests.privacy.addresses import STARTS, every_list_address
from tests.privacy.crawl import Crawl

#: forms of rows, which must hold a row's code while the list is shown
ROW_FORMS = ("", "data.csv", "data.xlsx", "data.json", "poster.pdf", "screen/", "screen.json")
#: forms that there are none of once names are gone, and the answer that says so
GONE = ("data.csv", "data.xlsx", "poster.pdf", "loudspeaker.txt")


def section_of(one: PublicList) -> str:
    return f"/{'publicity' if one.kind == 'gs' else 'announcements'}/{one.number}/"


def whole_site(address: str) -> Crawl:
    """Every answer of the public site to a stranger, in both languages."""
    crawl = Crawl(address)
    crawl.follow(*STARTS, *every_list_address())
    assert {path: status for path, status in crawl.statuses.items() if status >= 500} == {}
    return crawl


def forms_of_rows(one: PublicList, address: str) -> Crawl:
    """Those forms of a list that show its rows, in both languages."""
    crawl = Crawl(address)
    for path in (f"{prefix}{section_of(one)}{form}" for prefix in ("", "/en") for form in ROW_FORMS):
        crawl.fetch(path)
    return crawl


def not_read(crawl: Crawl, shown: Collection[str]) -> list[tuple[str, str]]:
    """Addresses that lack something which stands in a row: with this the proof that all is gone can fail."""
    there = set(still_read(crawl, shown))
    return [(path, text) for path in crawl.answers for text in shown if (path, text) not in there]


def still_read(crawl: Crawl, shown: Collection[str]) -> list[tuple[str, str]]:
    """Addresses whose bytes or words still hold something that stood in a row."""
    words = crawl.texts()
    return [
        (path, text)
        for path, answer in crawl.answers.items()
        for text in shown
        if text in words[path] or any(form in answer for form in forms_of(text))
    ]


def seen_in_the_browser(
    page: Page, address: str, lists: Collection[PublicList], shown: Collection[str]
) -> dict[str, set[str]]:
    """The same of what a browser draws, by page: lists, screens, playlists, indexes; scripts have run."""
    paths = [
        *(f"{section_of(one)}{form}" for one in lists for form in ("", "history/", "screen/")),
        *(f"{section_of(one)}corrections/2/" for one in lists if one.edition),
        "/screen/?street=101&kinds=gs,gg",
        "/screen/?street=101&community=10103&kinds=gs,gg",
        "/publicity/",
        "/publicity/?state=ended",
        "/announcements/",
    ]
    found: dict[str, set[str]] = {}
    for path in (f"{prefix}{path}" for prefix in ("", "/en") for path in paths):
        answer = page.goto(address + path)
        assert answer is not None and answer.ok, (path, answer and answer.status)
        drawn = page.content() + page.locator("body").inner_text()
        found[path] = {text for text in shown if text in drawn}
    return {path: texts for path, texts in found.items() if texts}
