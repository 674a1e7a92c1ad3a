"""`manage.py check_trail` finds nothing after a demo load, and names exactly what went past the trail."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from relief.applications.models import Application
from relief.awards.models import Award
from relief.households.models import Household
from relief.ledger.models import Publication
from relief.places.models import Board, Station
from relief.projects.sunshine.models import IncomeTotals
from relief.standards.models import CalendarDay
from relief.trail import triggers
from relief.trail.models import TrailHead

HELD = "The trail holds: guards, history, acts, journal and heads fit together.\n"


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def without(guard: str, table: str) -> Iterator[None]:
    """The guard is dropped, and made again as if nothing had happened."""
    where = "" if connection.vendor == "sqlite" else f' ON "{table}"'
    run(f'DROP TRIGGER "{guard}"{where}')
    yield
    triggers.install(connection)


def first_of(model: type) -> int:
    return model.objects.order_by("pk").values_list("pk", flat=True)[0]


def changed_by_sql() -> tuple[str, int]:
    pk = first_of(Application)
    run("UPDATE relief_application SET decided_amount = 9999 WHERE id = %s", pk)
    return "relief_application", pk


def changed_and_changed_back() -> tuple[str, int]:
    """The row is as it was; only the witness remembers."""
    pk = first_of(Household)
    run("UPDATE relief_household SET kind = 'other' WHERE id = %s", pk)
    kind = Household.history.filter(id=pk).order_by("-history_id")[0].kind
    run("UPDATE relief_household SET kind = %s WHERE id = %s", kind, pk)
    return "relief_household", pk


def inserted_by_sql() -> tuple[str, int]:
    run(
        "INSERT INTO relief_calendarday (code, version, day, working, source) "
        "VALUES ('0123456789abcdef0123456789abcdef', 1, '2030-01-01', 1 = 1, 'nobody')"
    )
    return "relief_calendarday", CalendarDay.objects.get(source="nobody").pk


def deleted_by_sql() -> tuple[str, int]:
    pk = first_of(IncomeTotals)
    run("DELETE FROM relief_incometotals WHERE id = %s", pk)
    return "relief_incometotals", pk


def changed_without_a_witness() -> tuple[str, int]:
    pk = first_of(Award)
    with without("relief_award_wit_u", "relief_award"):
        run("UPDATE relief_award SET status = 'ended' WHERE id = %s", pk)
    return "relief_award", pk


def inserted_without_a_witness() -> tuple[str, int]:
    with without("relief_station_wit_i", "relief_station"):
        run(
            "INSERT INTO relief_station (code, version, area_id, name_zh, name_en, address_zh, address_en, "
            "phone) SELECT '0123456789abcdef0123456789abcdef', 1, area_id, 'x', 'x', 'x', 'x', 'x' "
            "FROM relief_station ORDER BY id LIMIT 1"
        )
    return "relief_station", Station.objects.get(name_en="x").pk


def history_rewritten() -> tuple[str, int]:
    pk = first_of(Board)
    with without("relief_historicalboard_ao_u", "relief_historicalboard"):
        run("UPDATE relief_historicalboard SET name_en = 'x' WHERE id = %s", pk)
    return "relief_board", pk


def publication_removed() -> tuple[str, int]:
    with without("relief_publication_ao_d", "relief_publication"):
        run("DELETE FROM relief_publication WHERE seq = 2")
    return Publication._meta.db_table, 2


PLANTS = (
    changed_by_sql,
    changed_and_changed_back,
    inserted_by_sql,
    deleted_by_sql,
    changed_without_a_witness,
    inserted_without_a_witness,
    history_rewritten,
    publication_removed,
)


def named() -> set[tuple[str, int]]:
    """The rows that check_trail names."""
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("check_trail", stdout=out)
    assert error.value.returncode == 1
    rows = [re.fullmatch(r"(\w+), row (\d+): .+", line) for line in out.getvalue().splitlines()]
    return {(found[1], int(found[2])) for found in rows if found}


def test_exactly_what_went_past_the_trail_is_named(scratch_demo):
    out = io.StringIO()
    call_command("check_trail", stdout=out)
    assert out.getvalue() == HELD  # a whole demo load left no difference
    planted = {plant() for plant in PLANTS}
    assert len(planted) == len(PLANTS)
    assert named() == planted


def test_a_head_tells_what_no_row_shows_any_more(scratch_demo):
    """History and row rewritten alike, every guard back in its place: the head taken before doesn't fit."""
    call_command("seal_trail", stdout=io.StringIO())
    pk = first_of(Board)
    with without("relief_historicalboard_ao_u", "relief_historicalboard"):
        run("UPDATE relief_historicalboard SET name_en = 'x' WHERE id = %s", pk)
    with without("relief_board_wit_u", "relief_board"):
        run("UPDATE relief_board SET name_en = 'x' WHERE id = %s", pk)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_trail", stdout=out)
    head = TrailHead.objects.order_by("-pk").first()
    assert out.getvalue() == f"Head {head.pk}: rows before it were altered.\n"
