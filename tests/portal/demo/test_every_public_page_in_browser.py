"""Every public page of the demo, in both languages and three widths: accessible, and nothing sideways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from relief.publicity.models import PublicList
from tests.privacy.addresses import every_list_address

pytestmark = [pytest.mark.long, pytest.mark.appearance]
WIDTHS = (1280, 390, 320)
#: where accessibility is judged too: the layout of 320 is that of 390
JUDGED = (1280, 390)
#: pages beside those of the lists
FIXED = (
    "/", "/publicity/", "/publicity/?state=ended", "/publicity/?street=101&month=1", "/announcements/",
    "/announcements/?kind=bg", "/announcements/?kind=cs", "/notices/", "/verify/",
    "/policies/", "/policies/guarantee-rules/", "/interpretations/guarantee-rules/", "/guides/guarantee/",
    "/notices/destitute-approved/", "/annual-reports/2025/", "/disclosure/", "/disclosure/guide/",
    "/disclosure/check/", "/profile/", "/profile/director/",
    "/verify/?number=x&code=IO00IO00", "/responses/", "/screen/", "/publicity/data-format/", "/nothing-here/",
)  # fmt: skip
#: a big screen has its own sizes and its own tests; a file is no page
NO_PAGES = ("screen/", ".json", ".csv", ".xlsx", ".pdf", ".txt")
#: the check of the whole digest and of the code are one page
SHORT = 20
#: what a page is built of: one that differs only in its words and numbers is judged once
BUILT_OF = (
    "[...new Set([...document.querySelectorAll('[class]')].flatMap(e => [...e.classList]))].sort().join()"
)


def pages() -> Iterator[str]:
    for prefix in ("", "/en"):
        yield from (prefix + path for path in FIXED)
    for path in every_list_address():
        typed = path.rpartition("/")[2]
        if not path.endswith(NO_PAGES) and len(typed) < SHORT:
            yield path


def kind(path: str) -> str:
    """The address without what tells one list from another."""
    return re.sub(r"\d+|[0-9A-Z]{4}-[0-9A-Z]{4}", "#", path)


def test_every_page_at_three_widths(
    live_demo: str, page: Page, axe: Callable[..., list[str]], watched: list[str]
) -> None:
    assert PublicList.objects.exclude(edition=None).exists(), "one is corrected"
    faults, looked, judged = [], 0, set()
    for path in pages():
        answer = page.goto(live_demo + path)
        assert answer is not None and answer.status < 500, path
        if "html" not in answer.headers.get("content-type", ""):
            continue
        looked += 1
        built = kind(path), answer.status, page.evaluate(BUILT_OF)
        widths = () if built in judged else JUDGED
        judged.add(built)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"{path} {width}: scrolls sideways")
            if width in widths:
                faults += [f"{path} {width}: {fault}" for fault in axe(page, width != JUDGED[0])]
        if answer.status >= 400:
            watched.clear()  # the browser complains of each page that isn't there
    assert looked > 100
    assert faults == []
