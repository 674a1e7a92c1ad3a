"""The guards inside the database: append-only tables stay as written, and missing guards are an error."""

from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from relief.applications.models import Application, ClockChange
from relief.applications.submit import open_draft
from relief.awards.models import Adjustment, Award, ImportBatch
from relief.confidential.vault import vault_of
from relief.decisions.models import CheckBatch, DemocraticReview, RegisterHit
from relief.errors import Refused
from relief.households.models import DeathRecord
from relief.officers.models import Role
from relief.officers.relatives import StaffRelative
from relief.places.models import Area, Board
from relief.places.set_up import SETUP, enter_station
from relief.publicity.correction_models import Correction, CorrectionRow
from relief.publicity.evidence_models import BoardEvidence, BoardPhoto, Supplement
from relief.publicity.gate_models import GateVerdict
from relief.publicity.models import Entry, PublicList, Response, Retraction
from relief.publicity.response_models import ResponseFile
from relief.standards.models import CalendarDay
from relief.trail import clock, triggers
from relief.trail.models import Event
from relief.trail.record import record
from relief.trail.tracked import Tracked
from relief.trail.verify import differences, missing_guards, take_head
from tests.factories import cases
from tests.factories.district import District, make_district
from tests.factories.portal_rows import fill_the_portal


def fill_every_table() -> None:
    """At least one row in every append-only table: a case announced, and what it does not need."""
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        case = cases.approved(district)
        cases.announced(district)
        with pytest.raises(Refused):
            open_draft(
                case.household,
                applicant=case.applicant,
                benefit="guarantee",
                by=district.officer(Role.AUDITOR),
            )
        enter_station(
            district.areas["101"], name_zh="站", name_en="S", address_zh="路", address_en="R", phone="1"
        )
        day = CalendarDay(day=date(2027, 1, 4), working=True, source="notice")
        day.save(event=record("enter-day", day, actor=SETUP.actor()))
        batch = ImportBatch(file_sha256="0" * 64, rows_read=1, households=1, persons=1)
        batch.save(event=record("import", batch, actor=SETUP.actor()))
        fill_what_a_normal_case_leaves_empty(case, district)
        fill_the_portal(district)
        take_head()
    connection.check_constraints()  # PostgreSQL truncates nothing while a check is put off


def fill_what_a_normal_case_leaves_empty(case: Application, district: District) -> None:
    """Rows of objections, registers and clocks, written as their verbs write them: signed by an event."""
    day, vault = clock.today(), vault_of(case.household)
    event = record("test", case, actor=SETUP.actor(), area=case.area)
    entry = Entry.objects.get(application_id=case.pk, public_list__kind="gs")
    sealed = {"name": vault.seal("relative.name", "甲"), "id_number": vault.seal("relative.id-number", "1")}
    tracked: list[Tracked] = [
        CheckBatch(source="tax", file_digest="0" * 64, rows=1, mismatches=0),
        DeathRecord(died_on=day, source="notice"),
        StaffRelative(officer=district.officer(Role.EDITOR), relation="spouse", declared_on=day, **sealed),
        DemocraticReview(
            application=case, held_on=day, participants=9, representatives=7, votes_for=9, votes_against=0,
            minutes=vault.seal("democratic-review.minutes", "记录"),
        ),
        RegisterHit(application=case, kind="death", person=case.applicant, reference="x", found_on=day),
        Response(
            number="fy-1", public_list=entry.public_list, application=case, kind="not-eligible", named=False,
            channel="letter", received_on=day, words=vault.seal("response.words", "不符合条件"),
        ),
    ]  # fmt: skip
    for row in tracked:
        row.save(event=event)
    ClockChange.objects.create(
        application=case, act="stop-clock", from_date=day, reason="illness", event_id=event.pk
    )
    Retraction.objects.create(entry=entry, reason="withdrawn", event_id=event.pk, at=event.at)
    fill_what_hangs_on_a_list(entry.public_list, case, event)


def fill_what_hangs_on_a_list(public_list: PublicList, case: Application, event: Event) -> None:
    """Rows of boards, corrections, the gate, files and adjustments."""
    day, signed = clock.today(), {"event_id": event.pk}
    dated = {**signed, "at": event.at}
    board = Board.objects.first()
    photo = BoardPhoto.objects.create(
        public_list=public_list, stored_as="2026/03/x", source_sha256="0" * 64, pixel_sha256="0" * 64,
        look="0" * 64, width=1, height=1, size=1, **dated,
    )  # fmt: skip
    BoardEvidence.objects.create(
        public_list=public_list, board=board, step="printed", happened_on=day, photo=photo, **dated
    )
    Supplement.objects.create(
        public_list=public_list, board=board, missing_from=day, missing_until=day, days=1, ended_before=day,
        ends_after=day, **dated,
    )  # fmt: skip
    correction = Correction(public_list=public_list, note_zh="更正", note_en="Corrected", proposed_on=day)
    correction.save(event=event)
    CorrectionRow.objects.create(
        correction=correction, change="changed", row_number=1, application_id=case.pk, version=1,
        reason="data", **signed,
    )  # fmt: skip
    GateVerdict.objects.create(
        public_list=public_list, fingerprint="0" * 64, passed=True, findings=[], forms=[], **dated
    )
    ResponseFile.objects.create(
        response=Response.objects.get(number="fy-1"), stored_as="x", sha256="0" * 64, size=1, **signed
    )
    award = Award.objects.get(household=case.household)
    Adjustment(award=award, kind="ended", reason="income", from_month=day, decided_on=day).save(event=event)


