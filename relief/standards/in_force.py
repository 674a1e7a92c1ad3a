"""Which value of the law holds on a day. A missing value stops the work; there is no silent default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from relief.errors import Invalid, MissingStandard, Reason
from relief.places.set_up import SETUP
from relief.standards.models import Clause, Kind, Standard
from relief.trail.actor import Robot
from relief.trail.record import record
from relief.trail.verb import verb


@dataclass(frozen=True)
class InForce:
    """A standard as it holds on a day: the value with its unit in `name`, and the clause that says so."""

    name: str
    kind: str
    text: str
    from_date: date
    clause: str

    @property
    def money(self) -> Decimal:
        """Yuan."""
        return Decimal(self.text)

    @property
    def number(self) -> int:
        return int(self.text)

    @property
    def on(self) -> bool:
        return self.text == "yes"

    @property
    def words(self) -> list[str]:
        return self.text.split()

    def used(self) -> dict[str, str]:
        """What an Event keeps: name → value since date."""
        return {self.name: f"{self.text} ({self.from_date.isoformat()})"}


def in_force(name: str, day: date) -> InForce:
    """The value of `name` on `day`. Raises MissingStandard."""
    row = (
        Standard.objects.filter(name=name, from_date__lte=day)
        .select_related("clause")
        .order_by("-from_date")
        .first()
    )
    if row is None:
        raise MissingStandard(
            Reason(
                "missing-standard",
                _("The standard “%(name)s” is not entered for %(day)s. Ask the district bureau to enter it.")
                % {"name": name, "day": day.isoformat()},
            )
        )
    return InForce(row.name, row.kind, row.value, row.from_date, row.clause.key)


@verb("enter-clause")
def enter_clause(
    key: str, *, instrument_zh: str, instrument_en: str, article: str, from_date: date, by: Robot = SETUP
) -> Clause:
    """Enter one provision."""
    clause = Clause(
        key=key,
        instrument_zh=instrument_zh,
        instrument_en=instrument_en,
        article=article,
        from_date=from_date,
    )
    clause.save(event=record("enter-clause", clause, actor=by.actor()))
    return clause


@verb("enter-standard")
def enter_standard(
    name: str, *, kind: str, value: str, from_date: date, clause: Clause, by: Robot = SETUP
) -> Standard:
    """Enter a value from a date on. Raises Invalid when that day has one already or the value doesn't fit."""
    if Standard.objects.filter(name=name, from_date=from_date).exists():
        raise Invalid(
            {"from_date": [Reason("value-exists", _("This day has a value already: enter a later date."))]}
        )
    if not _fits(kind, value):
        raise Invalid({"value": [Reason("value-kind", _("This is no value of the kind asked for."))]})
    standard = Standard(name=name, kind=kind, value=value, from_date=from_date, clause=clause)
    standard.save(event=record("enter-standard", standard, actor=by.actor(), clause=clause.key))
    return standard


def _fits(kind: str, value: str) -> bool:
    if kind in (Kind.NUMBER, Kind.MONEY):
        return value.replace(".", "", 1 if kind == Kind.MONEY else 0).isdecimal()
    if kind == Kind.SWITCH:
        return value in ("yes", "no")
    return bool(value.strip())
