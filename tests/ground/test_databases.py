"""The tests' own ground: copies are whole, real and apart."""

import threading

import pytest
from django.db import connection
from wagtail.models import Page, Site

from tests import databases, servers


@pytest.mark.parametrize("turn", [1, 2])
def test_a_scratch_database_starts_as_migrated_whatever_the_last_test_committed(scratch, turn):
    assert Site.objects.exclude(port=80).count() == 0
    Site.objects.create(hostname="scratch.example", port=8080, root_page=Page.objects.first())
    assert not connection.in_atomic_block


def test_threads_and_processes_see_what_was_committed(scratch):
    Site.objects.create(hostname="scratch.example", port=8080, root_page=Page.objects.first())
    seen = []

    def look() -> None:
        seen.append(Site.objects.filter(hostname="scratch.example").count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    ask = "from wagtail.models import Site; print(Site.objects.filter(port=8080).count())"
    answer = servers.manage(scratch, "shell", "--no-imports", "-c", ask)
    assert seen == [1]
    assert answer.stdout.strip() == "1", answer.stderr


def test_the_same_guards_stand_in_every_copy(scratch):
    copied = guards()
    with databases.pointed_at(databases.migrated_template()):
        assert copied == guards()
    assert copied


def guards() -> set[str]:
    """The names of all triggers."""
    if databases.on_sqlite():
        question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        question = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.postgres
def test_the_second_run_really_is_postgresql(db):
    assert connection.vendor == "postgresql"
