"""The sum of a list's amounts stays public for ever, unless it would tell of one household."""

from decimal import Decimal

import pytest

from relief.publicity import amounts
from relief.publicity.expire import expire_names
from relief.publicity.models import ListKind, PublicList, PublicRow
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from tests.factories import corrections, stages

pytestmark = pytest.mark.django_db


def total(stage: stages.Stage) -> Decimal:
    return sum((Decimal(str(row["amount"])) for row in stage.rows), Decimal(0))


@pytest.mark.parametrize("name", ["running", "closed", "announced", "expired", "deleted"])
def test_the_sum_outlives_the_names(client, name):
    stage = stages.STAGES[name](stages.ground())
    found = PublicList.objects.get(pk=stage.list.pk)
    assert total(stage) > 0
    assert found.amount_sum == total(stage)
    with stages.on(stage.day):
        page = client.get(f"/en{stage.path}").content.decode()
        document = client.get(f"{stage.path}data.json").json()
    assert f"{total(stage):,.0f} yuan a month" in page
    assert document["amount_sum"] == f"{total(stage):.2f}"


@pytest.mark.parametrize(
    ("households", "least_rows", "least_sum", "is_kept"),
    [
        (1, "0", "3", False),  # it would be the household's own amount
        (2, "0", "3", False),  # each of the two could work out the other's
        (3, "0", "3", True),
        (3, "0", "4", False),
        (3, "4", "3", False),  # a list of counts only
    ],
)
def test_a_sum_of_few_households_is_not_kept(client, households, least_rows, least_sum, is_kept):
    district = stages.ground()
    clause = Clause.objects.get(key="local")
    for name, value in (("disclosure.gs.least", least_rows), ("disclosure.sum.least", least_sum)):
        enter_standard(name, kind=Kind.NUMBER, value=value, from_date=stages.DAY, clause=clause)
    with stages.on(stages.DAY):
        found = stages.cases.posted(district, stages.published(district, households))
        page = client.get(f"/en/publicity/{found.number}/").content.decode()
        document = client.get(f"/publicity/{found.number}/data.json").json()
    assert (found.amount_sum is not None) == is_kept
    assert ("yuan a month" in page) == is_kept
    assert (document["amount_sum"] is not None) == is_kept


def test_a_correction_moves_the_sum(client):
    district = stages.ground()
    stage = stages.running(district)
    with stages.on(stage.day):
        corrections.corrected(district, stage.list)
        found = PublicList.objects.get(pk=stage.list.pk)
        rows = PublicRow.objects.filter(public_list=found, current=True).values_list("row", flat=True)
        assert found.amount_sum == sum(amounts.amount_in(row) for row in rows) != total(stage)


@pytest.mark.parametrize("complete", [True, False])
def test_the_sum_of_an_older_list_is_taken_before_its_rows_go(client, complete):
    """Frozen before sums were kept: while every row stands it is computed, else it is said not to be kept."""
    stage = stages.expired(stages.ground())
    with stages.on(stage.day):
        event = record("publish-list", stage.list, actor=Robot("test").actor(), area="101")
        older = set_if(stage.list, stage.list.version, {"amount_sum": None}, event)
        if not complete:
            PublicRow.objects.filter(public_list=older, row_number=1).delete()
        expire_names(older)
        page = client.get(f"/en{stage.path}").content.decode()
    older.refresh_from_db()
    assert older.amount_sum == (total(stage) if complete else None)
    assert ("not kept" in page) != complete


@pytest.mark.parametrize(
    ("kind", "columns", "adds_up"),
    [
        (ListKind.PRE_APPROVAL, ["row", "code", "amount"], True),
        (ListKind.STANDING, ["row", "code", "amount"], True),
        (ListKind.CHANGES, ["row", "code", "change", "amount"], False),
        (ListKind.PRE_APPROVAL, ["row", "code", "name"], False),
    ],
)
def test_what_adds_up(kind, columns, adds_up):
    assert amounts.has_sum(PublicList(kind=kind, columns=columns)) == adds_up
