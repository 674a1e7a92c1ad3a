"""Let a further address lead to a page (短网址), and take one away; each with a reason."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.publishing import act
from portal.publishing.addresses import (
    CLOSED,
    LONGEST_PATH,
    page_at,
    redirects_at,
    stored,
    why_leads,
    why_view,
)
from portal.publishing.authority import acting_on
from portal.publishing.links import path_here, slashed
from portal.publishing.models import AddressChange, AddressKind, MissingAddress, PageRecord
from portal.publishing.steps import RELEASERS
from relief.errors import Invalid, Reason, WrongState
from relief.officers.models import Officer
from relief.trail.models import Event
from relief.trail.record import record, touch
from relief.trail.verb import verb

#: characters of a reason, as the table keeps it
LONGEST_REASON = 300
PATH = re.compile(r"(/(?!\.)[^\s/?#%\\<>\"'\x00-\x1f\x7f]+)+")


@verb("add-address")
def add_address(kept: PageRecord, *, by: Officer, path: str, reason: str, version: int) -> AddressChange:
    """Let `path` lead to a page that was public.

    Raises Invalid for what is no address or somebody else's and without a reason, WrongState for a draft,
    NotAllowed for who releases no texts there, Stale when somebody was first.
    """
    actor = acting_on(by, RELEASERS, kept.page)
    public_once(kept)
    wanted = typed_path(path)
    check_reason(reason)
    event = record("add-address", kept, actor=actor, reason="address-added")
    with act.opened():
        Redirect.objects.create(old_path=wanted, redirect_page_id=kept.page_id, is_permanent=False)
    MissingAddress.objects.filter(path=wanted).delete()  # it is found from now on
    return _noted(touch(kept, version, event), wanted, AddressKind.ADDED, reason, event)


@verb("end-address")
def end_address(kept: PageRecord, *, by: Officer, path: str, reason: str, version: int) -> AddressChange:
    """Let `path` lead to the page no more. Raises WrongState when it doesn't, else as `add_address`."""
    actor = acting_on(by, RELEASERS, kept.page)
    check_reason(reason)
    leading = Redirect.objects.filter(old_path=stored(path), redirect_page_id=kept.page_id).first()
    if leading is None:
        raise WrongState(Reason("leads-not", _("This address doesn't lead here any more.")))
    event = record("end-address", kept, actor=actor, reason="address-ended")
    with act.opened():
        leading.delete()
    return _noted(touch(kept, version, event), leading.old_path, AddressKind.ENDED, reason, event)


def typed_path(typed: str) -> str:
    """The path that somebody typed or copied, as it is kept. Raises Invalid, with what to do instead."""
    path = plain_path(typed)
    check_free(path, page_at(path), redirects_at([path]).get(path))
    return path


def plain_path(typed: str) -> str:
    """The path as it is kept, whatever stands there. Raises Invalid for what is no address of this site."""
    path = stored(unquote(path_here(typed.strip())))
    path = path if path.startswith("/") else f"/{path}"
    if not PATH.fullmatch(path) or len(path) > LONGEST_PATH or slashed(path).startswith(CLOSED):
        raise _bad_path(_("Type an address of this site, as “/dibao”."))
    return path


def check_free(path: str, own: Page | None, old: Redirect | None) -> None:
    """Raises Invalid when a page or a part of the site answers at the path, or when it leads somewhere."""
    if own is not None:
        raise _bad_path(_("This is the address of “%(title)s”.") % {"title": own.title})
    if why := why_view(path) or why_view(slashed(path)) or why_leads(old):
        raise _bad_path(why)


def public_once(kept: PageRecord | None) -> PageRecord:
    """The record of a page, which was public. Raises WrongState for another one."""
    if kept is None or not kept.was_public:
        words = _("This page was never public: an address would lead nowhere.")
        raise WrongState(Reason("not-public", words))
    return kept


def check_reason(reason: str) -> None:
    """Raises Invalid without a reason, and for one that is too long to be kept."""
    if not reason.strip():
        raise Invalid({"reason": [Reason("required", _("Say why: it is kept with the address."))]})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": [Reason("too-long", _("Say it in at most 300 characters."))]})


def _bad_path(words: str) -> Invalid:
    return Invalid({"path": [Reason("bad-address", words)]})


def _noted(kept: PageRecord, path: str, kind: AddressKind, reason: str, event: Event) -> AddressChange:
    return AddressChange.objects.create(
        record=kept, path=path, kind=kind, reason=reason, event_id=event.pk, at=event.at
    )
