"""Pages as the finder keeps them: what readers can open, in the words that they read there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone, translation
from wagtail.models import Page, ReferenceIndex

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.gate.pieces_of_page import PagePiece, pieces_of_page
from portal.pages.finding import listable_types
from portal.pages.policy import PolicyChange, PolicyPage
from portal.pages.relations import validity_of
from portal.pages.validity import Validity
from portal.publishing.models import ChangeKind, PageRecord, PageState, PublicChange
from portal.publishing.queries import readable, records_of
from relief.ledger.models import Publication
from relief.trail.models import Event
from search.record import Record
from search.sources import Source

#: types that no reader looks for here: leaders' pages are about persons
LEFT_OUT = {"leaderpage", "collectionpage"}
#: columns that a record has beside its text, and notes about changes of it
BESIDE = {
    (name,)
    for name in (
        "title",
        "phrased_title",
        "issuer",
        "topic",
        "signed_on",
        "in_force_from",
        "ends_on",
        "document_number",
        "index_number",
        "change_note_zh",
        "change_note_en",
    )
}
#: parts of a block that are no words of its text
INSIDE = {("in", "anchor"), ("in", "level"), ("in", "table_header_choice")}
#: what a page shows of a file is its title, of a picture the words beside it; never digest or tags
FILES = {("field", model._meta.label_lower) for model in (PortalDocument, PortalImage)}
TITLE_OF_DOCUMENT = ("field", PortalDocument._meta.label_lower, "title")
#: attributes whose values readers are shown or told
READ_ATTRIBUTES = ("alt", "title")


class PageSource(Source):
    """Pages that say something of their own, one record in each language."""

    def touched(self, row: Publication) -> Iterable[str]:
        """Those pages, and whichever name them where they are called otherwise now."""
        touched = touched_pages(row)
        return keys_of_pages(touched | naming(touched) if _called_otherwise(row) else touched)

    def read(self, keys: Collection[str]) -> Iterator[Record]:
        numbers = [int(key.split(":")[1]) for key in keys if key.startswith("page:")]
        read = list(read_pages(numbers))
        hidden = hidden_titles([page.pk for page, _kept, _held in read])
        for page, kept, held in read:
            yield record_of_page(page, kept, held, hidden.get(page.pk, ()))

    def keys(self) -> Iterator[str]:
        yield from keys_of_pages(public_pages())


def touched_pages(row: Publication) -> Any:
    """The page, its translations, and the policies that it changes; all below it when it was moved."""
    kept = PageRecord.objects.filter(code=row.ref).first() if row.kind == "page" else None
    page = Page.objects.filter(pk=kept.page_id).first() if kept else None
    if page is None:
        return Page.objects.none()
    found = Q(translation_key__in={page.translation_key, *_changed_by(page)})
    if page.numchild and Event.objects.filter(pk=row.event_id, act="move-page").exists():
        found |= Q(path__startswith=page.path)
    return Page.objects.filter(found)


def read_pages(numbers: Collection[int]) -> Iterator[tuple[Any, PageRecord | None, Validity | None]]:
    """Those of these pages that are public, with their state and, of policies, today's validity."""
    pages = list(public_pages().filter(pk__in=numbers).select_related("locale").specific())
    kept = records_of(pages)
    held = _validity([page for page in pages if isinstance(page, PolicyPage)])
    for page in pages:
        yield page, kept.get(page.pk), held.get(page.pk)


def _called_otherwise(row: Publication) -> bool:
    """Whether a page's title may be another than before, or be public since then, or no longer.

    A guide to which a thousand notices lead is changed without reading these.
    """
    now = PublicChange.objects.filter(event_id=row.event_id).select_related("revision").first()
    if now is None or now.kind not in (ChangeKind.MINOR, ChangeKind.SUBSTANTIVE):
        return True
    before = now.record.changes.filter(pk__lt=now.pk).select_related("revision").last()
    if before is None or before.kind == ChangeKind.REMOVED:
        return True
    return bool(before.revision.content["title"] != now.revision.content["title"])


def naming(pages: Any) -> Any:
    """Pages whose public text chooses one of these, and may say its title."""
    numbers = [str(number) for number in pages.order_by().values_list("pk", flat=True)]
    chosen = ReferenceIndex.objects.filter(to_content_type=_of_pages(), to_object_id__in=numbers)
    found = chosen.filter(base_content_type=_of_pages()).values_list("object_id", flat=True)
    return Page.objects.filter(pk__in={int(number) for number in found})


