"""What became of every row of an imported table (导入结果)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from relief.households.importing.reader import Kind
from relief.households.importing.rules import Problem


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """One checked person; texts are normalised, `relation` is a code of `columns.RELATIONS`."""

    row: int
    relation: str
    name: str
    id_number: str
    birth_date: date
    phone: str


@dataclass(frozen=True)
class ImportedHousehold:
    """One checked household, head first; money in yuan per month, `since` the first day of a month."""

    key: str
    community: str
    address: str
    account: str
    income: Decimal | None
    amount: Decimal
    since: date
    household_class: str
    interval: str
    persons: tuple[ImportedPerson, ...]

    @property
    def head(self) -> ImportedPerson:
        """The applicant (户主)."""
        return self.persons[0]


@dataclass
class Report:
    """All or nothing: one problem anywhere and no row is written.

    Always `rows_read == written + refused + held_back`; blank, title (the column names among them) and total
    rows are counted apart.
    """

    rows_read: int = 0
    blank_rows: int = 0
    title_rows: int = 0
    total_rows: int = 0
    written: int = 0
    problems: list[Problem] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the rows may be written."""
        return not self.problems

    @property
    def refused(self) -> int:
        """Rows with a fault of their own or of their household."""
        return len({problem.row for problem in self.problems})

    @property
    def held_back(self) -> int:
        """Rows without fault that were not written: other rows' faults hold them back."""
        return self.rows_read - self.written - self.refused

    def count(self, kind: Kind) -> None:
        """Account for one row of the file."""
        if kind is Kind.DATA:
            self.rows_read += 1
        elif kind is Kind.BLANK:
            self.blank_rows += 1
        elif kind is Kind.TITLE:
            self.title_rows += 1
        else:
            self.total_rows += 1


@dataclass(frozen=True)
class Checked:
    """The outcome of the checks: the report, and the households when nothing stands against them."""

    report: Report
    households: list[ImportedHousehold]
