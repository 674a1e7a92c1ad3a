"""What becomes public by an import passes the same gate as any text: nothing is taken on trust."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from portal.attachments.public import readable_on
from portal.catalogue.models import CatalogueRow, Statement
from portal.gate.check import digests_of, inspect, judge, release
from portal.gate.models import GateVerdict
from portal.gate.places import in_words
from portal.gate.reader.ask import Stored
from portal.gate.reader.found import Text
from portal.gate.shown import findings_in_words
from portal.pages.base import PortalPage
from portal.particulars.models import COLUMNS, Particulars
from portal.particulars.verbs import check_values
from portal.publishing.content import page_digest
from portal.publishing.models import PageRecord, PageState, PublicChange
from portal.publishing.steps import RELEASERS
from portal.transfer.unpack import Progress, refused
from relief.errors import Blocked, Reason
from relief.officers.models import Officer
from relief.trail.actor import Actor, Robot
from search.synonym_verbs import sound_words
from search.synonyms import in_force

#: more findings are counted, not listed
MOST_LISTED = 50
#: words beside the texts that readers see
WORDS: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (PageRecord, ("reason_zh", "reason_en", "checked_by")),
    (PublicChange, ("note_zh", "note_en")),
    (CatalogueRow, ("checked_by",)),
    (Statement, ("why_zh", "why_en", "made_by", "office")),
)


@dataclass(frozen=True)
class SecondPerson:
    """Who lets a text go out in spite of what the gate found, and why; another than who imports."""

    officer: Officer
    reason: str


def check_sound() -> None:
    """Raises Blocked unless what is live is what the records say, to the letter."""
    kept = {one.page_id: one for one in PageRecord.objects.exclude(state=PageState.DRAFT)}
    for page in Page.objects.filter(depth__gt=1).specific().iterator():
        record = kept.pop(page.pk, None)
        public = record is not None and record.live_revision_id == page.live_revision_id
        if not isinstance(page, PortalPage) or page.live != public or (record is not None and not page.live):
            raise _unsound(page.title)
        if record is not None:
            _check_text(page, record)
    if kept:
        raise _unsound(str(min(kept)))


def _check_text(page: Any, record: PageRecord) -> None:
    """The row of the page says what its live version says, and the digests of its history hold."""
    revision = page.live_revision
    if revision is None or revision.object_id != str(page.pk):
        raise _unsound(page.title)
    row = page.with_content_json(page.serializable_data())  # with the rows that belong to it, as a version is
    if digests_of(row, ()) != digests_of(revision.as_object(), ()):
        raise _unsound(page.title)
    language, newest = page.locale.language_code, ""
    for change in record.changes.select_related("revision").order_by("pk"):
        if change.kind not in (PageState.SUPERSEDED, PageState.REMOVED):
            newest = page_digest(change.revision, language, change.files)
        if change.digest != newest or change.revision.object_id != str(page.pk):
            raise _unsound(page.title)
    if record.digest != newest:
        raise _unsound(page.title)


def _unsound(title: str) -> Blocked:
    words = _(
        "“%(title)s” is public otherwise than its record says. "
        "Run `seed_site` in the old portal and export again."
    )
    return refused("unsound", words % {"title": title})


def ask_gate(*, by: Officer | Robot, actor: Actor, second: SecondPerson | None, progress: Progress) -> None:
    """Have every public text and file read.

    Raises Blocked with what was found, unless a second person answers for it; Invalid for particulars
    and synonyms that no screen would take.
    """
    for kept in Particulars.objects.all():
        check_values(Particulars(), {name: getattr(kept, name) for name in COLUMNS}, kept.why or "-")
    for group in in_force():
        sound_words(group.listed, besides=group.pk)
    found = list(_findings_in_words())
    if found:
        raise _stopped(found)
    stopped: list[tuple[PageRecord, GateVerdict]] = []
    records = PageRecord.objects.filter(state__in=(PageState.PUBLIC, PageState.SUPERSEDED)).order_by("pk")
    for record in progress(records, _("Privacy check"), records.count()):
        revision = Revision.objects.get(pk=record.live_revision_id)
        files: list[Any] = [
            Stored.of(version, version.document.title) for version in readable_on(record.code)
        ]
        verdict = inspect(revision, files, subject=record, by=by, actor=actor)
        if not verdict.passed:
            stopped.append((record, verdict))
    if stopped and second is None:
        raise _stopped(_lines(stopped))
    for record, verdict in stopped:
        assert second is not None
        release(record, verdict=verdict, by=second.officer, reason=second.reason, roles=RELEASERS)


def _findings_in_words() -> Iterator[str]:
    """What the gate finds in words beside the texts: reasons, notes, statements."""
    for model, columns in WORDS:
        label = model._meta.label
        for row in model.objects.order_by("pk").values(*columns).iterator():
            texts = [Text((("field", label, name),), text) for name, text in row.items() if text]
            yield from (f"{in_words(one.place)}: {one.excerpt}" for one in judge(texts))


def _lines(stopped: Iterable[tuple[PageRecord, GateVerdict]]) -> list[str]:
    return [
        f"“{record.page.title}”, {one['place']}: {one['rule']} {one['excerpt']}"
        for record, verdict in stopped
        for one in findings_in_words(verdict)
    ]


def _stopped(lines: list[str]) -> Blocked:
    words = _(
        "The privacy check stops the import. A second publisher may answer for it: --release-by, --reason."
    )
    more = len(lines) - MOST_LISTED
    shown = [*lines[:MOST_LISTED], *([_("… and %(count)s more.") % {"count": more}] if more > 0 else [])]
    return Blocked(Reason("import-gate", words), *(Reason("import-gate", line) for line in shown))
