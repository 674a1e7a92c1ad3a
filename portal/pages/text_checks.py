"""Checks of a text while it is edited (文字检查): remarks in words that stop nothing.

What a type must have before it is handed in is said by `publish_obstacles` and the fields themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.translation import gettext as _
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import RichText

from portal.gate.pieces_of_page import PagePiece, pieces_of_page
from portal.pages.phrases import phrases_of
from portal.publishing.links import linked_by, texts_of

LONGEST_SENTENCE = 60
#: signs of a remark's quotation
QUOTED = 12
CJK = "㐀-鿿"
CHINESE = re.compile(f"[{CJK}]")
SENTENCE = re.compile(r"[^。！？!?；\n\t]+")
HALF_WIDTH = re.compile(
    rf"[{CJK}”》）][,;:?!(]|[{CJK}”》）]\.(?!\w)|[,;:?!)(][{CJK}“《（]|[{CJK}]\"|\"[{CJK}]"
)
FULL_WIDTH = "，。；：？！（）“”"
DATE_FORM = "2026年11月2日"
DATES = (
    # 2026-11-2, 2026/11/2, 2026.11.2
    re.compile(r"(?<![\d〔\[-])\d{4}([-/.])\d{1,2}\1\d{1,2}(?![\d-])"),
    # 26年11月
    re.compile(r"(?<!\d)\d{2}年\d{1,2}月"),
    # 2026年03月, 3月05日
    re.compile(r"\d{4}年0\d月|\d{1,2}月0\d日"),
    # 二〇二六年
    re.compile(r"[一二][〇○零一二三四五六七八九]{3}年"),
)
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
#: columns right below the title
RUNNING = frozenset({"body", "blocks", "intro"})
TAG = re.compile(r"<[^>]+>")
SAYS_NOTHING = frozenset(
    (
        *("点击这里", "点击此处", "点这里", "点此", "请点击", "点击", "这里", "此处", "链接", "更多"),
        *("查看", "点击查看", "详情", "查看详情", "下载", "点击下载"),
        *("here", "click here", "this link", "link", "more", "read more", "download"),
    )
)


@dataclass(frozen=True)
class Remark:
    """One thing to look at: its rule, where it stands, what to do."""

    rule: str
    place: str
    words: str


def remarks_on(page: Any) -> list[Remark]:
    """Everything that the rules remark on a page as it stands in memory, in the reader's language."""
    own = [piece for piece in pieces_of_page(page) if _is_own_text(piece)]
    return [
        *missing_metadata(page),
        *unfit_phrases(page),
        *(remark for piece in own for remark in in_piece(piece.text, piece.place)),
        *in_links(texts_of(page)),
        *(remark for above, headings in _headings(page) for remark in in_headings(headings, above)),
        *without_words(linked_by(page).wordless),
    ]


def in_piece(text: str, place: str) -> list[Remark]:
    """Remarks on one text of a page; the rules of Chinese hold for Chinese only."""
    if not CHINESE.search(text):
        return []
    return [Remark(rule, place, words) for rule, check in RULES for words in check(text)]


def long_sentences(text: str) -> Iterator[str]:
    for sentence in SENTENCE.findall(text):
        length = len("".join(sentence.split()))
        if length > LONGEST_SENTENCE and CHINESE.search(sentence):
            words = _("“%(start)s…” has %(n)s signs: make two sentences of it, %(most)s at most.")
            start = sentence.strip()[:QUOTED]
            yield words % {"start": start, "n": length, "most": LONGEST_SENTENCE}


def half_width(text: str) -> Iterator[str]:
    found = [match.span() for match in HALF_WIDTH.finditer(text)]
    if found:
        words = _("Half-width punctuation near “%(near)s”, %(n)s in all: in Chinese text use %(marks)s.")
        yield words % {"near": _near(text, *found[0]), "n": len(found), "marks": FULL_WIDTH}


def wrong_dates(text: str) -> Iterator[str]:
    for match in (match for form in DATES for match in form.finditer(text)):
        yield _("“%(date)s”: write dates as %(form)s.") % {"date": match.group(), "form": DATE_FORM}


RULES: tuple[tuple[str, Callable[[str], Iterator[str]]], ...] = (
    ("long-sentence", long_sentences),
    ("half-width", half_width),
    ("date", wrong_dates),
)


def in_links(texts: Iterable[str]) -> list[Remark]:
    """Links in rich texts, as stored, whose words don't say where they lead."""
    words = _("The link “%(said)s” doesn’t say where it leads: name the page or file.")
    return [
        Remark("link", str(_("text")), words % {"said": said[:40]})
        for text in texts
        for said in (_words(link) for link in LINK.findall(text))
        if said.strip("。，！>» ").lower() in SAYS_NOTHING or said.startswith(("http://", "https://"))
    ]


def in_headings(headings: Iterable[tuple[int, str]], above: int = 1) -> list[Remark]:
    """Headings (level, words) that skip a level, below one of the level `above`."""
    words = _("The heading “%(said)s” skips a level: a section stands below a chapter.")
    found = []
    for level, said in headings:
        if level > above + 1:
            found.append(Remark("heading", str(_("text")), words % {"said": said[:40]}))
        above = level
    return found


def without_words(pictures: int) -> list[Remark]:
    """`pictures`: how many say nothing to who can't see them."""
    words = _("Pictures without words for who can’t see them: %(n)s. Say what each shows.")
    return [Remark("alt", str(_("text")), words % {"n": pictures})] if pictures else []


def missing_metadata(page: Any) -> list[Remark]:
    """Columns that readers and inspectors look for in this type and that are empty."""
    found = []
    for name in page.WANTED:
        own = name not in getattr(page, "SOURCE_FIELDS", ())
        if not getattr(page if own else page.facts, name):
            label = str(page._meta.get_field(name).verbose_name)
            found.append(Remark("metadata", label, _("Empty: readers and inspectors look for it.")))
    return found


def unfit_phrases(page: Any) -> list[Remark]:
    if page.phrased_title and len(phrases_of(page)) == 1:
        label = str(page._meta.get_field("phrased_title").verbose_name)
        return [Remark("phrases", label, _("Its words are not the title’s: it has no effect. Mark it anew."))]
    return []


def _headings(page: Any) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Column by column: the level that it stands below, and its headings."""
    for column in page._meta.concrete_fields:
        above = 1 if column.name in RUNNING else 2  # others have a heading in the template
        if isinstance(column, RichTextField):
            yield above, _headings_in(getattr(page, column.attname) or "")
        elif isinstance(column, StreamField):
            blocks = getattr(page, column.attname)
            yield above, [found for block in blocks for found in _headings_of_block(block)]


def _headings_of_block(block: Any) -> list[tuple[int, str]]:
    if block.block_type == "heading":
        return [(int(block.value["level"]), block.value["text"])]
    return _headings_in(block.value.source) if isinstance(block.value, RichText) else []


def _headings_in(html: str) -> list[tuple[int, str]]:
    return [(int(level), _words(said)) for level, said in HEADING.findall(html)]


def _is_own_text(piece: PagePiece) -> bool:
    """Written on this page: no attribute of a tag, no name of a file, nothing of a row that it only shows."""
    kinds = [step[0] for step in piece.steps]
    if "attribute" in kinds or not kinds or kinds[0] not in ("field", "child"):
        return False
    return kinds.count("field") == 1


def _near(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - 4) : end + 4].split())


def _words(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())
