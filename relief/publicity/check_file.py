"""Check a JSON form that somebody brings (核对文件): is it the published list, which row was altered?

Everything is computed anew from the file: the commitment of each row, the digest of its head. A file may hold
anything at all; nothing of it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from relief.publicity.amounts import as_data
from relief.publicity.correction_models import Correction
from relief.publicity.digest import SALT_BYTES, commitment, digest_of
from relief.publicity.document import LIST_NUMBER, head_of
from relief.publicity.editions import current_entries
from relief.publicity.models import ListState, PublicList
from relief.publicity.older import replaced_by
from relief.publicity.queries import names_visible, visible_rows

HEAD = ("schema", "number", "kind", "area", "revision", "columns", "commitments")


class Unreadable(ValueError):
    """The file is no JSON form of a list."""


@dataclass(frozen=True)
class Found:
    """A row of the file: the number that it claims, its place in the file (from 1)."""

    number: int
    place: int


@dataclass
class FileVerdict:
    """What a file is: `agrees`, `older` (an earlier edition), `withdrawn`, `altered` or `unknown`.

    `parts` are the altered keys beside the rows; `left` rows that have left the list since; `missing` rows
    that the list shows today and the file lacks; `names_gone`: the file holds what may no longer be shown.
    """

    answer: str
    public_list: PublicList | None = None
    correction: Correction | None = None
    altered: list[Found] = field(default_factory=list)
    doubled: list[Found] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    rows: int = 0
    names_gone: bool = False


def check_file(data: bytes) -> FileVerdict:
    """Compare a file with what was published. Raises Unreadable in words for developers, not for readers."""
    document = read_document(data)
    number = str(document["number"])
    found = (
        PublicList.objects.filter(number=number).select_related("area")
        if LIST_NUMBER.fullmatch(number)
        else None
    )
    public_list = found.first() if found is not None else None
    if public_list is None:
        return FileVerdict("unknown")
    verdict = FileVerdict("agrees", public_list)
    digest = _digest(document)
    verdict.correction = replaced_by(public_list, digest) if digest else None
    stored = head_of(public_list)
    genuine = digest == public_list.digest or verdict.correction is not None
    known = document["commitments"] if genuine else stored["commitments"]
    seen = _look_at_rows(verdict, document["rows"], {str(one) for one in known})
    if not genuine:
        verdict.parts = [key for key in HEAD if document.get(key) != stored[key]]
    verdict.parts += _claims(document, public_list, digest, current=genuine and verdict.correction is None)
    if verdict.correction is None:
        _look_for_missing(verdict, seen)
    verdict.names_gone = bool(seen) and not names_visible(public_list)
    verdict.answer = _answer(verdict, genuine)
    return verdict


def read_document(data: bytes) -> dict[str, Any]:
    """The file as JSON with the shape of a list. Raises Unreadable."""
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as fault:
        raise Unreadable("no JSON") from fault
    if not isinstance(document, dict) or not isinstance(document.get("number"), str):
        raise Unreadable("no list")
    for key in ("rows", "commitments", "columns"):
        if not isinstance(document.get(key), list):
            raise Unreadable(f"no {key}")
    return document


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A key written twice says two things: a program reads the last, an eye the first."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("a key stands twice")
    return found


def _digest(document: Mapping[str, Any]) -> str:
    """The digest of the file's own head; empty when it has no canonical form."""
    try:
        return digest_of({key: document.get(key) for key in HEAD})
    except (TypeError, ValueError, RecursionError):
        return ""


def _look_at_rows(verdict: FileVerdict, rows: Sequence[Any], known: set[str]) -> set[str]:
    """Sort the file's rows; returns the commitments of those that were published."""
    seen: set[str] = set()
    for place, one in enumerate(rows, start=1):
        found, made = Found(_number(one, place), place), _commitment(one)
        if made not in known:
            verdict.altered.append(found)
        elif made in seen:
            verdict.doubled.append(found)
        else:
            seen.add(made)
    verdict.rows = len(seen)
    return seen


def _number(one: Any, place: int) -> int:
    row = one.get("row") if isinstance(one, dict) else None
    number = row.get("row") if isinstance(row, dict) else None
    return number if type(number) is int and 0 < number < 1_000_000 else place


def _commitment(one: Any) -> str:
    """The commitment of a row with its salt; empty when it has none."""
    try:
        salt, row = bytes.fromhex(one["salt"]), one["row"]
        return commitment(salt, row) if len(salt) == SALT_BYTES and isinstance(row, dict) else ""
    except (TypeError, ValueError, KeyError, RecursionError):
        return ""


def _claims(document: Mapping[str, Any], public_list: PublicList, digest: str, *, current: bool) -> list[str]:
    """Keys outside the digest that say something else than the file's rows or the list."""
    claims: dict[str, Any] = {}
    if digest:
        claims["digest"] = digest
    if current:
        claims |= {
            "check_code": public_list.check_code,
            "title": {"zh": public_list.title_zh, "en": public_list.title_en},
            "labels": public_list.labels,
            "entries": public_list.entry_count,
            "persons": public_list.person_count,
        }
        if "amount_sum" in document:  # files made before sums were kept don't have it
            claims["amount_sum"] = as_data(public_list.amount_sum)
    return [key for key, value in claims.items() if document.get(key) != value]


def _look_for_missing(verdict: FileVerdict, seen: set[str]) -> None:
    """Rows shown today and not in the file; rows in the file that have left the list."""
    assert verdict.public_list is not None
    if not names_visible(verdict.public_list):
        return
    shown = dict(visible_rows(verdict.public_list).values_list("entry__commitment", "row_number"))
    altered = {found.number for found in verdict.altered}
    verdict.missing = [n for made, n in shown.items() if made not in seen and n not in altered]
    gone = seen - set(shown)
    entries = current_entries(verdict.public_list).values_list("commitment", "row_number")
    verdict.left = [number for made, number in entries if made in gone]


def _answer(verdict: FileVerdict, genuine: bool) -> str:
    if not genuine or verdict.altered or verdict.doubled or verdict.missing or verdict.parts:
        return "altered"
    assert verdict.public_list is not None
    if verdict.public_list.state == ListState.WITHDRAWN:
        return "withdrawn"
    return "older" if verdict.correction else "agrees"
