"""What differs between two texts of a page, field by field and word by word; Chinese by the character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.gate.pieces_of_page import PagePiece, pieces_of_page

#: one Chinese character, one word or number, or any other single sign
TOKEN = re.compile(r"[㐀-鿿]|[\w]+|\s+|[^\w\s]")

#: what Wagtail's editor calls a paragraph
KEY = re.compile(r"[0-9a-z]{5}")


@dataclass(frozen=True)
class Mark:
    """A run of text: `same`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One place whose text differs."""

    place: str
    marks: list[Mark]


def differences(before: Any | None, after: Any) -> list[Change]:
    """Where two page instances differ, in the newer one's order; all of it without an older.

    Texts are matched within their column, so that an inserted block moves nothing.
    """
    old, new = _by_column(before) if before is not None else {}, _by_column(after)
    columns = [*new, *(column for column in old if column not in new)]
    return [change for column in columns for change in _changes(old.get(column, []), new.get(column, []))]


def file_differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[Change]:
    """Files that come, go or hold other bytes under the same name; facts as in the page's digest."""
    old, new = _by_name(before), _by_name(after)
    return [
        Change(str(_("file “%(one)s”") % {"one": name}), marks(old.get(name, ""), new.get(name, "")))
        for name in [*new, *(name for name in old if name not in new)]
        if old.get(name) != new.get(name)
    ]


def _by_name(facts: list[dict[str, Any]]) -> dict[str, str]:
    """`3f2a…, 41233 B`: enough to see that the bytes are others."""
    return {fact["name"]: f"{fact['sha256'][:16]}, {fact['size']} B" for fact in facts}


def _changes(old: list[PagePiece], new: list[PagePiece]) -> list[Change]:
    matcher = SequenceMatcher(None, [one.text for one in old], [one.text for one in new], autojunk=False)
    return [
        Change((new[k:m] or old[i:j])[0].place, marks(_joined(old[i:j]), _joined(new[k:m])))
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    ]


def _joined(pieces: list[PagePiece]) -> str:
    return "\n".join(piece.text for piece in pieces)


def marks(before: str, after: str) -> list[Mark]:
    """The two texts as one row of runs."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    found: list[Mark] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Mark("same", "".join(old[i:j])))
            continue
        if j > i:
            found.append(Mark("gone", "".join(old[i:j])))
        if m > k:
            found.append(Mark("new", "".join(new[k:m])))
    return found


def _is_mark_of_the_editor(piece: PagePiece) -> bool:
    """The key that Wagtail's editor gives each paragraph: a text that came another way gets all of them new.

    Anything else in its place is shown: the privacy gate reads it, and the reviewer should.
    """
    kind, *name = piece.steps[-1]
    return (
        kind == "attribute" and str(name[0]).endswith(" data-block-key") and bool(KEY.fullmatch(piece.text))
    )


def _by_column(page: Any) -> dict[tuple[Any, ...], list[PagePiece]]:
    found: dict[tuple[Any, ...], list[PagePiece]] = {}
    for piece in pieces_of_page(page):
        if _is_mark_of_the_editor(piece):
            continue
        found.setdefault(piece.steps[0], []).append(piece)
    return found
