"""Standing households come in with seals, indexes, history, events and awards, or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from relief.awards.models import Award, AwardPeriod, ImportBatch
from relief.awards.standing_import import (
    ImportRefused,
    StandingFile,
    check_standing_file,
    import_standing_households,
    registered,
)
from relief.confidential.models import BlindIndex, DataKey
from relief.confidential.vault import open_columns
from relief.households.id_number import make_demo_id
from relief.households.importing.rules import Unreadable
from relief.households.models import Household, Membership, Person
from relief.places.models import Area, Level
from relief.trail import bulk
from relief.trail.actor import Robot
from relief.trail.models import Event, Refusal
from relief.trail.record import record
from relief.trail.verify import differences
from tests.relief.households.tables import CHILD_ID, HEAD_ID, HEADERS, head, line, member, xlsx

ROBOT = Robot("test-import")
TRACKED = (Household, Person, Membership, Award, AwardPeriod, ImportBatch)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def communities(db: None) -> None:
    area = Area(number="10101", level=Level.COMMUNITY, name_zh="青泥社区", name_en="Qingni community")
    bulk.create(Area, [area], record("set-up", area, actor=ROBOT.actor()))


def checked(*rows: dict[str, Any]) -> StandingFile:
    return check_standing_file(xlsx(["名册"], HEADERS, *(line(row) for row in rows)), by=ROBOT)


def bring_in(*rows: dict[str, Any]) -> ImportBatch:
    return import_standing_households(checked(*rows), by=ROBOT, benefit="guarantee")


def test_a_household_comes_in_whole_and_sealed() -> None:
    batch = bring_in(head(interval="6个月"), member())
    assert (batch.rows_read, batch.households, batch.persons) == (2, 1, 2)
    household = Household.objects.get()
    assert (household.community_id, household.kind) == ("10101", "irregular")
    opened = open_columns(household, ("address", "phone", "account"), by=ROBOT, purpose="test")
    assert opened == {"address": "示例路1号", "phone": "13900000000", "account": "6222000000000000017"}
    people = [row.person for row in Membership.objects.filter(household=household).order_by("pk")]
    texts = [
        open_columns(person, ("name", "id_number", "birth_date"), by=ROBOT, purpose="test")
        for person in people
    ]
    assert texts == [
        {"name": "王英", "id_number": HEAD_ID, "birth_date": "1961-05-03"},
        {"name": "王小明", "id_number": CHILD_ID, "birth_date": "2012-02-29"},
    ]
    assert registered({HEAD_ID, CHILD_ID, "x"}) == {HEAD_ID, CHILD_ID}


def test_the_award_stands_since_the_month_of_the_file_and_names_its_batch() -> None:
    batch = bring_in(head(household_class="A类"), member())
    period = AwardPeriod.objects.select_related("award").get()
    assert (period.award.household_class, period.household_income) == ("A", Decimal("860.00"))
    assert (period.amount, period.persons, period.from_month) == (Decimal("1326.00"), 2, date(2021, 7, 1))
    assert (period.until_month, period.import_batch, period.source_entry) == (None, batch, None)
    assert (period.award.status, period.award.benefit, period.award.community_id) == (
        "active",
        "guarantee",
        "10101",
    )


def test_every_row_has_one_history_row_and_every_thing_one_event() -> None:
    bring_in(head(), member(), head(household="8", id_number=make_demo_id(date(1950, 1, 1), 1), name="李"))
    assert list(differences()) == []


def test_events_name_the_batch_as_their_cause() -> None:
    bring_in(head(), member())
    cause, household, award = Event.objects.exclude(act="set-up").order_by("pk")
    assert (cause.act, household.act, award.act) == ("import-households", "import-household", "open-award")
    assert household.cause_id == award.cause_id == cause.pk
    for model in TRACKED:
        assert {row.event_id for row in model.history.all()} <= {cause.pk, household.pk, award.pk}
        assert model.history.count() == model.objects.count() > 0


def test_one_bad_row_and_nothing_is_written_but_the_refusal() -> None:
    file = checked(head(), member(amount="-5"))
    with pytest.raises(ImportRefused) as caught:
        import_standing_households(file, by=ROBOT, benefit="guarantee")
    report = caught.value.report
    assert (report.rows_read, report.written, report.refused, report.held_back) == (2, 0, 1, 1)
    assert not any(model.objects.exists() for model in (*TRACKED, DataKey, BlindIndex))
    assert Event.objects.exclude(act="set-up").count() == 0
    (refusal,) = Refusal.objects.all()
    assert (refusal.act, refusal.kind, refusal.reasons) == (
        "import-households",
        "invalid",
        ["money-negative"],
    )


def test_who_is_registered_already_is_refused_also_when_it_happened_since_the_check() -> None:
    early = checked(head())
    bring_in(head())
    assert [problem.rule for problem in checked(head(household="9")).checked.report.problems] == ["id-known"]
    with pytest.raises(ImportRefused):
        import_standing_households(early, by=ROBOT, benefit="guarantee")
    assert Household.objects.count() == 1


def test_a_file_that_is_no_table_leaves_an_entry_in_the_log_of_refusals() -> None:
    with pytest.raises(Unreadable):
        check_standing_file(BytesIO(b"%PDF-1.7"), by=ROBOT)
    assert Refusal.objects.get().reasons == ["file-no-workbook"]


def test_the_command_writes_its_template_and_names_faults_without_private_values(tmp_path: Path) -> None:
    template, table, shown = tmp_path / "template.xlsx", tmp_path / "table.xlsx", StringIO()
    call_command("import_households", template=template, stdout=shown)
    assert template.read_bytes().startswith(b"PK")
    table.write_bytes(xlsx(HEADERS, line(head()), line(member(relation="邻居"))).getvalue())
    with pytest.raises(CommandError):
        call_command("import_households", table, stdout=shown)
    text = shown.getvalue()
    assert "与申请人关系" in text
    assert "relation-unknown" in text
    assert not any(secret in text for secret in (HEAD_ID, CHILD_ID, "王英", "13900000000"))
    table.write_bytes(xlsx(HEADERS, line(head()), line(member())).getvalue())
    call_command("import_households", table, check=True, stdout=shown)
    assert Household.objects.count() == 0
    call_command("import_households", table, stdout=shown)
    assert Household.objects.count() == 1


@pytest.mark.parametrize("options", [{}, {"by": "nobody"}])
def test_the_command_says_what_it_needs(options: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        call_command("import_households", *([tmp_path / "missing.csv"] if options else []), **options)
    assert str(caught.value)
