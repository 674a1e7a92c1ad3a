"""Where a long official title may break: marked beside the title, never in it.

The title itself stays plain, so that feeds, search, papers and exports can't show a mark. The mark is `|`:
every keyboard has it, official titles don't use it, and an editor sees it, unlike a zero-width space.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MARK = "|"
#: the same key under a Chinese input method
WIDE_MARK = "｜"


def plain(marked: str) -> str:
    """The title without its marks."""
    return marked.replace(WIDE_MARK, "").replace(MARK, "")


def is_marked(title: str) -> bool:
    return MARK in title or WIDE_MARK in title


def phrases_of(page: Any) -> list[str]:
    """The parts of a title that stay whole; only one where nothing is marked or the title changed since."""
    marked = getattr(page, "phrased_title", "")
    if not marked or plain(marked) != page.title:
        return [page.title]
    return [part for part in marked.replace(WIDE_MARK, MARK).split(MARK) if part]


def phrased_html(page: Any) -> SafeString:
    """The title as a page of the site shows it: `<wbr>` between phrases that stay whole."""
    phrases = phrases_of(page)
    if len(phrases) == 1:
        return format_html("{}", phrases[0])
    title = format_html_join(SafeString("<wbr>"), "{}", ((phrase,) for phrase in phrases))
    return format_html('<span class="cap-title">{}</span>', title)
