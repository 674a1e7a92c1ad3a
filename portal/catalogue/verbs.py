"""What an editor may do to a row of the catalogue: attach, detach, check, state that there is nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.catalogue.fed import LISTING
from portal.catalogue.models import CatalogueItem, CatalogueRow, Statement, code_of
from portal.catalogue.rows import ROWS
from relief.errors import Blocked, Invalid, NotAllowed, Reason, WrongState
from relief.officers.authority import appointments_of
from relief.officers.models import Officer, Role
from relief.places.models import DISTRICT
from relief.trail import clock
from relief.trail.actor import Actor, Robot
from relief.trail.models import Event
from relief.trail.record import hold, record, set_if, touch
from relief.trail.verb import verb

KEEPERS = (Role.EDITOR, Role.SECTION_EDITOR)
SIGNERS = (Role.EDITOR, Role.SECTION_EDITOR, Role.PUBLISHER)
#: a statement holds no longer than this: emptiness is looked at once a year at least
LONGEST = timedelta(days=366)


@verb("seed-catalogue")
def seed_rows(*, by: Robot) -> int:
    """Enter the rows that are not there yet; how many. Run again it changes nothing."""
    known = set(CatalogueRow.objects.values_list("key", flat=True))
    missing = [row for row in ROWS if row.key not in known]
    for row in missing:
        entered = CatalogueRow(key=row.key, code=code_of(row.key))
        entered.save(event=_event("seed-catalogue", entered, by.actor()))
    return len(missing)


@verb("attach-to-row")
def attach(row: CatalogueRow, *, by: Officer, version: int, page: Page) -> CatalogueRow:
    """Put a public page into the row, or a listing, which feeds it with what it finds of the row's types.

    Raises Blocked when the row isn't satisfied by pages of its type.
    """
    actor = acting(by, KEEPERS)
    fitting = (*row.row.types, LISTING) if row.row.types else ()
    if page.specific_class is None or page.specific_class._meta.model_name not in fitting:
        raise Blocked(Reason("wrong-type", _("Pages of this type don't satisfy this row.")))
    if not page.live:
        raise Blocked(Reason("not-public", _("The page isn't public. Publish it first.")))
    return _put(row, page.translation_key, page.title, actor, version, attached=True)


@verb("detach-from-row")
def detach(row: CatalogueRow, *, by: Officer, version: int, page_key: UUID, title: str) -> CatalogueRow:
    """Take a page out of the row, also one that its topic brought there."""
    return _put(row, page_key, title, acting(by, KEEPERS), version, attached=False)


@verb("check-row")
def check_unchanged(row: CatalogueRow, *, by: Officer, version: int) -> CatalogueRow:
    """ "Checked, unchanged": the date of the check moves, that of publication stays."""
    actor = acting(by, KEEPERS)
    changes = {"checked_at": clock.now(), "checked_by": actor.name}
    return set_if(row, version, changes, _event("check-row", row, actor))


@verb("hand-over-row")
def give_row(row: CatalogueRow, *, by: Officer, owner: Officer, why: str, version: int) -> CatalogueRow:
    """Say who answers for the row. Raises Invalid without a reason or for who may do nothing to a row."""
    actor = acting(by, SIGNERS)
    if not why.strip():
        raise Invalid({"why": [Reason("required", _("Say why: it stays in the records."))]})
    try:
        acting(owner, SIGNERS)
    except NotAllowed as refused:
        raise Invalid({"owner": refused.reasons}) from refused
    changes = {"owner_id": owner.pk, "owner_note": why.strip()[:200]}
    return set_if(row, version, changes, _event("hand-over-row", row, actor))


@verb("state-nothing")
def state_nothing(
    row: CatalogueRow, *, by: Officer, version: int, why_zh: str, why_en: str, until: date
) -> CatalogueRow:
    """Sign that there is nothing to disclose in this row until a day. It is said in public, with the name."""
    actor = acting(by, SIGNERS)
    _sound(why_zh, why_en, until)
    held = hold(row, version)
    if current_statement(held):
        raise WrongState(Reason("stated-already", _("A statement holds already. End it first.")))
    event = _event("state-nothing", held, actor)
    Statement(
        row=held,
        why_zh=why_zh.strip(),
        why_en=why_en.strip(),
        until=until,
        made_at=clock.now(),
        made_by=actor.name,
        office=actor.office,
    ).save(event=event)
    return touch(held, version, event)


@verb("end-statement")
def end_statement(row: CatalogueRow, *, by: Officer, version: int) -> CatalogueRow:
    """End the statement that holds, or one that has expired and still stands there."""
    actor = acting(by, SIGNERS)
    held = hold(row, version)
    said = Statement.objects.filter(row=held, ended_at=None).order_by("-pk").first()
    if said is None:
        raise WrongState(Reason("nothing-stated", _("No statement holds for this row.")))
    event = _event("end-statement", held, actor)
    set_if(said, said.version, {"ended_at": clock.now()}, event)
    return touch(held, version, event)


def acting(by: Officer, roles: tuple[Role, ...]) -> Actor:
    """The officer in one of these roles. Raises NotAllowed."""
    for held in appointments_of(by):
        if held.role in roles:
            return held.actor()
    names = "、".join(str(role.label) for role in roles)
    raise NotAllowed(Reason("not-your-role", _("This step is done by: %(roles)s.") % {"roles": names}))


def current_statement(row: CatalogueRow) -> Statement | None:
    """The statement that holds today."""
    found: Any = Statement.objects.filter(row=row, ended_at=None, until__gte=clock.today())
    return found.order_by("-pk").first()


def _put(
    row: CatalogueRow, page_key: UUID, title: str, actor: Actor, version: int, *, attached: bool
) -> CatalogueRow:
    held = hold(row, version)
    item = CatalogueItem.objects.filter(row=held, page_key=page_key).first()
    if item is not None and item.attached == attached:
        words = _("The page is in this row already.") if attached else _("The page isn't in this row.")
        raise WrongState(Reason("no-change", words))
    event = _event("attach-to-row" if attached else "detach-from-row", held, actor)
    if item is None:
        CatalogueItem(row=held, page_key=page_key, title=title[:255], attached=attached).save(event=event)
    else:
        set_if(item, item.version, {"attached": attached, "title": title[:255]}, event)
    return touch(held, version, event)


def _sound(why_zh: str, why_en: str, until: date) -> None:
    """Raises Invalid for what is missing or too far away."""
    wrong = {}
    for name, words in (("why_zh", why_zh), ("why_en", why_en)):
        if not words.strip():
            wrong[name] = [Reason("required", _("Say why there is nothing: readers see it."))]
    if not clock.today() < until <= clock.today() + LONGEST:
        words = _("A day after today, within a year.")
        wrong["until"] = [Reason("out-of-range", words)]
    if wrong:
        raise Invalid(wrong)


def _event(act: str, row: CatalogueRow, actor: Actor) -> Event:
    return record(act, row, actor=actor, area=DISTRICT)
