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
        call_command("migrate", verbosity=0, interactive=False)
        yield


def test_nothing_is_lost_on_the_way_to_the_newest_code(upgraded: None) -> None:
    """One test, for the way takes a minute: guards, history, lists, journal, and what was sealed."""
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
