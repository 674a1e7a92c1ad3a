"""Pages as staff look for them: in the words of the newest draft and in those that readers see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils import timezone, translation
from wagtail.models import Page

from portal.gate.pieces_of_page import pieces_of_page
from portal.staff_search.index import family, key
from relief.ledger.models import Publication
from search.record import Record
from search.sources import Source

KIND = family(Page)


class StaffPages(Source):
    """Every page below the root, public or not."""

    def touched(self, row: Publication) -> Iterable[str]:
        """Nothing: the rows themselves tell of every change, published or not."""
        return ()

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        for page in _all().filter(pk__in=numbers(KIND, keys)).select_related("locale").specific():
            yield record_of_page(page)

    def keys(self) -> Iterator[str]:
        return (key(KIND, number) for number in _all().values_list("pk", flat=True).iterator())


def record_of_page(page: Any) -> Record:
    """One page in its own language, its draft's title first."""
    changed = page.latest_revision_id and page.latest_revision_id != page.live_revision_id
    newest = page.get_latest_revision_as_object() if changed else page
    facts = getattr(newest, "facts", newest)
    facts = newest if facts.pk == newest.pk else facts
    day = page.latest_revision_created_at or page.first_published_at or timezone.now()
    stated = (getattr(facts, name, "") for name in ("document_number", "index_number"))
    with translation.override(page.locale.language_code):
        read = [newest, page] if page.live and changed else [newest]
        words = dict.fromkeys(piece.text for one in read for piece in pieces_of_page(one))
    return Record(
        key=key(KIND, page.pk),
        kind=KIND,
        language=page.locale.language_code,
        title="\n".join(dict.fromkeys([newest.title, page.title])),
        url="",
        date=timezone.localtime(day).date(),
        body="\n".join([*words, newest.slug]),
        exact=tuple(value for value in stated if value),
    )


def numbers(kind: str, keys: Collection[str]) -> list[int]:
    """The numbers of those keys that are of this kind."""
    return [int(one.rsplit(":", 1)[1]) for one in keys if one.rsplit(":", 1)[0] == kind]


def _all() -> Any:
    return Page.objects.filter(depth__gt=1).order_by("pk")
