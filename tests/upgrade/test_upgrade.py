"""The last landed demo, kept as a file, migrates to the newest code with nothing lost."""

import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from relief.applications.models import Application
from relief.households.models import Person
from relief.households.queries import open_names
from relief.ledger import journal
from relief.ledger.models import Publication
from relief.publicity.document import digest_holds
from relief.publicity.models import PublicList
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.triggers import missing
from relief.trail.verify import differences
from tests import databases

KEPT = Path(__file__).with_name("small-demo.sqlite3.xz")


@pytest.fixture
def upgraded(django_db_setup: None, django_db_blocker, tmp_path: Path) -> Iterator[None]:
    """The kept demo, migrated to the newest code. It is an SQLite file, so this runs on SQLite only."""
    name = tmp_path / "upgraded.sqlite3"
    name.write_bytes(lzma.decompress(KEPT.read_bytes()))
    with django_db_blocker.unblock(), databases.pointed_at(str(name)):
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)  # as by hand
        yield


@pytest.mark.long
def test_nothing_is_lost_on_the_way_to_the_newest_code(upgraded: None) -> None:
    """One test, for the way takes a minute: tables, guards, history, lists, journal, and what was sealed."""
    came_to = shape()
    with databases.pointed_at(databases.migrated_template()):
        assert came_to == shape()
    assert missing(connection) == []
    assert list(differences()) == []
    lists = list(PublicList.objects.exclude(number=None))
    assert len(lists) >= 6
    assert [public_list.number for public_list in lists if not digest_holds(public_list)] == []
    assert journal.head() == Publication.objects.count() > len(lists)
    assert Application.objects.count() >= 30
    assert Event.objects.filter(act="approve").exists()
    people = list(Person.objects.order_by("pk")[:3])
    names = open_names(people, by=Robot("upgrade-test"), purpose="upgrade-test")
    assert all(len(names[person.pk]) >= 2 for person in people)


def shape() -> set[tuple]:
    """What SQLite knows of its tables, whatever the order of their columns: the old road and the new one
    (a migration that replaces others) must come to the same."""
    found: set[tuple] = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        for kind, name, table, sql in cursor.fetchall():
            if kind != "table":
                found.add((kind, name, table, sql))
                continue
            found |= {(name, part.strip()) for part in top_level(sql[sql.index("(") + 1 : sql.rindex(")")])}
    return found


def top_level(columns: str) -> Iterator[str]:
    """Splits the body of a CREATE TABLE at the commas outside brackets and quotes."""
    depth, quoted, part = 0, False, ""
    for letter in columns:
        quoted ^= letter == "'"
        depth += 0 if quoted else {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth and not quoted:
            yield part
            part = ""
        else:
            part += letter
    yield part
