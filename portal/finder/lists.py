"""Public lists as the finder keeps them: number, kind, street and days. No row, no household, no name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.utils import timezone, translation
from django.utils.formats import date_format

from portal.publicity.addresses import list_path
from relief.ledger.models import Publication
from relief.places.models import Area
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import published
from search.record import LISTS, Record
from search.sources import Source

LANGUAGES = ("zh-hans", "en")
#: rows of the journal that speak of no list
OTHERS = ("page", "site")


class ListSource(Source):
    """Lists that are public, with those that are closed; in both languages."""

    def touched(self, row: Publication) -> Iterable[str]:
        """The list, and the one that it takes the place of."""
        if row.kind in OTHERS:
            return []
        before = PublicList.objects.filter(number=row.ref).values_list("replaces__number", flat=True).first()
        return [key for number in (row.ref, before) if number for key in _keys(number)]

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        wanted = {key for key in keys if key.startswith("list:")}
        numbers = {key.split(":")[1] for key in wanted}
        lists = published(*ListKind.values).filter(number__in=numbers).prefetch_related("replaced_by")
        streets = {
            one.number: one for one in Area.objects.filter(number__in={n.split("-")[1] for n in numbers})
        }
        for one in lists:
            for language in LANGUAGES:
                record = record_of_list(one, streets[str(one.number).split("-")[1]], language)
                if record.key in wanted:
                    yield record

    def keys(self) -> Iterator[str]:
        for number in published(*ListKind.values).order_by("pk").values_list("number", flat=True).iterator():
            yield from _keys(str(number))


def record_of_list(public_list: PublicList, street: Area, language: str) -> Record:
    """One list in one language."""
    number = str(public_list.number)
    values = (number, public_list.index_number, public_list.document_number)
    days = [day for day in (public_list.starts_on, public_list.ends_on) if day]
    with translation.override(language):
        kind = str(ListKind(public_list.kind).label)
        return Record(
            key=f"list:{number}:{language}",
            kind=f"{LISTS}{public_list.kind}",
            language=language,
            title=public_list.title,
            url=list_path(public_list),
            date=timezone.localtime(public_list.published_at).date(),
            body="\n".join([kind, street.name, *values, *map(date_format, days)]),
            year=number.split("-")[2],
            street=street.name,
            exact=tuple(value for value in values if value),
            marks=("superseded",) if public_list.replaced_by.all() else (),
        )


def _keys(number: str) -> list[str]:
    return [f"list:{number}:{language}" for language in LANGUAGES]
