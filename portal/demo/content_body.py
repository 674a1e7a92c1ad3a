"""From the blocks of a content file to a page's body: links become pages, keys become files and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from re import Match
from re import compile as pattern
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from portal.demo.content_blocks import (
    Article,
    Attachment,
    Block,
    Figure,
    Heading,
    Paragraph,
    Question,
    Standards,
    Table,
)
from portal.demo.content_files import PAPERS
from portal.demo.content_pictures import PICTURES

LINK = pattern(r'<a href="page:([^"]+)">(.*?)</a>')

Raw = dict[str, Any]


@dataclass
class Kit:
    """What bodies refer to: pages by kind/slug and language, files and pictures, each made once."""

    pages: dict[tuple[str, str], Page] = field(default_factory=dict)
    _files: dict[str, Any] = field(default_factory=dict)
    _pictures: dict[tuple[str, str], Any] = field(default_factory=dict)

    def page(self, name: str, language: str) -> Page | None:
        """The page in this language, else in Chinese; None when this demo hasn't got it."""
        return self.pages.get((name, language)) or self.pages.get((name, "zh"))

    def file(self, key: str) -> Any:
        """The document of a paper, kept as an editor's upload is."""
        if key not in self._files:
            paper = PAPERS[key]
            document = get_document_model()(title=paper.zh)
            document.file = ContentFile(paper.make(), name=paper.filename)
            document.save()
            self._files[key] = document
        return self._files[key]

    def picture(self, figure: Figure, language: str) -> Any:
        """The picture with its words in this language."""
        place = (figure.image, language)
        if place not in self._pictures:
            image = get_image_model()(title=figure.caption)
            image.file = ContentFile(PICTURES[figure.image](language), name=f"{figure.image}.png")
            image.save()
            self._pictures[place] = image
        return self._pictures[place]

    def linked(self, html: str, language: str) -> str:
        """Links as Wagtail keeps them; the words alone where the page isn't there."""

        def replaced(found: Match[str]) -> str:
            page = self.page(found[1], language)
            return f'<a linktype="page" id="{page.pk}">{found[2]}</a>' if page else found[2]

        return LINK.sub(replaced, html)


def body_of(blocks: Iterable[Block], language: str, kit: Kit) -> list[Raw]:
    """The raw body; questions that follow each other make one block, so do attachments."""
    return [raw for kind, run in groupby(blocks, key=type) for raw in _run(kind, list(run), language, kit)]


def questions(pairs: Iterable[tuple[str, str]]) -> Raw:
    """A block of questions with their answers (HTML)."""
    items = [{"question": asked, "answer": told} for asked, told in pairs]
    return {"type": "questions", "value": {"title": "", "items": items}}


def attachments(keys: Iterable[str], language: str, kit: Kit) -> Raw:
    """A block of files by key."""
    return {"type": "attachments", "value": {"items": [attachment(key, language, kit) for key in keys]}}


def attachment(key: str, language: str, kit: Kit) -> Raw:
    """One file with its title in this language."""
    return {"title": PAPERS[key].title(language), "page": None, "document": kit.file(key).pk}


def _run(kind: type, run: list[Any], language: str, kit: Kit) -> Iterator[Raw]:
    if kind is Question:
        yield questions((one.question, kit.linked(one.html, language)) for one in run)
    elif kind is Attachment:
        yield attachments((one.file for one in run), language, kit)
    else:
        for block in run:
            yield SINGLE[kind](block, language, kit)


def _heading(block: Heading, _language: str, _kit: Kit) -> Raw:
    return {"type": "heading", "value": {"text": block.text, "level": str(block.level)}}


def _paragraph(block: Paragraph, language: str, kit: Kit) -> Raw:
    return {"type": "paragraph", "value": kit.linked(block.html, language)}


def _article(block: Article, language: str, kit: Kit) -> Raw:
    text = kit.linked(block.html, language)
    return {"type": "article", "value": {"number": block.label(language), "title": "", "text": text}}


def _table(block: Table, _language: str, _kit: Kit) -> Raw:
    value: Mapping[str, Any] = {
        "data": [list(block.header), *(list(row) for row in block.rows)],
        "table_caption": block.caption,
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "cell": [],
    }
    return {"type": "table", "value": value}


def _standards(block: Standards, _language: str, _kit: Kit) -> Raw:
    return {"type": "standard", "value": {"name": block.name, "caption": ""}}


def _figure(block: Figure, language: str, kit: Kit) -> Raw:
    words = {"alt": block.alt, "caption": block.caption, "source": block.source}
    return {"type": "figure", "value": {"image": kit.picture(block, language).pk, **words}}


SINGLE: dict[type, Callable[[Any, str, Kit], Raw]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Article: _article,
    Table: _table,
    Standards: _standards,
    Figure: _figure,
}
