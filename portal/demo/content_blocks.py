"""Blocks of the demo's texts, as they stand in the content files: one inline table a block.

The first key says which block it is: `{ heading = "…" }`, `{ article = 3, text = "…" }`. Plain text becomes
paragraphs, line by line; tags are the few that an editor may use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from re import compile as pattern
from typing import Any

TAGS = frozenset({"p", "ul", "ol", "li", "a", "strong"})
TAG = pattern(r"</?[a-zA-Z]")
BLOCKS = ("<p>", "<ul>", "<ol>")
#: what links may begin with: a page of the content by kind and slug
PAGE_LINK = "page:"

NUMERALS = "零一二三四五六七八九"


class WrongBlock(ValueError):
    """A block that can't be read; the text says which key and why."""


@dataclass(frozen=True)
class Heading:
    """A chapter or section heading."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text and lists, as HTML."""

    html: str


@dataclass(frozen=True)
class Article:
    """A numbered article (条)."""

    number: int
    html: str

    def label(self, language: str) -> str:
        """As printed: 第十二条 or Article 12."""
        return f"Article {self.number}" if language == "en" else f"第{chinese_number(self.number)}条"


@dataclass(frozen=True)
class Table:
    """A table with a caption; its first row is the header."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Standards:
    """The dated values of a standard, read from `relief`."""

    name: str


@dataclass(frozen=True)
class Question:
    """One question with its answer."""

    question: str
    html: str


@dataclass(frozen=True)
class Attachment:
    """A file, by its key in portal.demo.content_files."""

    file: str


@dataclass(frozen=True)
class Figure:
    """A picture, by its key in portal.demo.content_pictures."""

    image: str
    alt: str
    caption: str
    source: str


Block = Heading | Paragraph | Article | Table | Standards | Question | Attachment | Figure


def chinese_number(number: int) -> str:
    """1 … 99 as in 第二十一条."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def html_of(text: str) -> str:
    """HTML of simple tags: plain lines become paragraphs. Raises WrongBlock."""
    tagged = TAG.search(text)
    lines = text if tagged else escape(text, quote=False)
    html = lines if text.startswith(BLOCKS) else "".join(f"<p>{line}</p>" for line in lines.split("\n"))
    check = _Simple()
    check.feed(html)
    check.close()
    if check.open:
        raise WrongBlock(f"<{check.open[-1]}> is not closed")
    return html


def links_in(html: str) -> list[str]:
    """The pages that a text links to, as kind/slug."""
    check = _Simple()
    check.feed(html)
    return check.pages


def read_block(raw: Mapping[str, Any]) -> Block:
    """The block that `raw` describes. Raises WrongBlock."""
    kind = next(iter(raw), "")
    if kind not in READERS:
        raise WrongBlock(f"no block is called {kind!r}: {', '.join(READERS)}")
    needed, optional, make = READERS[kind]
    missing = [key for key in needed if not raw.get(key)]
    unknown = set(raw) - set(needed) - set(optional)
    if missing or unknown:
        raise WrongBlock(f"{kind}: missing {missing or 'nothing'}, unknown {sorted(unknown) or 'nothing'}")
    return make(raw)


def _table(raw: Mapping[str, Any]) -> Table:
    header, rows = tuple(raw["header"]), tuple(tuple(row) for row in raw["rows"])
    for row in rows:
        if len(row) != len(header) or not all(isinstance(cell, str) for cell in row):
            raise WrongBlock(f"table {raw['table']!r}: {row!r} is no row of {len(header)} texts")
    return Table(raw["table"], header, rows)


#: by its first key: what a block needs, what it may have, how it is made
READERS: dict[str, tuple[tuple[str, ...], tuple[str, ...], Any]] = {
    "heading": (("heading",), ("level",), lambda raw: Heading(raw["heading"], raw.get("level", 2))),
    "paragraph": (("paragraph",), (), lambda raw: Paragraph(html_of(raw["paragraph"]))),
    "article": (("article", "text"), (), lambda raw: Article(raw["article"], html_of(raw["text"]))),
    "table": (("table", "header", "rows"), (), _table),
    "standards": (("standards",), (), lambda raw: Standards(raw["standards"])),
    "faq": (("faq", "answer"), (), lambda raw: Question(raw["faq"], html_of(raw["answer"]))),
    "attachment": (("attachment",), (), lambda raw: Attachment(raw["attachment"])),
    "figure": (
        ("figure", "alt", "caption", "source"),
        (),
        lambda raw: Figure(raw["figure"], raw["alt"], raw["caption"], raw["source"]),
    ),
}


class _Simple(HTMLParser):
    """Refuses everything but the few tags, and collects what is linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pages: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise WrongBlock(f"<{tag}> is not among {', '.join(sorted(TAGS))}")
        self.open.append(tag)
        target = dict(attrs).get("href") or ""
        if (tag == "a") != bool(attrs) or (tag == "a" and not target.startswith(PAGE_LINK)):
            raise WrongBlock(f"<{tag}> may only be a link to page:kind/slug, not {attrs!r}")
        if target:
            self.pages.append(target.removeprefix(PAGE_LINK))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise WrongBlock(f"</{tag}> closes nothing")
