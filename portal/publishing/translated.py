"""How the English text of each Chinese page stands: missing, begun, in review, stale, not needed …"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Min
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from portal.publishing.marks import MarkKind, TranslationMark
from portal.publishing.models import ChangeKind, PageRecord, PageState, PublicChange

TRANSLATED_INTO = "en"
#: kinds of public change after which a translation may be wrong
SUBSTANTIVE = {ChangeKind.FIRST, ChangeKind.SUBSTANTIVE}
MINOR = {ChangeKind.MINOR}


class TranslationState(models.TextChoices):
    """State of the English text of a Chinese one."""

    MISSING = "missing", _("missing")
    STALE = "stale", _("stale")
    BEGUN = "begun", _("begun")
    IN_REVIEW = "in_review", _("in review")
    CURRENT = "current", _("up to date")
    NOT_NEEDED = "not_needed", _("not needed")


@dataclass
class Standing:
    """One Chinese page and its English text; changes of the source since the text that is followed."""

    source: Page
    twin: Page | None = None
    state: TranslationState = TranslationState.MISSING
    substantive: int = 0
    minor: int = 0
    #: the last public change of the source that the translation takes in, and its newest draft; None before
    #: the first
    follows: int | None = None
    draft_follows: int | None = None
    #: the decision that holds
    decision: TranslationMark | None = None

    @property
    def behind(self) -> bool:
        return bool(self.substantive or self.minor)


@dataclass
class _Read:
    """What is known of all pages at once, by page."""

    twins: dict[Any, Page] = field(default_factory=dict)
    public: set[int] = field(default_factory=set)
    reviewed: set[int] = field(default_factory=set)
    changes: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    first: dict[int, int] = field(default_factory=dict)
    marks: dict[int, list[TranslationMark]] = field(default_factory=lambda: defaultdict(list))


def standings(sources: Any) -> list[Standing]:
    """The standing of each page of a queryset of Chinese pages, in its order; seven queries, however many."""
    known = _read(sources)
    return [_standing(source, known) for source in sources.select_related("content_type")]


def standing_of(source: Page) -> Standing:
    """The standing of one Chinese page."""
    return standings(Page.objects.filter(pk=source.pk))[0]


def source_of(twin: Page) -> Any:
    """The Chinese page that `twin` translates, public or not; None for a Chinese page and without one."""
    if twin.locale.language_code == settings.LANGUAGE_CODE:
        return None
    found = twin.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return found.specific if found else None


def needed_now(kept: PageRecord) -> bool:
    """Whether the newest decision lets the page be translated; so it is without one."""
    newest = kept.translation_marks.filter(kind__in=(MarkKind.NEEDED, MarkKind.NOT_NEEDED)).last()
    return newest is None or newest.kind == MarkKind.NEEDED


def _read(sources: Any) -> _Read:
    known = _Read()
    keys = sources.order_by().values("translation_key")
    twins = Page.objects.filter(translation_key__in=keys, locale__language_code=TRANSLATED_INTO)
    known.twins = {twin.translation_key: twin for twin in twins}
    numbers = [twin.pk for twin in known.twins.values()]
    kept = PageRecord.objects.filter(page_id__in=numbers, state__in=(PageState.PUBLIC, PageState.SUPERSEDED))
    known.public = set(kept.values_list("page_id", flat=True))
    running = WorkflowState.objects.filter(status__in=("in_progress", "needs_changes"))
    objects = running.filter(object_id__in=[str(number) for number in numbers])
    known.reviewed = {int(number) for number in objects.values_list("object_id", flat=True)}
    within = {"record__page_id__in": sources.order_by().values("pk")}
    changes = PublicChange.objects.filter(**within).order_by("pk")
    for page_id, pk, kind in changes.values_list("record__page_id", "pk", "kind"):
        known.changes[page_id].append((pk, kind))
    firsts = PublicChange.objects.filter(record__page_id__in=numbers).values("record__page_id")
    known.first = {
        row["record__page_id"]: row["first"] for row in firsts.order_by().annotate(first=Min("pk"))
    }
    for mark in TranslationMark.objects.filter(**within).select_related("record").order_by("pk"):
        known.marks[mark.record.page_id].append(mark)
    return known


def _standing(source: Page, known: _Read) -> Standing:
    marks, changes = known.marks[source.pk], known.changes[source.pk]
    found = Standing(source, known.twins.get(source.translation_key))
    decided = [mark for mark in marks if mark.kind in (MarkKind.NEEDED, MarkKind.NOT_NEEDED)]
    if found.twin is None:
        if decided and decided[-1].kind == MarkKind.NOT_NEEDED:
            found.state, found.decision = TranslationState.NOT_NEEDED, decided[-1]
        return found
    twin, first = found.twin, known.first.get(found.twin.pk)
    found.follows = _followed(twin.live_revision_id or twin.latest_revision_id or 0, marks, changes, first)
    found.draft_follows = _followed(twin.latest_revision_id or 0, marks, changes, first)
    kinds = [kind for pk, kind in changes if found.follows is None or pk > found.follows]
    found.substantive = sum(kind in SUBSTANTIVE for kind in kinds)
    found.minor = sum(kind in MINOR for kind in kinds)
    found.state = _state(found, known)
    return found


def _state(found: Standing, known: _Read) -> TranslationState:
    assert found.twin is not None
    if found.twin.pk in known.reviewed:
        return TranslationState.IN_REVIEW
    if found.twin.pk not in known.public:
        return TranslationState.BEGUN
    return TranslationState.STALE if found.behind else TranslationState.CURRENT


def _followed(
    shown: int, marks: Iterable[TranslationMark], changes: list[tuple[int, str]], first: int | None
) -> int | None:
    """The last public change of the source that version `shown` of its translation takes in.

    Without a mark, as where the site was set up: what was public when the translation became so.
    """
    marked = [mark for mark in marks if mark.twin_revision_id and mark.twin_revision_id <= shown]
    if marked:
        return marked[-1].source_change_id
    before = [pk for pk, _kind in changes if first is None or pk < first]
    return before[-1] if before else None
