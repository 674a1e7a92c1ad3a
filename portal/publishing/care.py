"""Care for a text: who answers for it (责任人), and when somebody must look at it again (定期检查).

Both are working data beside the text: set at once, with a reason, each change an Event and a row of history.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.attachments.public import code_of
from portal.publishing.authority import acting_on, held_on
from portal.publishing.models import PageRecord, PageState
from portal.publishing.submit import record_of
from relief.errors import Invalid, Reason, Stale, WrongState
from relief.officers.models import Officer, Role
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import SOMEBODY_WAS_FIRST, record, set_if
from relief.trail.verb import verb

#: who sets owner and next check, who checks, and who may be an owner
CARERS = (Role.EDITOR, Role.SECTION_EDITOR, Role.PUBLISHER)

#: days after which a public text is looked at again, by its type: the cycle of the section that lists it.
#: Half a year is the inspection's limit for a silent column. Notices tell news and are not renewed.
HALF_A_YEAR, YEAR = 182, 365
CYCLES: dict[str, int] = {
    "PolicyPage": YEAR,
    "InterpretationPage": YEAR,
    "GuidePage": HALF_A_YEAR,
    "CollectionPage": HALF_A_YEAR,
    "ProfilePage": HALF_A_YEAR,
    "LeaderPage": HALF_A_YEAR,
    "DisclosurePage": YEAR,
    "DisclosureTextPage": YEAR,
}


def cycle_of(page_type: type) -> int | None:
    """Days between two checks of a text of this type; None where none is due by itself."""
    return CYCLES.get(page_type.__name__)


def next_check(page_type: type) -> date | None:
    """When a text of this type that was looked at today is due again."""
    days = cycle_of(page_type)
    return clock.today() + timedelta(days=days) if days else None


def version_of(kept: PageRecord | None) -> int:
    """What a form carries to notice that somebody was first; 0 before there is a record."""
    return kept.version if kept else 0


def with_care(pages: Any) -> Any:
    """Pages with `check_on`, `changed_at` and `carer`, the key of who answers for each.

    Where nobody was named it is who wrote the page first.
    """
    kept = PageRecord.objects.filter(page_id=OuterRef("pk"))
    author = Officer.objects.filter(account=OuterRef("owner_id"))
    return pages.annotate(
        check_on=Subquery(kept.values("next_check_on")[:1]),
        changed_at=Subquery(kept.values("published_at")[:1]),
        carer=Coalesce(
            Subquery(kept.values("owner_id")[:1]),
            Subquery(author.values("pk")[:1]),
            output_field=BigIntegerField(),
        ),
    )


def due_for_check() -> Any:
    """Numbers of the public pages whose check is due."""
    due = PageRecord.objects.filter(state=PageState.PUBLIC, next_check_on__lte=clock.today())
    return due.values("page_id")


@verb("set-text-owner")
def set_owner(page: Page, *, by: Officer, owner: Officer, why: str, version: int) -> PageRecord:
    """Say who answers for a text.

    Raises Invalid without a reason or for an owner who holds no fitting role there, NotAllowed, Stale.
    """
    actor = acting_on(by, CARERS, page)
    _check_why(why)
    if not held_on(owner, page, CARERS):
        words = _("%(name)s holds no role on this page.") % {"name": owner.name}
        raise Invalid({"owner": [Reason("owner-without-role", words)]})
    return _write(page, "set-text-owner", actor, version, {"owner_id": owner.pk, "care_note": why.strip()})


@verb("set-text-check")
def set_next_check(page: Page, *, by: Officer, on: date | None, why: str, version: int) -> PageRecord:
    """Say by which day somebody must look at a text; None asks for no check.

    Raises Invalid for a day that has passed or without a reason, NotAllowed, Stale.
    """
    actor = acting_on(by, CARERS, page)
    _check_why(why)
    if on is not None and on < clock.today():
        raise Invalid({"next_check_on": [Reason("past", _("This day has passed: choose one to come."))]})
    return _write(page, "set-text-check", actor, version, {"next_check_on": on, "care_note": why.strip()})


@verb("check-text")
def check_unchanged(page: Page, *, by: Officer, version: int) -> PageRecord:
    """ "Checked, unchanged": who and when; the next check is due by the cycle of the text's type.

    Raises WrongState for what is not public, NotAllowed, Stale.
    """
    actor = acting_on(by, CARERS, page)
    kept = record_of(page)
    if kept is None or kept.state != PageState.PUBLIC:
        raise WrongState(Reason("not-public", _("Only what is public is checked.")))
    changes = {
        "checked_at": clock.now(),
        "checked_by": actor.name,
        "next_check_on": next_check(page.specific_class),
        "care_note": "",
    }
    return _write(page, "check-text", actor, version, changes)


def give_text(
    page: Page, kept: PageRecord | None, *, actor: Actor, owner: Officer, why: str, cause: Event
) -> PageRecord:
    """The part of a handover that one text takes; whoever hands over has asked who may."""
    changes = {"owner_id": owner.pk, "care_note": why.strip()}
    return _write(page, "set-text-owner", actor, version_of(kept), changes, cause_id=cause.pk)


def _write(
    page: Page, act: str, actor: Actor, version: int, changes: Mapping[str, Any], **facts: Any
) -> PageRecord:
    """Change the page's record; a draft that was never handed in gets its record now."""
    kept = record_of(page)
    if kept is None:
        if version:
            raise Stale(SOMEBODY_WAS_FIRST)
        kept = PageRecord(page_id=page.pk, code=code_of(page.pk), **changes)
        kept.save(event=record(act, kept, actor=actor, **facts))
        return kept
    event = record(act, kept, actor=actor, from_state=kept.state, to_state=kept.state, **facts)
    return set_if(kept, version, changes, event)


def _check_why(why: str) -> None:
    if not why.strip():
        raise Invalid({"why": [Reason("required", _("Say why: it stays in the history of the text."))]})
