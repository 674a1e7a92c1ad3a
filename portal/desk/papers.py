"""What to print of a list (张贴稿): posters, whole or of one community, slips, the text to read aloud."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.publicity import addresses, sheet
from portal.publicity.slip import takes_slips
from relief.publicity.models import PublicList
from relief.publicity.queries import names_visible


@dataclass(frozen=True)
class Paper:
    """One line of the table: whose poster, its two sizes, its text to read aloud."""

    place: str
    a4: str
    a3: str
    loudspeaker: str


@dataclass(frozen=True)
class Papers:
    """All papers of a list; `slip` is empty where it takes none."""

    lines: list[Paper] = field(default_factory=list)
    slip: str = ""


def papers_of(public_list: PublicList) -> Papers | None:
    """None while the list is not published, and once its names are over. No query."""
    if not public_list.number or not names_visible(public_list):
        return None
    communities = [
        (number, sheet.community_name(public_list, number)) for number in _communities(public_list)
    ]
    lines = [_line(public_list, "", _("Whole list"))]
    if len(communities) > 1:
        lines += [_line(public_list, number, name) for number, name in communities]
    slip = addresses.list_path(public_list, "slip") if takes_slips(public_list) else ""
    return Papers(lines, slip)


def _communities(public_list: PublicList) -> list[str]:
    return sorted(public_list.labels.get("communities", {}))


def _line(public_list: PublicList, community: str, place: str) -> Paper:
    poster = addresses.list_path(public_list, "poster")
    text = addresses.list_path(public_list, "loudspeaker")
    cut = f"community={community}" if community else ""
    return Paper(
        place,
        f"{poster}?size=a4" + (f"&{cut}" if cut else ""),
        f"{poster}?size=a3" + (f"&{cut}" if cut else ""),
        f"{text}?{cut}" if cut else text,
    )
