"""The households that had the guarantee before the portal, as the office's table and through the import."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

from openpyxl import load_workbook

from portal.demo.situations import SITUATIONS, Situation
from portal.demo.stage import Stage
from relief.awards.models import ImportBatch
from relief.awards.standing_import import check_standing_file, import_standing_households
from relief.households.importing.columns import COLUMNS, RELATIONS
from relief.households.importing.template import TABLE_SHEET, write_template
from relief.households.register import HouseholdEntry
from relief.officers.models import Officer
from relief.projects.sunshine.difference import difference
from relief.standards.in_force import in_force
from relief.trail import clock

USUAL = (
    "widow", "old-couple", "dialysis", "disabled", "mother-child", "mother-two", "pedlar", "grandparents",
    "jobless", "widow", "old-couple", "disabled",
)  # fmt: skip
KINDS = {"stable": ("A", "12个月"), "irregular": ("B", "6个月")}


def import_standing(stage: Stage, *, by: Officer) -> ImportBatch:
    """Fill the import's own template with invented households and import it."""
    source = BytesIO()
    write_template(source)
    book = load_workbook(source)
    sheet = book[TABLE_SHEET]
    sheet.delete_rows(2)
    for row in _rows(stage):
        sheet.append([row.get(column.key) for column in COLUMNS])
    table = BytesIO()
    book.save(table)
    table.seek(0)
    return import_standing_households(check_standing_file(table, by=by), by=by, benefit="guarantee")


def _rows(stage: Stage) -> Iterator[dict[str, Any]]:
    rng = Random(f"{stage.seed} standing")
    ground = stage.story.ground
    standard = in_force("guarantee.standard", clock.today()).money
    for number, (community, situated) in enumerate(stage.story.standing(rng), start=1):
        situation = SITUATIONS[situated]
        entry = stage.people.household(community, situation.kin, situation.kind)
        for member in entry.members:
            row = {
                "household": str(number),
                "relation": RELATIONS[member.relation][0],
                "name": member.name,
                "id_number": member.id_number,
            }
            if member.relation == "head":
                row |= _of_household(entry, situation, rng, standard) | {"community": ground.name(community)}
            yield row


def _of_household(
    entry: HouseholdEntry, situation: Situation, rng: Random, standard: Decimal
) -> dict[str, Any]:
    today = clock.today()
    income = sum(
        -rng.randint(*bounds) if part == "deductions" else rng.randint(*bounds)
        for part, bounds in situation.income.items()
    )
    result = difference(
        standard=standard,
        persons=len(entry.members),
        counted=Decimal(income),
        top_up=Decimal(situation.top_up),
    )
    letter, interval = KINDS[situation.kind]
    since = date(today.year - rng.randint(1, 6), rng.randint(1, 12), 1)
    return {
        "address": entry.address,
        "phone": entry.phone,
        "account": entry.account,
        "income": income,
        "amount": int(result.amount),
        "since": f"{since:%Y-%m}",
        "household_class": letter,
        "interval": interval,
    }
