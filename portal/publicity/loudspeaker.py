"""A list read aloud (广播稿): no name in it, sentences short enough for the ear."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.context import Bureau
from portal.publicity import sheet
from portal.publicity.metadata import issuer
from portal.publicity.poster import domain
from portal.publicity.standing import counts_in_words, days_in_words, length_in_words, standing_of
from portal.templatetags.cap import day_in_words
from relief.publicity.boards import listed_boards
from relief.publicity.models import ListKind, PublicList


def loudspeaker_text(public_list: PublicList, community: str = "", rows: int = 0) -> str:
    """What is read out in the active language, one thought a line; cut to a community, `rows` are its own."""
    before = public_list.kind == ListKind.PRE_APPROVAL
    lines = [
        _("Dear neighbours, a notice from %(issuer)s.") % {"issuer": issuer(public_list)},
        _("It is about this list: %(title)s.") % {"title": public_list.title},
        *_counts(public_list, community, rows),
        *(_days(public_list) if before else _shown(public_list)),
        _hangs(public_list, community),
        _("It also stands on the website %(address)s, under the number %(number)s.")
        % {"address": domain(), "number": public_list.number or ""},
        *(_respond() if before else _appeal()),
        _("The hotline is %(number)s. I repeat: %(number)s.") % {"number": Bureau().hotline},
        _("Thank you for listening."),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _counts(public_list: PublicList, community: str, rows: int) -> list[str]:
    whole = _("It holds %(counts)s.") % {"counts": counts_in_words(public_list)}
    if not community:
        return [whole]
    own = ngettext(
        "%(n)s household of it is from %(community)s.", "%(n)s households of it are from %(community)s.", rows
    )
    return [whole, own % {"n": rows, "community": sheet.community_name(public_list, community)}]


def _days(public_list: PublicList) -> list[str]:
    if not (public_list.starts_on and public_list.ends_on):
        length = {"length": length_in_words(public_list)}
        return [_("It is in public for %(length)s, from the day on which every board shows it.") % length]
    period = {"days": days_in_words(public_list), "length": length_in_words(public_list)}
    lines = [_("It is in public from %(days)s, for %(length)s.") % period]
    if deadline := standing_of(public_list, count_boards=False).deadline:
        when = {"day": day_in_words(deadline, weekday=True), "time": f"{deadline:%H:%M}"}
        lines.append(_("The last moment for objections is %(day)s, %(time)s.") % when)
    return lines


def _shown(public_list: PublicList) -> list[str]:
    if not public_list.names_until:
        return []
    return [_("It is shown until %(day)s.") % {"day": day_in_words(public_list.names_until)}]


def _hangs(public_list: PublicList, community: str) -> str:
    """Announcements are pinned where the lists before them hung; only the latter have boards on record."""
    names = [
        board.name for board in listed_boards(public_list) if not community or board.area.number == community
    ]
    return _("It hangs here: %(boards)s.") % {"boards": _(", ").join(names)} if names else ""


def _respond() -> list[str]:
    return [
        _(
            "Do you know that a household isn’t eligible? Were you left out? Is your data wrong? "
            "Then tell us, with your name or without. Who speaks is kept confidential."
        ),
        _("Come to %(address)s (%(hours)s), call, or answer on the website.")
        % {"address": Bureau().address, "hours": Bureau().hours},
    ]


def _appeal() -> list[str]:
    return [
        _("Whoever doesn’t agree asks at the counter or by telephone: %(address)s (%(hours)s).")
        % {"address": Bureau().address, "hours": Bureau().hours}
    ]
