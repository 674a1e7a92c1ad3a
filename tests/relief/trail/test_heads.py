"""Heads of the trail, the two commands, and what an insider with the database in hand can't hide."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models

from relief.ledger.models import JournalHead
from relief.places.models import Area
from relief.places.set_up import enter_area
from relief.trail.verify import broken_heads, differences, take_head


def streets(*numbers: str) -> None:
    for number in numbers:
        enter_area(number, name_zh="街道", name_en="Street")


def as_owner(statement: str, *tables: str) -> None:
    """Run SQL as one who may drop the guards."""
    with connection.cursor() as cursor:
        for table in tables:
            for kind in ("u", "d"):
                where = f'ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER "{table}_ao_{kind}" {where}')
        cursor.execute(statement)


def said(command: str, **options) -> str:
    out = io.StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


TAMPERED = {
    "an act": ("UPDATE relief_event SET actor_name = 'nobody' WHERE id = 1", "relief_event"),
    "a row of history": (
        "UPDATE relief_historicalarea SET name_en = 'x' WHERE history_id = 1",
        "relief_historicalarea",
    ),
    "a value made empty": (
        "UPDATE relief_historicalarea SET history_change_reason = NULL WHERE history_id = 1",
        "relief_historicalarea",
    ),
    "a row cut out": ("DELETE FROM relief_historicalarea WHERE history_id = 1", "relief_historicalarea"),
    "the tail cut off": ("DELETE FROM relief_event WHERE id = 3", "relief_event"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_altered_rows_break_the_head(scratch, what):
    streets("101", "102", "103")
    take_head()
    streets("104")
    take_head()
    assert broken_heads() == []
    as_owner(*TAMPERED[what])
    assert broken_heads() == ["head 1: rows before it were altered"]
    with pytest.raises(CommandError, match="No new head"):
        call_command("seal_trail")


def test_a_rewritten_chain_differs_from_the_copy_kept_outside(scratch, tmp_path):
    kept = tmp_path / "heads.jsonl"
    streets("101")
    assert json.loads(said("seal_trail", out=kept)) == json.loads(kept.read_text())
    assert "The trail holds" in said("check_trail", heads=kept)
    as_owner("DELETE FROM relief_trailhead", "relief_trailhead")
    as_owner("UPDATE relief_event SET actor_name = 'nobody'", "relief_event")
    take_head()
    assert broken_heads() == []
    with pytest.raises(CommandError) as error:
        said("check_trail", heads=kept)
    assert error.value.returncode == 1


def test_check_trail_names_what_differs_and_exits_with_1(scratch):
    streets("101")
    assert "The trail holds" in said("check_trail")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE relief_area SET name_en = 'x'")
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("check_trail", stdout=out)
    assert error.value.returncode == 1
    assert "relief_area, row 1: 2 writes, 1 history rows." in out.getvalue()


def test_a_file_that_is_no_file_of_heads_is_said_in_words(scratch, tmp_path):
    (tmp_path / "heads").write_text("not json")
    with pytest.raises(CommandError, match="can't be read as a file of heads"):
        call_command("check_trail", heads=tmp_path / "heads")


@pytest.mark.both
@pytest.mark.django_db
def test_a_column_added_later_leaves_the_heads_as_they_are():
    streets("101")
    take_head()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE relief_historicalarea ADD COLUMN later text NULL")
    column = Area.history.model._meta.get_field("actor_area").clone()
    column.null = True
    column.contribute_to_class(Area.history.model, "later")
    try:
        assert broken_heads() == []
    finally:
        Area.history.model._meta.local_fields.remove(column)
        Area.history.model._meta._expire_cache()


@pytest.mark.both
@pytest.mark.django_db
def test_rows_without_an_act_and_gaps_of_the_journal_are_named():
    streets("101")
    forged = Area.history.get()
    forged.pk, forged.event_id = None, 999  # an act that was never written
    models.QuerySet(Area.history.model).bulk_create([forged])
    models.QuerySet(Area).update(version=1)  # so that the counts fit
    JournalHead.objects.filter(pk=1).update(seq=1)
    assert {difference.what for difference in differences()} == {
        "names no act",
        "a number of the journal is missing",
    }
