"""Public lists as staff look for them, withdrawn and expired ones too: never a row, never a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import product

from django.utils import timezone, translation
from django.utils.formats import date_format

from portal.finder.lists import LANGUAGES
from portal.staff_search.index import family, key
from portal.staff_search.pages import numbers
from relief.ledger.models import Publication
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import ever_public
from search.record import Record
from search.sources import Source

KIND = family(PublicList)


class StaffLists(Source):
    """Every list that is or was public, one record for both languages."""

    def touched(self, row: Publication) -> Iterable[str]:
        return ()

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        for one in ever_public(*ListKind.values).filter(pk__in=numbers(KIND, keys)):
            yield _record(one)

    def keys(self) -> Iterator[str]:
        pks = ever_public(*ListKind.values).order_by("pk").values_list("pk", flat=True)
        return (key(KIND, number) for number in pks.iterator())


def _record(one: PublicList) -> Record:
    values = (str(one.number), one.index_number, one.document_number)
    public_since = timezone.localtime(one.published_at).date()
    days = [public_since, *(day for day in (one.starts_on, one.ends_on, one.withdrawn_on) if day)]
    words = [one.area.name, *filter(None, values)]
    for language, day in product(LANGUAGES, days):
        with translation.override(language):
            words += [str(ListKind(one.kind).label), date_format(day)]
    return Record(
        key=key(KIND, one.pk),
        kind=KIND,
        language="",
        title=f"{one.title_zh}\n{one.title_en}",
        url="",
        date=public_since,
        body="\n".join(dict.fromkeys(words)),
        street=one.area.name,
        exact=(*filter(None, values), *(day.isoformat() for day in days)),
    )
