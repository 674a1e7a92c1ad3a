"""How long a district's standing households take from an .xlsx file into the register."""

import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from relief.awards.standing_import import check_standing_file, import_standing_households
from relief.households.id_number import make_demo_id
from relief.households.importing.columns import COLUMNS
from relief.places.models import Area, Level
from relief.trail import bulk, clock
from relief.trail.actor import Robot
from relief.trail.record import record
from tests import databases
from tests.bench import Figure, milliseconds

HOUSEHOLDS, PERSONS = 4_601, 8_880
ROBOT = Robot("bench")
COMMUNITIES = {f"101{place:02d}": f"示例第{place}社区" for place in range(1, 21)}


def measure() -> Iterator[Figure]:
    """One import on a database of its own: reading and checking, then writing with history and seals."""
    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder) / "bench.sqlite3") if databases.on_sqlite() else "bench_import"
        databases.drop(name)
        databases.copy(databases.migrated_template(), name)
        try:
            with databases.pointed_at(name):
                yield from _figures()
        finally:
            databases.drop(name)


def _figures() -> Iterator[Figure]:
    make_communities()
    source = standing_households(HOUSEHOLDS, PERSONS)
    files = []
    checking = milliseconds(lambda: files.append(check_standing_file(source, by=ROBOT))) / 1000
    assert files[0].checked.report.ok, files[0].checked.report.problems[:3]
    writing = milliseconds(lambda: import_standing_households(files[0], by=ROBOT, benefit="guarantee")) / 1000
    assert files[0].checked.report.written == PERSONS
    what = f"import of {HOUSEHOLDS:,} households / {PERSONS:,} persons from XLSX"
    yield Figure(f"{what}: reading and checks", checking, "s", 10)
    yield Figure(f"{what}: all, with checks, history and sealing", checking + writing, "s", 10)


def make_communities() -> None:
    """The communities that the table names."""
    from django.db import transaction

    with transaction.atomic():
        areas = [
            Area(number=number, level=Level.COMMUNITY, name_zh=name, name_en=f"Example community {number}")
            for number, name in COMMUNITIES.items()
        ]
        event = record("set-up", areas[0], actor=ROBOT.actor())
        bulk.create(Area, areas, event)


def standing_households(households: int, persons: int) -> BytesIO:
    """A workbook of so many households and persons, all invented, under an unassigned region code."""
    chance = random.Random(3)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("困难家庭")
    sheet.append(["某区存量困难家庭名册"])
    sheet.append([column.header for column in COLUMNS])
    sizes = [1 + (place < persons - households) for place in range(households)]
    sequence = 0
    for place, size in enumerate(sizes):
        for member in range(size):
            sequence += 1
            sheet.append(_row(place, member, sequence, chance))
    target = BytesIO()
    book.save(target)
    target.seek(0)
    return target


def _row(place: int, member: int, sequence: int, chance: random.Random) -> list[str | int | None]:
    born = date(1940, 1, 1) + timedelta(days=sequence % 20_000)
    name = chance.choice("赵钱孙李周吴郑王") + chance.choice("英明芳强")
    person = {
        "household": str(place + 1),
        "relation": "子女" if member else "户主",
        "name": name,
        "id_number": make_demo_id(born, 1 + sequence // 20_000),
    }
    if not member:
        person |= {
            "community": chance.choice(list(COMMUNITIES.values())),
            "address": f"示例路{place + 1}号",
            "phone": f"139{sequence:08d}",
            "account": f"6222{sequence:015d}",
            "income": str(chance.randrange(0, 1500)),
            "amount": str(chance.randrange(100, 2500)),
            "since": f"{clock.today().year - chance.randrange(1, 9)}-07",
        }
    return [person.get(column.key) for column in COLUMNS]
