"""The difference method by figures checked by hand, and rows of a real list out of the pipeline."""

from datetime import date
from decimal import Decimal

import pytest

from relief.households.id_number import make_demo_id
from relief.projects.sunshine.difference import difference
from relief.publicity.models import PublicRow
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from tests.factories import cases
from tests.factories.district import make_district

#: (income per head, persons, top-up, total): a list published in May 2023, standard 717 yuan.
#: Its row 430 × 3 prints 860; the method gives 861.
PUBLISHED = ((430, 1, 0, 287), (179, 1, 60, 598), (179, 2, 160, 1236), (179, 2, 200, 1276))


@pytest.mark.parametrize(("per_head", "persons", "top_up", "total"), (*PUBLISHED, (430, 3, 0, 861)))
def test_rows_of_a_published_list(per_head, persons, top_up, total):
    result = difference(
        standard=Decimal(717), persons=persons, counted=Decimal(per_head * persons), top_up=Decimal(top_up)
    )
    assert (result.amount, result.per_head, result.eligible) == (Decimal(total), Decimal(per_head), True)


@pytest.mark.parametrize(
    ("standard", "persons", "counted", "amount", "eligible"),
    [
        ("717", 1, "716.99", "0.01", True),
        ("717", 1, "717", "0.00", False),
        ("717", 3, "2151", "0.00", False),
        ("717", 3, "2150.99", "0.01", True),  # 716.996… per head, shown as 717.00, still below
        ("717", 3, "0", "2151.00", True),
        ("1000", 3, "1000.01", "1999.99", True),  # rounded once, on the total
    ],
)
def test_the_edge_of_the_standard(standard, persons, counted, amount, eligible):
    result = difference(standard=Decimal(standard), persons=persons, counted=Decimal(counted))
    assert (result.amount, result.eligible) == (Decimal(amount), eligible)


def test_nobody_is_no_household():
    with pytest.raises(ValueError, match="at least one person"):
        difference(standard=Decimal(717), persons=0, counted=Decimal(0))


@pytest.mark.both
@pytest.mark.django_db
def test_the_published_list_comes_out_of_the_pipeline_with_its_columns(monkeypatch):
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district(standard="717")
        show_the_columns_of_that_list()
        for number, (per_head, persons, top_up, _total) in enumerate(PUBLISHED):
            monkeypatch.setattr(cases, "entry", household_of(persons, number))
            income = {"wages": str(per_head * persons)}
            cases.reviewed(district, income=income, verified={**income, "top_up": str(top_up)})
        published = cases.published(district, batch="2026-05")
    assert published.columns == [
        "row", "code", "name", "persons", "income_per_head", "amount", "difference", "top_up", "community",
    ]  # fmt: skip
    columns = ("persons", "income_per_head", "difference", "top_up", "amount")
    rows = [tuple(row.row[key] for key in columns) for row in PublicRow.objects.order_by("row_number")]
    assert rows == [
        (1, "430.00", "287.00", "0.00", "287.00"),
        (1, "179.00", "538.00", "60.00", "598.00"),
        (2, "179.00", "1076.00", "160.00", "1236.00"),
        (2, "179.00", "1076.00", "200.00", "1276.00"),
    ]


def show_the_columns_of_that_list() -> None:
    enter_standard(
        "disclosure.gs.columns",
        kind=Kind.LIST,
        value="name persons income_per_head amount difference top_up community",
        from_date=date(2026, 1, 1),
        clause=Clause.objects.get(key="local"),
    )


def household_of(persons: int, number: int):
    def entry(community: str = "10101", **_kwargs):
        members = [
            cases.PersonEntry(
                name="王小英",
                id_number=make_demo_id(date(1960 + n, 3, 5), 10 + number),
                relation="child" if n else "head",
            )
            for n in range(persons)
        ]
        return cases.HouseholdEntry(community=community, address="安宁里", members=members)

    return entry
