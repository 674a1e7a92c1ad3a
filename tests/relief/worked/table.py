"""Read the cases that were worked by hand (`cases.md`): a heading, settings, one table row per day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

SOURCE = Path(__file__).with_name("cases.md")
NONE = "–"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Row:
    """What is done on a day, and how the case stands after it. `facts` are further sentences to hold."""

    day: date
    acts: tuple[str, ...]
    stage: str
    due: date | None
    limit: date | None
    facts: tuple[str, ...]
    law: str


@dataclass
class Case:
    """One worked case; `settings` are (name, value, from)."""

    title: str
    community: str = "10101"
    settings: list[tuple[str, str, date]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def worked_cases() -> list[Case]:
    """All cases of the file. Raises AssertionError for a date with the wrong weekday."""
    cases: list[Case] = []
    for line in SOURCE.read_text().splitlines():
        if line.startswith("## "):
            cases.append(Case(line.removeprefix("## ")))
        elif not cases:
            continue
        elif line.startswith("- community "):
            cases[-1].community = line.split()[-1]
        elif line.startswith("- setting "):
            name, _is, value, _from, day = line.removeprefix("- setting ").rsplit(" ", 4)
            cases[-1].settings.append((name, value, date.fromisoformat(day)))
        elif line.startswith("| 2"):
            cases[-1].rows.append(_row(line, cases[-1].rows))
    return cases


def _row(line: str, earlier: list[Row]) -> Row:
    day, acts, stage, due, limit, facts, law = [cell.strip() for cell in line.strip("|").split("|")]
    assert law, f"no clause: {line}"
    return Row(
        day=day_of(day),
        acts=tuple(acts.split(", ")),
        stage=stage,
        due=_day_or_none(due),
        limit=_day_or_none(limit) if limit else earlier[-1].limit,
        facts=tuple(filter(None, facts.split("; "))),
        law=law,
    )


def day_of(text: str) -> date:
    """`2026-03-02 Mon`; the weekday must be the day's own."""
    day, weekday = text.split()
    found = date.fromisoformat(day)
    assert WEEKDAYS[found.weekday()] == weekday, text
    return found


def _day_or_none(text: str) -> date | None:
    return None if text == NONE else day_of(text)
