"""What one save costs with act, history and guards, beside the same change without any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from statistics import median

from django.db import connection, models, transaction

from relief.applications.models import Application
from relief.trail import clock, triggers
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from tests import databases
from tests.bench import Figure, milliseconds
from tests.bench.ground import own_database
from tests.factories.crowd import crowd
from tests.factories.district import make_district

SAVES = 300
ROBOT = Robot("bench")


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()), clock.moved_to(clock.at(date(2026, 3, 2))):
        (case,) = crowd(make_district(), 1)
        guarded = _each(lambda: _guarded(case.pk))
        triggers_only = _each(lambda: _plain(case.pk))
        _drop_guards()
        unguarded = _each(lambda: _plain(case.pk))
    yield Figure(f"unguarded save: one UPDATE and its commit, p50 of {SAVES}", unguarded, "ms")
    yield Figure("the same with the witness trigger", triggers_only, "ms")
    yield Figure("guarded save: event, compare-and-set, history, guards, commit", guarded, "ms")
    yield Figure("cost of the guards per save", guarded - unguarded, "ms")


def _each(save: Callable[[], object]) -> float:
    return median(milliseconds(save) for _turn in range(SAVES))


@transaction.atomic
def _guarded(pk: int) -> None:
    case = Application.objects.get(pk=pk)
    set_if(case, case.version, {"persons": 1}, record("bench", case, actor=ROBOT.actor()))


@transaction.atomic
def _plain(pk: int) -> None:
    case = Application.objects.get(pk=pk)
    models.QuerySet(Application).filter(pk=pk).update(persons=1, version=case.version + 1)


def _drop_guards() -> None:
    """This figure's own database is thrown away after it."""
    table = Application._meta.db_table
    where = "" if connection.vendor == "sqlite" else f' ON "{table}"'
    with connection.cursor() as cursor:
        for name in triggers._names(connection.vendor):
            if name.startswith(f"{table}_wit_"):
                cursor.execute(f'DROP TRIGGER "{name}"{where}')
