"""Column health (栏目体检), pure over facts: what an inspection would find on the site besides the catalogue.

Limits are the inspection's vetoes: home page two weeks, columns six months, no column empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.catalogue.rows import HALF_A_YEAR
from portal.catalogue.rules import Finding, Level

#: days without anything new after which a home page is stale, and a column silent
HOME_LIMIT, COLUMN_LIMIT = 14, HALF_A_YEAR
#: columns that are renewed once a year: new in January, due on the 31st
YEARLY_LIMIT = 396
YEARLY = ("annualreportpage",)


@dataclass(frozen=True)
class Column:
    """A section or listing: how many pages it shows, the newest day, its limit in days."""

    title: str
    url: str
    count: int
    newest: date | None = None
    limit: int = COLUMN_LIMIT


@dataclass(frozen=True)
class Text:
    """A public page: links of it that lead nowhere, pictures without words, a missing interpretation.

    `check_by` is the day by which somebody must look at it again; `unread` names its files that the search
    can't read, each with the codes of why.
    """

    title: str
    url: str
    broken: tuple[str, ...] = ()
    wordless: int = 0
    uninterpreted: bool = False
    check_by: date | None = None
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Site:
    """What the health of the site is judged by. `home` is the day of the newest thing on the home page."""

    home: date | None
    columns: tuple[Column, ...] = field(default=())
    texts: tuple[Text, ...] = field(default=())


def health(site: Site, today: date) -> list[Finding]:
    """What is wrong, the worst first."""
    found = [*_home(site.home, today), *_columns(site.columns, today), *_texts(site.texts, today)]
    return sorted(found, key=lambda finding: -finding.level)


def _home(newest: date | None, today: date) -> Iterable[Finding]:
    if newest is None or (today - newest).days > HOME_LIMIT:
        yield Finding("home-stale", Level.RED, url="/", day=newest, number=HOME_LIMIT)


def _columns(columns: Iterable[Column], today: date) -> Iterable[Finding]:
    for one in columns:
        if not one.count:
            yield Finding("column-empty", Level.RED, subject=one.title, url=one.url)
        elif one.newest is None or (today - one.newest).days > one.limit:
            yield Finding(
                "column-silent", Level.AMBER, subject=one.title, url=one.url, day=one.newest, number=one.limit
            )


def _texts(texts: Iterable[Text], today: date) -> Iterable[Finding]:
    for one in texts:
        for target in one.broken:
            yield Finding("dead-link", Level.RED, subject=one.title, url=target)
        if one.wordless:
            yield Finding("no-alt", Level.AMBER, subject=one.title, url=one.url, number=one.wordless)
        for name, why in one.unread:
            yield Finding("unread-file", Level.AMBER, subject=one.title, url=one.url, file=name, why=why)
        if one.uninterpreted:
            yield Finding("no-interpretation", Level.AMBER, subject=one.title, url=one.url)
        if one.check_by is not None and one.check_by <= today:
            yield Finding("check-due", Level.AMBER, subject=one.title, url=one.url, day=one.check_by)