def attacks(table: str, key: str, column: str) -> dict[str, str]:
    """Ways to rewrite a row; `column` is any column but the key."""
    upsert = f'ON CONFLICT ("{key}") DO UPDATE SET "{column}" = excluded."{column}"'
    common = {
        "update": f'UPDATE "{table}" SET "{column}" = "{column}"',
        "delete": f'DELETE FROM "{table}"',
        "upsert": f'INSERT INTO "{table}" SELECT * FROM "{table}" WHERE true {upsert}',
    }
    if connection.vendor == "sqlite":
        return {
            **common,
            "replace": f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}"',
            "update or replace": f'UPDATE OR REPLACE "{table}" SET "{column}" = "{column}"',
        }
    replica = "SET LOCAL session_replication_role = replica; "
    return {**common, "truncate": f'TRUNCATE "{table}" CASCADE', "as a replica": replica + common["update"]}


def withstands(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def table_models() -> list[type[models.Model]]:
    histories = [model.history.model for model in triggers.tracked_models()]
    tables = set(triggers.append_only_tables())
    found = {model._meta.db_table: model for model in [*apps.get_models(), *histories]}
    return [found[table] for table in sorted(tables)]


@pytest.mark.both
@pytest.mark.django_db
def test_nothing_rewrites_an_append_only_row():
    fill_every_table()
    empty, gave_way = [], []
    for model in table_models():
        table, key = model._meta.db_table, model._meta.pk.column
        column = next(field.column for field in model._meta.concrete_fields if not field.primary_key)
        if not models.QuerySet(model).exists():
            empty.append(table)
        gave_way += [
            f"{table}: {name}"
            for name, statement in attacks(table, key, column).items()
            if not withstands(statement)
        ]
    assert empty == []
    assert gave_way == []
    assert list(differences()) == []


@pytest.mark.both
@pytest.mark.django_db
def test_simple_history_cannot_clean_up_after_itself():
    fill_every_table()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        call_command("clean_old_history", "relief.Household", days=-1, verbosity=0)


@pytest.mark.both
@pytest.mark.django_db
def test_replacing_a_tracked_row_is_counted():
    fill_every_table()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT OR REPLACE INTO relief_standard SELECT * FROM relief_standard")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE relief_standard SET value = value")
            cursor.execute("SET LOCAL session_replication_role = origin")
    assert {d.table for d in differences() if "writes" in d.what} == {"relief_standard"}


def test_every_guard_that_is_gone_is_named_and_comes_back(scratch):
    assert missing_guards() == []
    table = "relief_event"
    on_table = f'ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{table}_ao_u" {on_table}')
    assert missing_guards() == [f"{table}_ao_u"]
    (found,) = triggers.check_guards(databases=["default"])
    assert (found.id, f"{table}_ao_u" in found.msg) == ("relief.E001", True)
    call_command("migrate", verbosity=0)
    assert missing_guards() == []
    assert triggers.check_guards(databases=["default"]) == []


def test_a_table_to_come_keeps_nobody_from_migrating(scratch, monkeypatch):
    """`migrate` checks before it makes the tables of a newer version; a portal that serves is stricter."""
    monkeypatch.setattr(triggers, "append_only_tables", lambda: ["relief_event", "relief_of_tomorrow"])
    assert triggers.check_guards(databases=["default"]) == []
    assert "relief_of_tomorrow_ao_u" in missing_guards()


def test_guards_survive_a_migration_that_rebuilds_a_table(scratch):
    """SQLite drops a table's triggers silently when it is rebuilt; `post_migrate` installs them again."""
    model = Area.history.model
    old = model._meta.get_field("name_en")
    new = models.CharField(max_length=99, null=True)
    new.set_attributes_from_name("name_en")
    new.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)
    if connection.vendor == "sqlite":
        assert missing_guards() == ["relief_historicalarea_ao_d", "relief_historicalarea_ao_u"]
    call_command("migrate", verbosity=0)
    assert missing_guards() == []


@pytest.mark.postgres
def test_a_disabled_trigger_counts_as_missing(scratch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE relief_event DISABLE TRIGGER relief_event_ao_u")
        cursor.execute("ALTER TABLE relief_event ENABLE TRIGGER relief_event_ao_d")  # not for replicas
    assert missing_guards() == ["relief_event_ao_d", "relief_event_ao_u"]