def hidden_titles(numbers: Collection[int]) -> dict[int, set[str]]:
    """By page the titles of those that it chooses and nobody can open: drafts, and what was removed."""
    rows = ReferenceIndex.objects.filter(base_content_type=_of_pages(), to_content_type=_of_pages())
    rows = rows.filter(object_id__in=[str(number) for number in numbers])
    pairs = {(int(page), int(to)) for page, to in rows.values_list("object_id", "to_object_id")}
    titles = dict(Page.objects.filter(pk__in={to for _page, to in pairs}).values_list("pk", "title"))
    for number in readable(Page.objects.filter(pk__in=titles)).values_list("pk", flat=True):
        del titles[number]
    hidden: dict[int, set[str]] = {}
    for page, to in pairs:
        if to in titles:
            hidden.setdefault(page, set()).add(titles[to])
    return hidden


def _of_pages() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def record_of_page(
    page: Any, kept: PageRecord | None, held: Validity | None, hidden: Collection[str] = ()
) -> Record:
    """One page. Its facts are read from the Chinese page, its words are its own, without `hidden` titles.

    Its numbers stand behind the words too, so that a part of one is found.
    """
    facts = getattr(page, "facts", page)
    values = [getattr(facts, name, "") for name in ("document_number", "index_number")]
    with translation.override(page.language):
        pieces = [piece.text for piece in pieces_of_page(page) if _is_read(piece)]
        words = [words for words, _same in groupby(pieces) if words not in hidden]
        return Record(
            key=_key(page.pk, page.language),
            kind=str(page._meta.model_name).removesuffix("page"),
            title=page.title,
            url=page.get_url() or "",
            body="\n".join(filter(None, [*words, *values])),
            exact=tuple(value for value in values if value),
            **facts_of_page(page, kept, held),
        )


def facts_of_page(page: Any, kept: PageRecord | None, held: Validity | None) -> dict[str, Any]:
    """What a page is filtered and marked by, and whatever it carries with it."""
    facts = getattr(page, "facts", page)
    day = timezone.localtime((kept and kept.first_published_at) or page.first_published_at).date()
    superseded = kept is not None and kept.state == PageState.SUPERSEDED
    over = held is not None and held.state == "repealed"
    return {
        "language": page.language,
        "date": day,
        "issuer": getattr(page, "issuer", ""),
        "topic": getattr(facts, "topic", ""),
        "year": str(getattr(facts, "year", "") or day.year),
        "validity": str(held.state) if held else "",
        "marks": (*(["superseded"] if superseded else []), *(["repealed"] if over else [])),
    }


def _is_read(piece: PagePiece) -> bool:
    """Whether readers take a piece for words of the text: no fact that stands beside it, no bare figure."""
    what, name = (*piece.steps[-1], "")[:2]
    if any(step[:2] in FILES for step in piece.steps):
        return piece.steps[-1] == TITLE_OF_DOCUMENT
    if what == "attribute" and not str(name).endswith(READ_ATTRIBUTES):
        return False
    return piece.steps[0][2:] not in BESIDE and (what, name) not in INSIDE and not piece.text.isdigit()


def _validity(policies: list[PolicyPage]) -> dict[int, Validity]:
    """Today's validity by the key of the page in whichever language."""
    held = validity_of({policy.facts.pk: policy.facts for policy in policies}.values())
    return {policy.pk: held[policy.facts.pk] for policy in policies}


def public_pages() -> Any:
    """Pages that readers can open and may look for."""
    types = [model for name, model in listable_types().items() if name not in LEFT_OUT]
    return readable(Page.objects.type(*types)).order_by("pk")


def _changed_by(page: Page) -> list[Any]:
    """Keys of the policies whose validity hangs on this one, and on which its own does."""
    sources = Page.objects.filter(translation_key=page.translation_key).values("pk")
    rows = PolicyChange.objects.filter(Q(by__in=sources) | Q(page__in=sources))
    pairs = rows.values_list("by__translation_key", "page__translation_key")
    return [key for pair in pairs for key in pair]


def keys_of_pages(pages: Any) -> Iterator[str]:
    numbers = pages.order_by("pk").values_list("pk", "locale__language_code")
    return (_key(number, language) for number, language in numbers.iterator())


def _key(number: int, language: str) -> str:
    return f"page:{number}:{language}"
