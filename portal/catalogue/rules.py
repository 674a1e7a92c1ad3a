"""The one rule set of the check (自查规则), pure over facts: for the public, the nightly run and staff.

A row is green, amber (to be seen to) or red (a duty isn't met); findings say why, by code. Words: `words.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from portal.catalogue.rows import LIMIT, Row

#: a page published too late stays a finding for so many days: the past can't be mended
LATE_IS_TOLD = 365


class Level(IntEnum):
    """How bad; the worst finding of a row is the row's."""

    GREEN = 0
    AMBER = 1
    RED = 2

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Item:
    """What stands in a row: a page (`key` its uuid) or a public list (`key` its number).

    `public`: it is there and can be read; `ended`: a policy that holds no more; `dated`: a notice that stands
    in; `broken`: the links in it that lead nowhere.
    """

    key: str
    title: str
    url: str = ""
    type: str = ""
    signed: date | None = None
    published: date | None = None
    updated: date | None = None
    public: bool = True
    ended: bool = False
    dated: bool = False
    broken: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Said:
    """ "Nothing this period": until when it holds, who signed it, why."""

    until: date
    by: str = ""
    why: str = ""


@dataclass(frozen=True)
class RowFacts:
    """One row as it stands: its items, the statement that wasn't ended, the last check.

    `since` is the day of the first public list, where lists satisfy the row and only the newest is an item.
    `listings` brought some of the items here; by themselves they satisfy nothing.
    """

    row: Row
    items: tuple[Item, ...] = ()
    said: Said | None = None
    checked: date | None = None
    checked_by: str = ""
    since: date | None = None
    listings: tuple[Item, ...] = ()

    @property
    def counting(self) -> tuple[Item, ...]:
        """Items that satisfy the row: public, and still holding."""
        return tuple(item for item in self.items if item.public and not item.ended)

    @property
    def earlier(self) -> int:
        """Items that are public and hold no more."""
        return sum(item.public and item.ended for item in self.items)

    @property
    def first_published(self) -> date | None:
        days = [self.since, *(item.published for item in self.items if item.public)]
        return min((day for day in days if day), default=None)

    @property
    def updated(self) -> date | None:
        days = [item.updated or item.published for item in self.items if item.public]
        return max((day for day in days if day), default=None)


@dataclass(frozen=True)
class Finding:
    """One thing that isn't as it should be. `row` is empty for a page that stands in no row.

    `file` is the name of a file of the page, `why` codes of what is wrong with it.
    """

    code: str
    level: Level
    row: str = ""
    subject: str = ""
    url: str = ""
    day: date | None = None
    number: int = 0
    file: str = ""
    why: str = ""


@dataclass(frozen=True)
class Verdict:
    """A row's state (`satisfied`, `stated`, `empty`) with its findings."""

    facts: RowFacts
    state: str
    findings: tuple[Finding, ...] = ()

    @property
    def level(self) -> Level:
        return max((finding.level for finding in self.findings), default=Level.GREEN)

    @property
    def by_notice(self) -> bool:
        """Whether nothing but dated notices satisfies the row."""
        items = self.facts.counting
        return bool(items) and all(item.dated for item in items)


@dataclass(frozen=True)
class Report:
    """The whole: a verdict for each row, and the pages that stand where they shouldn't."""

    day: date
    rows: tuple[Verdict, ...]
    pages: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*(finding for verdict in self.rows for finding in verdict.findings), *self.pages)

    @property
    def level(self) -> Level:
        return max((finding.level for finding in self.findings), default=Level.GREEN)

    def count(self, level: Level) -> int:
        return sum(finding.level == level for finding in self.findings)


Counting = Callable[[date, date], int]


def check(rows: Iterable[RowFacts], filed: Iterable[Item], today: date, working_days: Counting) -> Report:
    """Judge every row and every page that belongs into one (`filed`).

    `working_days(after, last)` counts from the day after `after` to `last`.
    """
    facts = list(rows)
    verdicts = tuple(judge(one, today, working_days) for one in facts)
    return Report(today, verdicts, (*_orphans(facts, filed), *_in_two_rows(facts)))


def judge(facts: RowFacts, today: date, working_days: Counting) -> Verdict:
    """One row by itself."""
    found = [*_dead(facts), *_late(facts, today, working_days)]
    if facts.counting:
        return Verdict(facts, "satisfied", (*found, *_silent(facts, today)))
    if facts.said is None:
        return Verdict(facts, "empty", (*found, Finding("empty", Level.RED, facts.row.key)))
    if facts.said.until < today:
        expired = Finding("statement-expired", Level.AMBER, facts.row.key, day=facts.said.until)
        return Verdict(facts, "empty", (*found, expired))
    return Verdict(facts, "stated", tuple(found))


def _dead(facts: RowFacts) -> Iterable[Finding]:
    """Pages of the row that can't be read any more, and links in its pages that lead nowhere."""
    for item in facts.items:
        if not item.public:
            yield Finding("dead-page", Level.RED, facts.row.key, item.title, item.url)
        for target in item.broken:
            yield Finding("dead-link", Level.RED, facts.row.key, item.title, target)


def _late(facts: RowFacts, today: date, working_days: Counting) -> Iterable[Finding]:
    """What was published later than the limit after it was signed."""
    for item in facts.items:
        if not (item.public and item.signed and item.published) or item.published <= item.signed:
            continue
        taken = working_days(item.signed, item.published)
        if taken > LIMIT and (today - item.published).days <= LATE_IS_TOLD:
            yield Finding("late", Level.AMBER, facts.row.key, item.title, item.url, number=taken - LIMIT)


def _silent(facts: RowFacts, today: date) -> Iterable[Finding]:
    """Neither updated nor checked within the row's cycle."""
    newest = max((day for day in (facts.updated, facts.checked) if day), default=None)
    if newest is None or (today - newest).days > facts.row.cycle:
        yield Finding("silent", Level.AMBER, facts.row.key, day=newest, number=facts.row.cycle)


def _orphans(rows: Iterable[RowFacts], filed: Iterable[Item]) -> Iterable[Finding]:
    held = {item.key for row in rows for item in row.items}
    for item in filed:
        if item.public and item.key not in held:
            yield Finding("orphan", Level.RED, subject=item.title, url=item.url)


def _in_two_rows(rows: Iterable[RowFacts]) -> Iterable[Finding]:
    """A page satisfies one row; in a second it hides that the second has nothing of its own."""
    seen: dict[str, str] = {}
    for row in rows:
        for item in row.items:
            first = seen.setdefault(item.key, row.row.key)
            if first != row.row.key:
                yield Finding("two-rows", Level.AMBER, row.row.key, item.title, item.url)
