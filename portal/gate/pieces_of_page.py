"""Every public text of a page in memory, each with its place: read from the model's own description.

What is *not* read is listed; a field or block that nobody thought of is read. So no new page type can be
forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import PurePath
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.blocks import BoundBlock, StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import COMMENTS_RELATION_NAME, Collection, Locale, Page, Revision
from wagtail.rich_text import RichText

from portal.gate.places import in_words
from portal.gate.reader.found import Place, Step
from relief.publicity.pieces_html import html_pieces

#: of the columns that every page has, those that the public reads
READ_OF_WAGTAIL = {"title", "seo_title", "search_description"}
#: kinds of columns without words of their own
WORDLESS = (
    models.AutoField,
    models.BooleanField,
    models.DateTimeField,
    models.TimeField,
    models.DurationField,
    models.UUIDField,
    models.SlugField,
    models.BinaryField,
)
#: columns that programs fill in
BY_PROGRAMS = {"file_hash", "file_size", "sort_order", "width", "height", "translation_key", "change_kind"}
#: what a column may point to without saying anything to the public
NOT_PUBLIC = (ContentType, Collection, Locale, Revision)
#: how far a text is followed: page, what it shows, what that shows
DEPTH = 3
#: each block of a rich text on a line of its own: the reader of HTML counts lines
BLOCK = re.compile(r"(?=<(?:p|h[1-6]|li|tr|div|blockquote|table|figure|embed|hr|td|th)\b)", re.IGNORECASE)
MARKUP = re.compile(r"<[A-Za-z!/]")


@dataclass(frozen=True)
class PagePiece:
    """One text of a page at its place: `steps` to keep, `place` to read, in the language of the reader."""

    steps: Place
    text: str

    @property
    def place(self) -> str:
        """The place in words."""
        return in_words(self.steps)


def pieces_of_page(page: Page) -> Iterator[PagePiece]:
    """Every text of a page as it stands in memory, a draft's too. Empty ones are left out."""
    skipped = {field.name for field in Page._meta.get_fields()} - READ_OF_WAGTAIL
    for steps, text in _of_model(page, (), skipped, DEPTH):
        if text.strip():
            yield PagePiece(steps, text)


Pieces = Iterator[tuple[Place, str]]


def _of_model(thing: Any, at: Place, skipped: set[str], depth: int) -> Pieces:
    """Columns, tags and child relations of a row; `depth` ends circles."""
    if depth <= 0:
        return
    meta = thing._meta
    fields = [field for field in meta.get_fields() if not field.auto_created and field.name not in skipped]
    for field in fields:
        if field.name not in BY_PROGRAMS and not isinstance(field, WORDLESS):
            yield from _of_field(thing, field, (*at, ("field", meta.label_lower, field.name)), depth)
    for relation in (
        get_all_child_relations(type(thing)) if hasattr(thing, "_cluster_related_objects") else ()
    ):
        name = relation.get_accessor_name()
        if name != COMMENTS_RELATION_NAME and name not in skipped:
            for number, child in enumerate(getattr(thing, name).all(), start=1):
                inner: Place = (*at, ("child", meta.label_lower, name, number))
                yield from _of_model(child, inner, {relation.field.name}, depth - 1)


def _of_field(thing: Any, field: Any, at: Place, depth: int) -> Pieces:
    if field.many_to_many:
        if thing.pk is None and not isinstance(thing, ClusterableModel):
            return  # a row that isn't saved yet points to nothing
        for number, one in enumerate(getattr(thing, field.name).all(), start=1):
            yield (*at, ("item", number)), str(one)
        return
    if field.one_to_many or not hasattr(field, "attname"):
        return
    if field.is_relation:
        if not getattr(field.remote_field, "parent_link", False):
            yield from _of_value(getattr(thing, field.name), at, depth)
        return
    value = getattr(thing, field.attname)
    if isinstance(field, models.FileField):
        yield at, PurePath(value.name or "").name
        return
    words = _words_of_choice(getattr(field, "flatchoices", None) or (), value)
    yield from [(at, words)] if words else _of_value(value, at, depth)


