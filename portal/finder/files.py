"""Files as the finder keeps them: each one for each page that shows it now, with that page's facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from wagtail.models import Page

from portal.attachments.lines import kind_in_words
from portal.attachments.models import PublicFile
from portal.finder.models import AttachmentText
from portal.finder.pages import facts_of_page, read_pages, touched_pages
from portal.finder.shown_files import showings
from portal.finder.texts import missing, not_shown, read_text
from portal.publishing.models import PageRecord
from relief.ledger.models import Publication
from search.record import Record
from search.sources import Source

KIND = "attachment"
#: texts that are held in memory together
TOGETHER = 10


@dataclass(frozen=True)
class Carrier:
    """A page that shows a file, in its language, with its facts."""

    page: Any
    url: str
    facts: dict[str, Any]


class FileSource(Source):
    """Files that a public page shows: found by their words once these are read, by their title before."""

    def touched(self, row: Publication) -> Iterable[str]:
        """Whatever the page, its translations and the policies that it changes show or ever showed."""
        pages = touched_pages(row)
        return _keys(PublicFile.objects.filter(page_code__in=_codes(pages.values("pk"))))

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        asked = {key: tuple(map(int, key.split(":")[1:3])) for key in keys if key.startswith("file:")}
        if not asked:
            return
        carriers = _carriers({page for page, _version in asked.values()})
        rows = showings().filter(
            page_code__in=list(carriers), version__in={version for _page, version in asked.values()}
        )
        found = iter(rows.select_related("version", "version__document"))
        while some := list(islice(found, TOGETHER)):
            texts = _texts(some)
            for row in some:
                record = record_of_file(row, carriers[row.page_code], texts.get(row.version.sha256, ""))
                if record.key in asked:
                    yield record

    def keys(self) -> Iterator[str]:
        return _keys(showings())

    def waiting(self) -> bool:
        return not_shown().exists() or missing().exists()

    def complete(self) -> Iterator[list[str]]:
        """Forget texts that no page shows any more, then read file by file."""
        not_shown().delete()
        while (version := missing().first()) is not None:
            read_text(version)
            yield list(_keys(showings().filter(version__sha256=version.sha256)))


def record_of_file(row: PublicFile, carrier: Carrier, text: str) -> Record:
    """One file on one page."""
    version = row.version
    with translation.override(carrier.page.language):
        about = f"{kind_in_words(version)}, {filesizeformat(version.size)}"
    return Record(
        key=_key(carrier.page.pk, version.pk, carrier.page.language),
        kind=KIND,
        title=version.document.title or version.filename,
        url=version.url,
        body=text,
        within=carrier.page.title,
        within_url=carrier.url,
        about=about,
        **carrier.facts | {"date": timezone.localtime(row.at).date()},
    )


def _carriers(numbers: Collection[int]) -> dict[Any, Carrier]:
    """By the code under which their files are public."""
    found = {}
    for page, kept, held in read_pages(numbers):
        if kept is not None:
            found[kept.code] = Carrier(page, page.get_url() or "", facts_of_page(page, kept, held))
    return found


def _texts(rows: list[PublicFile]) -> dict[str, str]:
    digests = {row.version.sha256 for row in rows}
    return dict(AttachmentText.objects.filter(sha256__in=digests).values_list("sha256", "text"))


def _codes(pages: Any) -> Any:
    return PageRecord.objects.filter(page_id__in=pages).values("code")


def _keys(rows: Any) -> Iterator[str]:
    """The keys of these showings, each once, in the order of pages."""
    versions: dict[Any, set[int]] = defaultdict(set)
    for code, version in rows.order_by().values_list("page_code", "version_id"):
        versions[code].add(version)
    pages = dict(PageRecord.objects.filter(code__in=list(versions)).values_list("page_id", "code"))
    known = Page.objects.filter(pk__in=list(pages)).order_by("pk")
    for page, language in known.values_list("pk", "locale__language_code"):
        yield from (_key(page, version, language) for version in sorted(versions[pages[page]]))


def _key(page: int, version: int, language: str) -> str:
    return f"file:{page}:{version}:{language}"
