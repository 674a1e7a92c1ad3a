"""Files as the finder keeps them: each once in each language, with a page that shows it and its facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from wagtail.models import Page

from portal.attachments.lines import kind_in_words
from portal.attachments.version_models import PublicFile
from portal.finder.models import AttachmentText
from portal.finder.pages import facts_of_page, keys_of_pages, read_pages, touched_pages
from portal.finder.shown_files import showings
from portal.finder.texts import missing, not_shown, read_text
from portal.publishing.models import PageRecord
from relief.ledger.models import Publication
from search.record import Record
from search.sources import Source

KIND = "attachment"
LANGUAGES = ("zh-hans", "en")
#: texts that are held in memory together
TOGETHER = 10
#: what carries a file for those who need it comes first
FIRST = "guidepage"


class FileSource(Source):
    """Files that public pages show: found by their words once these are read, by their title before.

    A form that stands on ten pages is one record: the page that leads is told, one that holds before others.
    """

    def touched(self, row: Publication) -> Iterable[str]:
        """Whatever the page, its translations and the policies that it changes show or ever showed."""
        codes = PageRecord.objects.filter(page_id__in=touched_pages(row).order_by().values("pk"))
        return _keys(PublicFile.objects.filter(page_code__in=codes.values("code")))

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        asked = {key for key in keys if key.startswith("file:")}
        if not asked:
            return
        rows = showings().filter(version__in={int(key.split(":")[1]) for key in asked})
        found = _leading(list(rows.select_related("version__document")))
        for some in _some(key for key in found if key in asked):
            texts = _texts(found[key][0] for key in some)
            for key in some:
                row, page, facts = found[key]
                yield record_of_file(key, row, page, facts, texts.get(row.version.sha256, ""))

    def keys(self) -> Iterator[str]:
        yield from _keys(showings())

    def waiting(self) -> bool:
        return not_shown().exists() or missing().exists()

    def complete(self) -> Iterator[list[str]]:
        """Forget texts that no page shows any more, then read file by file."""
        not_shown().delete()
        while (version := missing().first()) is not None:
            read_text(version)
            yield _keys(showings().filter(version__sha256=version.sha256))


def record_of_file(key: str, row: PublicFile, page: Any, facts: dict[str, Any], text: str) -> Record:
    """One file, as the page shows it that leads."""
    version: Any = row.version
    with translation.override(page.language):
        about = f"{kind_in_words(version)}, {filesizeformat(version.size)}"
    return Record(
        key=key,
        kind=KIND,
        title=version.document.title or version.filename,
        url=version.url,
        body=text,
        within=page.title,
        within_url=page.get_url() or "",
        about=about,
        **facts | {"date": timezone.localtime(row.at).date()},
    )


def keys_of_documents(documents: Any) -> list[str]:
    """Keys of what says how these documents are called: their files, and the pages that carry them."""
    rows = PublicFile.objects.filter(version__document__in=documents)
    codes = rows.order_by().values("page_code")
    carriers = PageRecord.objects.filter(code__in=codes).values("page_id")
    return [*_keys(rows), *keys_of_pages(Page.objects.filter(pk__in=carriers))]


Leading = tuple[PublicFile, Any, dict[str, Any]]


def _leading(rows: list[PublicFile]) -> dict[str, Leading]:
    """By key the page that leads: one whose text holds, a guide, the one that shows the file the longest."""
    codes = {row.page_code for row in rows}
    numbers = PageRecord.objects.filter(code__in=codes).values_list("page_id", flat=True)
    carriers = {
        kept.code: (page, facts_of_page(page, kept, held))
        for page, kept, held in read_pages(list(numbers))
        if kept is not None
    }
    shown = [(row, *carriers[row.page_code]) for row in rows if row.page_code in carriers]
    found: dict[str, Leading] = {}
    for row, page, facts in sorted(shown, key=_rank):
        found.setdefault(_key(row.version_id, page.language), (row, page, facts))
    return found


def _rank(shown: Leading) -> tuple[bool, bool, int]:
    row, page, facts = shown
    return bool(facts["marks"]), page._meta.model_name != FIRST, row.pk


def _some(keys: Iterable[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while some := list(islice(left, TOGETHER)):
        yield some


def _texts(rows: Iterable[PublicFile]) -> dict[str, str]:
    digests = {row.version.sha256 for row in rows}
    return dict(AttachmentText.objects.filter(sha256__in=digests).values_list("sha256", "text"))


def _keys(rows: Any) -> list[str]:
    """The keys of these showings, in both languages: which of them is shown, reading tells."""
    versions = rows.order_by("version").values_list("version_id", flat=True).distinct()
    return [_key(version, language) for version in versions for language in LANGUAGES]


def _key(version: int, language: str) -> str:
    return f"file:{version}:{language}"