def _of_value(value: Any, at: Place, depth: int) -> Pieces:
    """The texts of a value of whatever kind; what is of no known kind is read as it prints."""
    if value is None or isinstance(value, bool | datetime):
        return
    if isinstance(value, RichText):
        yield from _of_html(value.source, at)
    elif isinstance(value, str):
        yield from _of_html(value, at) if MARKUP.search(value) else [(at, value)]
    elif isinstance(value, StreamValue):
        for number, child in enumerate(value, start=1):
            yield from _of_block(child, (*at, ("block", number, child.block_type)), depth)
    elif isinstance(value, StructValue):
        for name, child in value.bound_blocks.items():
            yield from _of_block(child, (*at, ("in", name)), depth)
    elif isinstance(value, ListValue):
        for number, child in enumerate(value.bound_blocks, start=1):
            yield from _of_block(child, (*at, ("item", number)), depth)
    elif isinstance(value, models.Model):
        yield from _of_related(value, at, depth)
    elif isinstance(value, Mapping):
        # sorted: PostgreSQL keeps no order of keys, and the verdict is bound to these texts
        for name, inner in sorted(value.items(), key=lambda pair: str(pair[0])):
            yield from _of_value(inner, (*at, ("in", str(name))), depth)
    elif isinstance(value, list | tuple | set | models.QuerySet):
        yield from _of_list(list(value), at, depth)
    elif hasattr(value, "columns") and hasattr(value, "rows"):  # a table whose columns have kinds
        yield at, "\t".join(str(column["heading"]) for column in value.columns)
        for number, row in enumerate(value.rows, start=1):
            yield from _of_list([cell.value for cell in row], (*at, ("row", number)), depth)
    else:
        yield at, value.isoformat() if isinstance(value, date) else str(value)


def _of_block(bound: BoundBlock, at: Place, depth: int) -> Pieces:
    """A block's value; of a choice the words that the public reads."""
    field = getattr(bound.block, "field", None)
    choices = getattr(field, "choices", None)
    words = ""
    if choices is not None and isinstance(bound.value, str):
        flat = (pair for key, label in choices for pair in (label if _is_group(label) else [(key, label)]))
        words = _words_of_choice(flat, bound.value)
    yield from [(at, words)] if words else _of_value(bound.value, at, depth)


def _words_of_choice(choices: Any, value: Any) -> str:
    """The words of what was chosen: its code is ours and nobody reads it. Empty for what is no choice."""
    return next((str(words) for key, words in choices if key == value), "")


def _is_group(label: Any) -> bool:
    return isinstance(label, list | tuple)


def _of_list(values: list[Any], at: Place, depth: int) -> Pieces:
    """Plain values as one row, rows one by one, everything else as items."""
    if values and all(value is None or isinstance(value, str | int | float) for value in values):
        yield at, "\t".join("" if value is None else _plain(str(value)) for value in values)
        return
    step = "row" if all(isinstance(value, list | tuple) for value in values) else "item"
    for number, value in enumerate(values, start=1):
        yield from _of_value(value, (*at, (step, number)), depth)


def _plain(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ")


def _of_related(thing: models.Model, at: Place, depth: int) -> Pieces:
    """What a page shows of another row: of pages the title, of staff and rights nothing."""
    if isinstance(thing, Page):
        yield at, thing.title
    elif not isinstance(thing, (*NOT_PUBLIC, get_user_model())):
        yield from _of_model(thing, at, set(), depth - 1)


def _of_html(source: str, at: Place) -> Pieces:
    """Paragraphs, rows, attributes and comments of a rich text."""
    pieces = [piece for piece in html_pieces(BLOCK.sub("\n", source).encode()) if piece.text.strip()]
    for place, group in groupby(pieces, key=lambda piece: piece.place):
        texts = [piece.text for piece in group]
        what, *names = place
        step: Step = ("paragraph", int(names[-1]) - 1) if what == "text" else ("attribute", str(names[0]))
        yield (*at, step), "\t".join(texts)
