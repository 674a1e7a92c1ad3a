"""Reading a list's forms for what may not go out: private values, and columns outside the allow-list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from relief.confidential.private_kinds import Allowed
from relief.confidential.private_values import private_values
from relief.publicity.disclose import ALWAYS, COLUMNS
from relief.publicity.editions import current_entries
from relief.publicity.forms import Document
from relief.publicity.models import PublicList, PublicRow
from relief.publicity.pieces import pieces_of
from relief.publicity.place import Piece, Place
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.models import Event

#: more findings say nothing new
MOST = 200
COLUMN, NOT_DRAWN, UNREADABLE = "column", "not-drawn", "unreadable"
CODES = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{4}(?:[ \u00a0][0-9A-Fa-f]{4}){1,15}|[0-9a-f]{32,64}"
    r"|[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}|[a-z]{2}-\d{3}-\d{4}-\d{3,6})(?![0-9A-Za-z])"
)
#: what may stand at a place that is known: a salt, a digest, the moment at which a file was made
AT_ITS_PLACE = re.compile(
    r"[0-9a-f]{32}|[0-9a-f]{64}|20[2-9]\d-\d\d-\d\dT[\d:.]+\S{0,6}|D:20[2-9]\d{11}\S{0,7}"
    r"|20[2-9]\d{5}T\d{6}Z"
)


class Inspection:
    """What was read and found; `findings` name form, part, place and kind, never a value."""

    def __init__(
        self, public_list: PublicList, rows: Sequence[Mapping[str, Any]], offices: Sequence[str], today: date
    ) -> None:
        self.public_list, self.rows = public_list, rows
        self.findings: list[dict[str, Any]] = []
        self.forms: dict[str, dict[str, Any]] = {}
        self.offices = offices
        self.codes = {str(row["code"]) for row in rows}
        self.columns = allowed_columns(public_list.kind, today)
        labels = (label for key in self.columns for label in _labels(public_list, key))
        self.headings = self.columns | {label.strip() for label in labels}
        self.memo: dict[str, list[str]] = {}
        self.know(public_list)

    def know(self, public_list: PublicList) -> None:
        """The days, codes and digests of the list as it is drawn: known by their place, and no secrets."""
        self.allowed = Allowed.of(self.offices, _days_of(public_list))
        self.digest = public_list.digest
        self.codes |= {public_list.check_code, public_list.number or ""} | _other_numbers(public_list)
        if public_list.number:
            self.codes |= set(
                PublicRow.objects.filter(public_list=public_list).values_list("salt", flat=True)
            )
            self.codes |= set(public_list.entries.values_list("commitment", flat=True))
        self.memo.clear()

    # --- reading -------------------------------------------------------------------------------

    def read_data(self, also: Mapping[str, str]) -> None:
        """The list itself, where a finding can be named most exactly: titles, labels, notes, rows."""
        self._read("data", self._data(also), part=1, size=0)

    def read(self, document: Document) -> None:
        """One document of one form."""
        try:
            pieces = list(pieces_of(document))
        except Exception:  # a reader met bytes that it can't read: nobody may publish what nobody can check
            self._found(document.form, document.part, ("document",), UNREADABLE)
            return
        self._read(document.form, pieces, document.part, len(document.body))

    def not_drawn(self, form: str) -> None:
        self._found(form, 1, ("document",), NOT_DRAWN)

    def told(self) -> list[dict[str, Any]]:
        """Form by form: documents, bytes and texts that were read."""
        return list(self.forms.values())

    # --- within --------------------------------------------------------------------------------

    def _read(self, form: str, pieces: Any, part: int, size: int) -> None:
        told = self.forms.setdefault(form, {"form": form, "documents": 0, "bytes": 0, "texts": 0})
        told["documents"] += 1
        told["bytes"] += size
        for piece in pieces:
            told["texts"] += 1
            for kind in self._kinds(piece):
                self._found(form, part, piece.place, kind)

    def _kinds(self, piece: Piece) -> list[str]:
        if piece.heading and piece.text.strip() not in self.headings:
            return [COLUMN, *self._private(piece.text)]
        if piece.known and AT_ITS_PLACE.fullmatch(piece.text):
            return []
        return self._private(piece.text)

    def _private(self, text: str) -> list[str]:
        if text not in self.memo:
            left = CODES.sub(lambda code: " " if self._is_known(code[0]) else code[0], text)
            self.memo[text] = [str(kind) for kind in private_values(left, self.allowed)]
        return self.memo[text]

    def _is_known(self, code: str) -> bool:
        bare = "".join(code.split())
        return code in self.codes or (len(bare) >= 8 and bare.lower() in self.digest)

    def _data(self, also: Mapping[str, str]) -> Iterator[Piece]:
        one = self.public_list
        yield Piece(one.title_zh, ("title", "zh"))
        yield Piece(one.title_en, ("title", "en"))
        yield Piece(one.batch, ("title", "batch"))
        for language, note in (("zh", one.note_zh), ("en", one.note_en)):
            yield Piece(note or "", ("note", language))
        for name, text in also.items():
            yield Piece(text, ("also", name))
        for key in one.columns:
            yield Piece(key, ("column", key), heading=True)
            for label in _labels(one, key):
                yield Piece(label, ("column", key))
        for number, label in one.labels.get("communities", {}).items():
            for text in label.values():
                yield Piece(str(text), ("community", number))
        for row in self.rows:
            for key, value in row.items():
                yield Piece(key, ("row", int(row["row"]), key), heading=True)
                yield Piece(str(value), ("row", int(row["row"]), key))

    def _found(self, form: str, part: int, place: Place, kind: str) -> None:
        if len(self.findings) < MOST:
            safe = [one if isinstance(one, int) or not self._private(one) else "…" for one in place]
            self.findings.append({"form": form, "part": part, "place": safe, "kind": kind})


def allowed_columns(kind: str, day: date) -> set[str]:
    """Columns that the kind may show on a day: the dated setting, within the allow-list of the code."""
    return ({*ALWAYS, *in_force(f"disclosure.{kind}.columns", day).words}) & set(COLUMNS)


def _labels(public_list: PublicList, key: str) -> list[str]:
    """The labels of a column as the list froze them; only those that the allow-list knows."""
    frozen = public_list.labels.get("columns", {}).get(key, {})
    column = COLUMNS.get(key)
    known = {column.label_zh, column.label_en} if column else set()
    return [str(label) for label in frozen.values() if str(label) in known]


def _days_of(public_list: PublicList) -> set[date]:
    """Days that a list's forms may name: its own, those of its acts, and today.

    A calendar's event ends with the day after the last one.
    """
    found = {clock.today()}
    if public_list.ends_on:
        found.add(public_list.ends_on + timedelta(days=1))
    acts = Event.objects.filter(subject_code=public_list.code)
    found |= {at.astimezone(clock.SHANGHAI).date() for at in acts.values_list("at", flat=True)}
    for field in public_list._meta.concrete_fields:
        value = getattr(public_list, field.attname)
        if isinstance(value, datetime):
            found.add(value.astimezone(clock.SHANGHAI).date())
        elif isinstance(value, date):
            found.add(value)
    if public_list.pk and public_list.number:
        found |= set(public_list.postings.values_list("posted_on", flat=True))
        moments = [*public_list.corrections.values_list("decided_on", flat=True)]
        found |= {day for day in moments if day}
        found |= {day for day in current_entries(public_list).values_list("ends_on", flat=True) if day}
        for supplement in public_list.supplements.all():
            found |= {supplement.missing_from, supplement.missing_until}
            found |= {supplement.ended_before, supplement.ends_after}
    return found


def _other_numbers(public_list: PublicList) -> set[str]:
    """The number of the list that this one replaces."""
    other = public_list.replaces
    return {other.number or ""} if other else set()
