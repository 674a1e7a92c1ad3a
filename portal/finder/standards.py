"""Standards as the finder keeps them: the dated values that a public page shows, and the way to that page.

A value of the law is entered without a row in the journal: portal.finder.telling tells of it. It begins to
hold by days alone, which the daily comparison sees. Pages that begin or cease to show one are followed too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Revision

from portal.finder.pages import facts_of_page, read_pages, touched_pages
from portal.pages.fields import BodyField
from portal.pages.finding import listable_types
from portal.pages.standards import SHOWN, Line, Table, tables
from portal.publishing.models import PublicChange
from portal.publishing.queries import current
from relief.ledger.models import Publication
from relief.standards.models import Kind
from search.record import Record
from search.sources import Source

KIND = "standard"
LANGUAGES = ("zh-hans", "en")
#: which page leads: what a reader can do by comes first, then what says so
FIRST = ("guidepage", "policypage", "noticepage")


class StandardSource(Source):
    """Each standard that a page shows, once in each language in which one does."""

    def touched(self, row: Publication) -> Iterable[str]:
        """What the touched pages show, or showed in whatever was public of them."""
        pages = touched_pages(row).order_by()
        if not pages.exists():
            return []
        changes = PublicChange.objects.filter(record__page_id__in=pages.values("pk"))
        known = Q(pk__in=changes.values("revision")) | Q(pk__in=pages.values("live_revision"))
        texts = Revision.objects.filter(known).annotate(text=Cast("content", TextField()))
        said = list(texts.filter(text__contains="standard").values_list("text", flat=True))
        return keys_of(name for name in SHOWN if any(name in text for text in said))

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        wanted = [key for key in keys if key.startswith("standard:")]
        values = tables(key.split(":")[1] for key in wanted)
        shown = _pages() if values else {}
        for name, table in values.items():
            for language in LANGUAGES:
                page = shown.get((name, language))
                if page is not None and _key(name, language) in wanted:
                    yield record_of_standard(name, table, page)

    def keys(self) -> Iterator[str]:
        yield from keys_of(SHOWN)


def record_of_standard(name: str, table: Table, shown: tuple[Any, dict[str, Any]]) -> Record:
    """One standard, as its page shows it: the value that holds now in front, the others behind."""
    page, facts = shown
    first = next((line for line in table.lines if line.current), table.lines[0])
    lines = sorted(table.lines, key=lambda line: line is not first)
    with translation.override(page.language):
        words = {"standard": table.label, "day": date_format(first.dated.from_date)}
        money = first.dated.kind == Kind.MONEY
        title = _("%(standard)s: standard from %(day)s") if money else _("%(standard)s (from %(day)s)")
        return Record(
            key=_key(name, page.language),
            kind=KIND,
            title=title % words,
            url=page.get_url() or "",
            body="\n".join(_in_words(table, line) for line in lines),
            exact=tuple(f"{line.value}元" for line in lines) if money else (),
            **facts | {"date": first.dated.from_date, "year": str(first.dated.from_date.year)},
        )


def _in_words(table: Table, line: Line) -> str:
    """What it is, value and unit, its days, and the document that says so."""
    dated = line.dated
    days = _("%(first)s to %(last)s") if dated.until else _("from %(first)s")
    told = {"first": date_format(dated.from_date), "last": dated.until and date_format(dated.until)}
    value = {"standard": table.label, "value": line.value, "unit": line.unit, "basis": dated.clause}
    return _("%(standard)s: %(value)s %(unit)s (%(days)s), %(basis)s.") % {**value, "days": days % told}


def _pages() -> dict[tuple[str, str], tuple[Any, dict[str, Any]]]:
    """The page that leads and its facts, by standard and language: of those that hold, the first by type."""
    numbers = [number for model in _types() for number in _showing(model)]
    held = [one for one in read_pages(numbers) if one[2] is None or one[2].holds]
    found: dict[tuple[str, str], tuple[Any, dict[str, Any]]] = {}
    for page, kept, validity in sorted(held, key=lambda one: _rank(one[0])):
        facts = facts_of_page(page, kept, validity)
        for block in page.body:
            if block.block_type == "standard":
                found.setdefault((block.value["name"], page.language), (page, facts))
    return found


def _rank(page: Any) -> tuple[int, float, int]:
    name = str(page._meta.model_name)
    place = FIRST.index(name) if name in FIRST else len(FIRST)
    return place, -page.first_published_at.timestamp(), page.pk


def _types() -> Iterator[Any]:
    for model in listable_types().values():
        try:
            body = model._meta.get_field("body")
        except FieldDoesNotExist:
            continue
        if isinstance(body, BodyField):
            yield model


def _showing(model: Any) -> list[int]:
    """Pages of a type whose text holds the block."""
    pages = current(model.objects.all()).annotate(text=Cast("body", TextField()))
    return list(pages.filter(text__contains='"standard"').values_list("pk", flat=True))


def keys_of(names: Iterable[str]) -> list[str]:
    """The keys of these standards, whether or not a page shows them."""
    return [_key(name, language) for name in names for language in LANGUAGES]


def _key(name: str, language: str) -> str:
    return f"standard:{name}:{language}"
