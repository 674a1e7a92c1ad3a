"""The minimum living guarantee as a benefit of the spine: assessment and what each act needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.applications.benefits import Assessment, Benefit
from relief.applications.models import Application, CaseKind
from relief.awards.counted import still_counted
from relief.awards.models import Award, AwardStatus
from relief.errors import Blocked, MissingStandard, Reason
from relief.projects.sunshine.difference import Difference, difference
from relief.projects.sunshine.models import IncomeTotals, Stage
from relief.standards.in_force import InForce, in_force

KEY = "guarantee"
STANDARD = "guarantee.standard"


def totals_of(application: Application) -> IncomeTotals | None:
    """The figures that count: verified where the street has verified them, else declared."""
    rows = {row.stage: row for row in IncomeTotals.objects.filter(application=application)}
    return rows.get(Stage.VERIFIED) or rows.get(Stage.DECLARED)


def assess(application: Application, day: date) -> Assessment:
    """Assess a case by the difference method with the standard of `day`. Raises Blocked, MissingStandard."""
    totals = totals_of(application)
    if totals is None:
        raise Blocked(_income_missing())
    standard = in_force(STANDARD, day)
    result = difference(
        standard=standard.money, persons=totals.persons, counted=totals.counted, top_up=totals.top_up
    )
    return Assessment(
        persons=totals.persons,
        income_per_head=result.per_head,
        amount=result.amount,
        top_up=totals.top_up,
        eligible=result.eligible,
        standards=standard.used(),
    )


@dataclass(frozen=True)
class Summary:
    """A case's income as it stands, for reading; `result` is None until figures and a standard are there.

    `standard` is yuan per person and month, `counts` the totals that the result was computed from.
    """

    declared: IncomeTotals | None = None
    verified: IncomeTotals | None = None
    standard: InForce | None = None
    result: Difference | None = None

    @property
    def counts(self) -> IncomeTotals | None:
        return self.verified or self.declared


def summary(application: Application, day: date) -> Summary:
    """Declared and verified income and what the difference method makes of it on `day`; two queries."""
    rows = {row.stage: row for row in IncomeTotals.objects.filter(application=application)}
    declared, verified = rows.get(Stage.DECLARED), rows.get(Stage.VERIFIED)
    counts = verified or declared
    try:
        standard = in_force(STANDARD, day)
    except MissingStandard:
        return Summary(declared, verified)
    if counts is None:
        return Summary(declared, verified, standard)
    result = difference(
        standard=standard.money, persons=counts.persons, counted=counts.counted, top_up=counts.top_up
    )
    return Summary(declared, verified, standard, result)


def missing(application: Application, act: str) -> list[Reason]:
    """Declared income before the case is handed in, verified income before the street's opinion.

    A household that receives the benefit already can't be handed in or approved as a new case.
    """
    if act in ("submit", "approve") and _receives_already(application):
        return [
            Reason(
                "award-stands", _("This household receives the benefit already: a new case isn't possible.")
            )
        ]
    stages = {"submit": Stage.DECLARED, "review": Stage.VERIFIED, "advise-against": Stage.VERIFIED}
    stage = stages.get(act)
    if stage is None or IncomeTotals.objects.filter(application=application, stage=stage).exists():
        return []
    if stage == Stage.DECLARED:
        return [_income_missing()]
    return [Reason("income-not-verified", _("The street has not entered the verified income yet."))]


def _receives_already(application: Application) -> bool:
    awards = Award.objects.filter(household=application.household_id, benefit=KEY)
    return application.kind == CaseKind.NEW and awards.exclude(status=AwardStatus.ENDED).exists()


def _income_missing() -> Reason:
    return Reason("income-missing", _("The household's income is not entered yet."))


GUARANTEE = Benefit(
    key=KEY,
    label=gettext_lazy("minimum living guarantee"),
    title_zh="最低生活保障",
    title_en="Minimum living guarantee",
    assess=assess,
    missing=missing,
    still_counted=partial(still_counted, KEY),
)
