"""Bring reported deaths into the register (死亡信息导入), to be matched before a list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from relief.confidential.blind import index_rows, subjects_with
from relief.confidential.models import BlindIndex
from relief.confidential.vault import subject_of
from relief.errors import Invalid, Reason
from relief.households.importing.cells import Unparsed, identity, past_day
from relief.households.importing.end_marked import (
    BadRow,
    BadRows,
    Column,
    Line,
    Progress,
    broken_rule,
    read_marked,
)
from relief.households.models import DeathRecord
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import DISTRICT, Area
from relief.trail import bulk, clock
from relief.trail.record import record
from relief.trail.verb import verb

ACT = "import-deaths"
ROLES = {Role.DISTRICT_CHECKER}
INDEX = "death-id"
SOURCE_LIMIT = 60

COLUMNS = (
    Column("id_number", "身份证号", ("id number",), "990101190001010012"),
    Column("died_on", "死亡日期", ("died on",), "2026-10-21"),
    Column("source", "来源", ("source",), "公安分局"),
)


@dataclass(frozen=True)
class Death:
    """One good row, in clear; lives only until its number is blinded."""

    id_number: str
    died_on: date
    source: str


@dataclass
class Deaths:
    """A file as it was read and judged: `new` deaths, `known` ones that are in the register already."""

    digest: str
    new: list[Death] = field(default_factory=list)
    known: int = 0
    bad: list[BadRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.new) + self.known + len({row.row for row in self.bad})


def look_at_deaths(content: bytes, *, by: Officer, progress: Progress = iter) -> Deaths:
    """Read and judge a file without writing anything. Raises NotAllowed, Unreadable."""
    acting(by, ROLES, DISTRICT)
    marked = read_marked(content, COLUMNS)
    deaths = Deaths(hashlib.sha256(content).hexdigest(), bad=list(marked.bad))
    found = _judged(progress(marked.lines), deaths.bad)
    registered = subjects_with(INDEX, [death.id_number for death in found])
    deaths.new = [death for death in found if death.id_number not in registered]
    deaths.known = len(found) - len(deaths.new)
    deaths.bad.sort(key=lambda bad: bad.row)
    return deaths


@verb(ACT)
def import_deaths(content: bytes, *, by: Officer, digest: str, progress: Progress = iter) -> Deaths:
    """Write the new deaths of a file that was looked at: `digest` is the SHA-256 that was shown.

    Authorities send lists that grow: who is in the register already is passed over, so the same file twice
    adds nothing. Of the number only its blind index is kept. One event for the file. Raises NotAllowed,
    Unreadable, Invalid (another file), BadRows (none is written).
    """
    if hashlib.sha256(content).hexdigest() != digest:
        raise Invalid(
            {"file": [Reason("file-differs", _("This is another file than the one you looked at."))]}
        )
    actor = acting(by, ROLES, DISTRICT)
    district = Area.objects.select_for_update(no_key=True).get(number=DISTRICT)  # one file at a time
    deaths = look_at_deaths(content, by=by, progress=progress)
    if deaths.bad:
        raise BadRows(deaths.bad)
    event = record(ACT, district, actor=actor, area=DISTRICT, clause="57-17")
    rows = bulk.create(
        DeathRecord, [DeathRecord(died_on=death.died_on, source=death.source) for death in deaths.new], event
    )
    indexes = [
        index
        for row, death in zip(rows, deaths.new, strict=True)
        for index in index_rows(subject_of(row), {INDEX: death.id_number})
    ]
    BlindIndex.objects.bulk_create(indexes, batch_size=500)
    return deaths


def _judged(lines: Iterable[Line], bad: list[BadRow]) -> list[Death]:
    """The good rows; the others are added to `bad`."""
    found: list[Death] = []
    seen: dict[str, int] = {}
    for line in lines:
        try:
            death = _death(line)
            if death.id_number in seen:
                raise Unparsed("person-twice", first=seen[death.id_number])
            seen[death.id_number] = line.row
            found.append(death)
        except Unparsed as broken:
            bad.append(BadRow(line.row, broken_rule(broken.rule, **broken.params)))
    return found


def _death(line: Line) -> Death:
    """What a row says. Raises Unparsed."""
    if not all(line.texts.values()):
        raise Unparsed("missing")
    if len(line.texts["source"]) > SOURCE_LIMIT:
        raise Unparsed("text-too-long", length=len(line.texts["source"]), limit=SOURCE_LIMIT)
    number, died_on = line.texts["id_number"], line.texts["died_on"]
    today = clock.today()
    return Death(identity(number, number, today), past_day(died_on, died_on, today), line.texts["source"])
