"""The verbs of translations: begin one, confirm it against its source, decide that none is needed.

None of them changes what is public: a translation goes through the same review as every text.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.models import Locale, Page

from portal.attachments.public import code_of
from portal.publishing.authority import acting_on
from portal.publishing.marks import MarkKind, TranslationMark
from portal.publishing.models import PageRecord, PublicChange
from portal.publishing.steps import WRITERS
from portal.publishing.submit import record_of
from portal.publishing.translated import TRANSLATED_INTO, needed_now, source_of
from relief.errors import Blocked, Invalid, Reason, Stale, WrongState
from relief.officers.models import Officer, Role
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import record
from relief.trail.verb import verb

#: who decides that a text stays untranslated, as who answers for a row of the catalogue
DECIDERS = (Role.SECTION_EDITOR, Role.PUBLISHER)


@verb("begin-translation")
def begin(source: Page, *, by: Officer) -> Any:
    """Make the English draft of a Chinese page, a copy of its public text, below its parent's translation.

    Raises NotAllowed for who may not write there, WrongState where there is one already or the page isn't
    Chinese, Blocked while the page above has no translation.
    """
    page: Any = source.specific
    actor = acting_on(by, WRITERS, page)
    _check_translatable(page)
    kept = record_of(page) or PageRecord(page_id=page.pk, code=code_of(page.pk))
    event = record("begin-translation", kept, actor=actor)
    if kept._state.adding:
        kept.save(event=event)
    try:
        twin = page.copy_for_translation(Locale.objects.get(language_code=TRANSLATED_INTO))
    except ParentNotTranslatedError as error:
        words = _("“%(title)s”, above this page, has no translation: begin that one first.")
        title = page.get_parent().title
        raise Blocked(Reason("parent-untranslated", words % {"title": title})) from error
    twin.owner = by.account
    twin.save()
    revision = twin.save_revision(user=by.account, clean=False)
    _mark(MarkKind.BEGUN, kept, actor, event, twin=twin, revision_id=revision.pk)
    return twin


@verb("confirm-translation")
def confirm(twin: Page, *, by: Officer, revision_id: int, change_id: int) -> TranslationMark:
    """Say that this version of a translation takes in its source up to the public change `change_id`.

    Raises NotAllowed for who may not write there, WrongState for what translates nothing public, Stale when
    either text changed since it was shown.
    """
    actor = acting_on(by, WRITERS, twin)
    source = source_of(twin)
    kept = record_of(source) if source else None
    newest = newest_change(kept) if kept else None
    if kept is None or newest is None:
        raise WrongState(Reason("no-source", _("There is no public Chinese text to compare this one with.")))
    if newest.pk != change_id or revision_id != twin.latest_revision_id:
        words = _("One of the two texts changed while you compared them: look again.")
        raise Stale(Reason("changed-meanwhile", words))
    event = record("confirm-translation", kept, actor=actor, reason=f"page-{twin.pk}")
    return _mark(MarkKind.CONFIRMED, kept, actor, event, twin=twin, revision_id=revision_id)


@verb("decide-translation")
def decide_needed(source: Page, *, by: Officer, needed: bool, reason: str) -> TranslationMark:
    """Decide, signed and with a reason, that a Chinese text needs no translation, or needs one after all.

    Raises NotAllowed for who may not decide there, Invalid without a reason, WrongState when a translation
    stands there, when it is decided so already or when the text was never handed in.
    """
    actor = acting_on(by, DECIDERS, source)
    _check_translatable(source)
    kept = record_of(source)
    if not reason.strip():
        raise Invalid({"reason": [Reason("required", _("Say why: the decision is signed with your name."))]})
    if kept is None or needed_now(kept) == needed:
        words = _("This is decided already, or the text is not public: look again.")
        raise WrongState(Reason("decided", words))
    event = record("decide-translation", kept, actor=actor, reason="needed" if needed else "not-needed")
    kind = MarkKind.NEEDED if needed else MarkKind.NOT_NEEDED
    return _mark(kind, kept, actor, event, reason=reason.strip())


def newest_change(kept: PageRecord) -> PublicChange | None:
    """The last public change of a page."""
    return PublicChange.objects.filter(record=kept).last()


def _mark(
    kind: MarkKind,
    kept: PageRecord,
    actor: Actor,
    event: Event,
    *,
    twin: Page | None = None,
    revision_id: int | None = None,
    reason: str = "",
) -> TranslationMark:
    newest = newest_change(kept)
    return TranslationMark.objects.create(
        record=kept,
        kind=kind,
        twin_id=twin.pk if twin else None,
        twin_revision_id=revision_id,
        source_change_id=newest.pk if newest else None,
        reason=reason,
        name=actor.name,
        event_id=event.pk,
        at=event.at,
    )


def _check_translatable(source: Page) -> None:
    if source.locale.language_code != settings.LANGUAGE_CODE:
        raise WrongState(Reason("not-chinese", _("Only a Chinese text is translated.")))
    if source.get_translations().exists():
        raise WrongState(Reason("translated", _("There is a translation already: edit that one.")))
