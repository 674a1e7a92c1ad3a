"""All checks of a household table before any row is written (导入校验); pure.

Three rounds: each row by itself, the ID numbers against each other and the register, then each household.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO

from relief.households import id_number
from relief.households.importing import cells
from relief.households.importing.cells import Unparsed
from relief.households.importing.columns import BY_KEY, COLUMNS, EXAMPLE_ID, Column
from relief.households.importing.places import Communities
from relief.households.importing.reader import Kind, Row, Table, open_table
from relief.households.importing.report import Checked, ImportedHousehold, ImportedPerson, Report
from relief.households.importing.rules import Problem, Unreadable

_SHOWN = 40

KnownIds = Callable[[set[str]], set[str]]
Progress = Callable[[Iterable[Row]], Iterable[Row]]


@dataclass
class Draft:
    """A data row while it is checked: tidied texts and read values by column key."""

    row: int
    texts: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


class Checks:
    """One table under examination; gathers problems instead of stopping at the first."""

    def __init__(self, table: Table, communities: Communities, already_known: KnownIds, today: date) -> None:
        self.table = table
        self.communities = communities
        self.already_known = already_known
        self.today = today
        self.report = Report(ignored_columns=table.ignored)
        self.drafts: list[Draft] = []

    def run(self, progress: Progress) -> Checked:
        """Examine every row; the households come out only when no problem was found."""
        for row in progress(self.table.rows):
            self.report.count(row.kind)
            if row.kind is Kind.DATA:
                self.drafts.append(self._read(row))
        if not self.drafts:
            raise Unreadable("file-no-rows")
        self._ids_apart()
        self._ids_new()
        households = [self._household(drafts) for drafts in self._by_household().values()]
        self.report.problems.sort(key=lambda problem: problem.row)
        return Checked(self.report, [found for found in households if found] if self.report.ok else [])

    def problem(self, draft: Draft, key: str, rule: str, /, **params: object) -> None:
        """Note a broken rule at a cell, its value masked; `key` empty means the whole row."""
        self.report.problems.append(
            Problem(
                row=draft.row,
                column=self.table.headers.get(key, ""),
                value=shown(BY_KEY[key], draft.texts.get(key, "")) if key else "",
                rule=rule,
                params=params,
            )
        )

    # --- first round: rows -----------------------------------------------------------------
    def _read(self, row: Row) -> Draft:
        draft = Draft(row.number)
        for column in COLUMNS:
            if column.key in row.cells:
                self._read_cell(draft, column, row.cells[column.key])
        self._row_belongs(draft)
        self._birth_agrees(draft)
        return draft

    def _read_cell(self, draft: Draft, column: Column, cell: cells.Cell) -> None:
        text = cells.as_text(cell)
        try:
            text = cells.tidy(text) if len(text) <= cells.LONGEST else text
            draft.texts[column.key] = text
            cells.refuse_unusable(text, column.limit)
            if text:
                value = column.parse(cell, text, self.today)
                draft.values[column.key] = (
                    self.communities.code(value) if column.key == "community" else value
                )
        except Unparsed as fault:
            self.problem(draft, column.key, fault.rule, **fault.params)
            return
        if not text and column.required and not column.of_household and column.key != "household":
            self.problem(draft, column.key, "id-missing" if column.key == "id_number" else "missing")

    def _row_belongs(self, draft: Draft) -> None:
        if not draft.texts["household"]:
            self.problem(draft, "household", "row-alone")
        if draft.values.get("id_number") == EXAMPLE_ID:
            self.problem(draft, "id_number", "example-row")

    def _birth_agrees(self, draft: Draft) -> None:
        number, born = draft.values.get("id_number"), draft.values.get("birth_date")
        if number and born and id_number.birth_date(number) != born:
            self.problem(draft, "birth_date", "birth-disagrees")

    # --- second round: ID numbers ------------------------------------------------------------
    def _ids_apart(self) -> None:
        first: dict[str, int] = {}
        for draft in self.drafts:
            number = draft.values.get("id_number")
            if number and first.setdefault(number, draft.row) != draft.row:
                self.problem(draft, "id_number", "id-twice", first=first[number])

    def _ids_new(self) -> None:
        numbers = {draft.values["id_number"] for draft in self.drafts if "id_number" in draft.values}
        known = self.already_known(numbers) if numbers else set()
        for draft in self.drafts:
            if draft.values.get("id_number") in known:
                self.problem(draft, "id_number", "id-known")

    # --- third round: households -------------------------------------------------------------
    def _by_household(self) -> Mapping[str, list[Draft]]:
        found: dict[str, list[Draft]] = {}
        for draft in self.drafts:
            key = draft.values.get("household")
            if key:
                found.setdefault(key, []).append(draft)
        return found

    def _household(self, drafts: list[Draft]) -> ImportedHousehold | None:
        self._one_head(drafts)
        shared = {column.key: self._shared(drafts, column) for column in COLUMNS if column.of_household}
        if self.report.problems:
            return None
        ordered = sorted(drafts, key=lambda draft: draft.values["relation"] != "head")
        return ImportedHousehold(
            key=drafts[0].values["household"],
            community=shared["community"],
            address=shared["address"] or "",
            account=shared["account"] or "",
            income=shared["income"],
            amount=shared["amount"],
            since=shared["since"],
            household_class=shared["household_class"] or "",
            interval=shared["interval"] or "stable",
            persons=tuple(_person(draft) for draft in ordered),
        )

    def _one_head(self, drafts: list[Draft]) -> None:
        heads = [draft for draft in drafts if draft.values.get("relation") == "head"]
        key = shown(BY_KEY["household"], drafts[0].texts["household"])
        # A relation that could not be read may be the head's: one fault is named once.
        if not heads and all("relation" in draft.values for draft in drafts):
            self.problem(drafts[0], "relation", "household-no-head", key=key)
        for second in heads[1:]:
            self.problem(second, "relation", "household-two-heads", key=key, first=heads[0].row)

    def _shared(self, drafts: list[Draft], column: Column) -> Any:
        """The household's one value of a column, from whichever of its rows state it."""
        stating = [draft for draft in drafts if draft.texts.get(column.key)]
        readable = [draft for draft in stating if column.key in draft.values]
        if not stating and column.required:
            head = next((draft for draft in drafts if draft.values.get("relation") == "head"), drafts[0])
            self.problem(head, column.key, "missing")
        if not readable:
            return None
        value = readable[0].values[column.key]
        for draft in readable[1:]:
            if draft.values[column.key] != value:
                self.problem(draft, column.key, "household-disagrees", first=readable[0].row)
        return value


def _person(draft: Draft) -> ImportedPerson:
    number = draft.values["id_number"]
    born = id_number.birth_date(number)
    assert born is not None  # the rules of the number have passed
    return ImportedPerson(
        row=draft.row,
        relation=draft.values["relation"],
        name=draft.values["name"],
        id_number=number,
        birth_date=born,
        phone=draft.values.get("phone", ""),
    )


def shown(column: Column, text: str) -> str:
    """A value as a report may show it: personal columns masked, signs that no screen shows by code point."""
    text = text[:_SHOWN] + "…" if len(text) > _SHOWN else text
    if column.mask is not None:
        return column.mask(text)
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def check_households(
    source: BinaryIO,
    *,
    communities: Iterable[tuple[str, str]],
    already_known: KnownIds,
    today: date,
    progress: Progress = iter,
) -> Checked:
    """Read and check a table of households; nothing is written.

    `communities`: (code, name) of every community of the register; `already_known`: which of these ID numbers
    the register has; `progress` may wrap the rows in a progress bar. Raises `Unreadable` when the file is no
    table at all; every fault of a row is in the report instead.
    """
    return Checks(open_table(source), Communities(communities), already_known, today).run(progress)
