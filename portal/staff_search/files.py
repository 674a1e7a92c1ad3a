"""Documents and pictures as staff look for them: by title, file name, description and tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.utils import timezone

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.staff_search.index import family, key
from portal.staff_search.pages import numbers
from relief.ledger.models import Publication
from search.record import Record
from search.sources import Source


class StaffFiles(Source):
    """The rows of one model of files; `says` names the columns that are read beside title and tags."""

    def __init__(self, model: type[Any], *says: str) -> None:
        self.model, self.says, self.kind = model, says, family(model)

    def touched(self, row: Publication) -> Iterable[str]:
        return ()

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        wanted = self.model.objects.filter(pk__in=numbers(self.kind, keys)).order_by("pk")
        for one in wanted.prefetch_related("tags"):
            words = [str(getattr(one, name)) for name in self.says]
            yield Record(
                key=key(self.kind, one.pk),
                kind=self.kind,
                language="",
                title=one.title,
                url="",
                date=timezone.localtime(one.created_at).date(),
                body="\n".join([*words, *sorted(tag.name for tag in one.tags.all())]),
            )

    def keys(self) -> Iterator[str]:
        pks = self.model.objects.order_by("pk").values_list("pk", flat=True)
        return (key(self.kind, number) for number in pks.iterator())


def staff_files() -> list[StaffFiles]:
    return [StaffFiles(PortalDocument, "filename"), StaffFiles(PortalImage, "description")]
