"""A new reader finds it at the first try: small demo, the box in the header, on a desk and in the hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from relief.ledger import journal
from search import follow
from search.embedded import EmbeddedIndex
from tests import servers

#: what is typed → what the first title that is found must hold, in either of two ways of saying it
ASKED = {
    "低保标准": ("低保标准", "生活保障标准"),
    "dibao": ("低保", "最低生活保障"),
    "最低生活保障標準": ("低保标准", "生活保障标准"),
}


@pytest.fixture
def demo(scratch_demo: str, tmp_path: Path) -> Iterator[str]:
    """A site on the small demo, with its index."""
    folder = tmp_path / "search"
    EmbeddedIndex(folder).rebuild(follow.everything(), journal.head())
    with servers.serving(scratch_demo, tmp_path / "server.log", SEARCH_DIR=str(folder)) as address:
        yield address


def asked_in_the_header(page: Page, start: str, words: str) -> str:
    """The first title found."""
    page.goto(start)
    page.fill("#site-search", words)
    page.press("#site-search", "Enter")
    first = page.locator("main ol > li .cap-title a").first
    expect(first).to_be_visible()
    return first.inner_text()


@pytest.mark.appearance
@pytest.mark.long
def test_a_new_reader_finds_what_is_meant_at_the_first_try(
    demo: str, page: Page, phone: Page, axe: Callable[[Page], list[str]]
) -> None:
    faults: list[str] = []
    for reader in (page, phone):
        for words, meant in ASKED.items():
            title = asked_in_the_header(reader, f"{demo}/", words)
            assert any(one in title for one in meant), (words, title)
        faults += axe(reader)
        assert not reader.evaluate("document.documentElement.scrollWidth > innerWidth")
        number = document_number(reader, demo)
        title = asked_in_the_header(reader, f"{demo}/policies/", number)
        reader.locator("main ol > li .cap-title a").first.click()
        expect(reader.locator("h1")).to_contain_text(title)
        expect(reader.locator("main")).to_contain_text(number)
    assert faults == []


def document_number(page: Page, demo: str) -> str:
    """The number of the newest policy, as a reader may have it from a letter."""
    page.goto(f"{demo}/policies/")
    return page.locator("main").get_by_text("〔").first.inner_text().split()[0]
