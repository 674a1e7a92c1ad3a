"""What a poster says besides its rows: the list's particulars, and what a reader can do about it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.context import Bureau
from portal.publicity import addresses
from portal.publicity.ground import ground_of
from portal.publicity.standing import counts_in_words, days_in_words, length_in_words, standing_of
from portal.templatetags.cap import day_in_words
from relief.publicity.models import ListKind, PublicList
from relief.trail import clock


def respond_address(public_list: PublicList) -> str:
    """Where to answer the list on the web, in the active language; printed, so never the request's host."""
    language = "/en" if get_language() == "en" else ""
    section = addresses.SECTIONS[public_list.kind]
    return f"{settings.PUBLIC_BASE_URL}{language}/{section}/{public_list.number}/respond/"


def facts_of(public_list: PublicList) -> list[tuple[str, str]]:
    """Label and words beside it, in the customary order; what a list has not is left out."""
    deadline = standing_of(public_list, count_boards=False).deadline
    last = f"{day_in_words(deadline, weekday=True)} {deadline:%H:%M}" if deadline else ""
    rows = [
        (_("Document number"), public_list.document_number),
        (_("Index number"), public_list.index_number),
        (_("Published on"), day_in_words(signed_on(public_list))),
        (_("Covers"), counts_in_words(public_list)),
        (_("Period of publicity"), _period(public_list)),
        (_("Last moment for objections"), last),
        (_("Names shown until"), _names_until(public_list)),
        (_("Check code"), public_list.check_code),
        (_("Legal ground"), ground_of(public_list)),
    ]
    return [(label, words) for label, words in rows if words]


def _period(public_list: PublicList) -> str:
    """The days; before every board hangs, blanks for the hand that pins the last one."""
    if public_list.kind != ListKind.PRE_APPROVAL:
        return ""
    length = length_in_words(public_list)
    if public_list.starts_on and public_list.ends_on:
        return _("%(days)s (%(length)s)") % {"days": days_in_words(public_list), "length": length}
    counted = _("%(length)s from the day on which every board shows the list") % {"length": length}
    return "\n".join(
        (counted, _("First day ____________  Last day ____________ (written in when it is known)"))
    )


def _names_until(public_list: PublicList) -> str:
    until = public_list.names_until
    return day_in_words(until) if until and public_list.kind != ListKind.PRE_APPROVAL else ""


def respond_title(public_list: PublicList) -> str:
    if public_list.kind == ListKind.PRE_APPROVAL:
        return _("Anything wrong with this list? Tell us")
    return _("If you don't agree")


def respond_lines(public_list: PublicList) -> list[str]:
    place = {"address": Bureau().address, "hours": Bureau().hours, "number": Bureau().hotline}
    where = _("Call %(number)s (%(hours)s), or come to %(address)s.") % place
    mask = _(
        "In a name, * stands for one hidden character. "
        "Each household finds its row by the row code of its receipt."
    )
    if public_list.kind == ListKind.PRE_APPROVAL:
        what = _(
            "A household isn’t eligible, you were left out, your data is wrong, your name should not be "
            "shown: anyone may say so, named or anonymous. Who speaks is kept confidential."
        )
        web = _("On the web: %(address)s") % {"address": respond_address(public_list)}
        slip = _(
            "On paper: with the slip for written responses that lies at the counter "
            "and the community station."
        )
        return [what, where, web, slip, mask]
    appeal = _(
        "Ask at the counter or by telephone first. Whoever a decision concerns may also ask for "
        "administrative reconsideration or go to court within the time the law sets; "
        "the written decision names it."
    )
    return [appeal, where, mask]


def signed_on(public_list: PublicList) -> date:
    return (public_list.published_at or clock.now()).astimezone(clock.SHANGHAI).date()
