"""Why not: what is missing before an act, in words.

The screen asks before it draws the button, the verb asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from relief.applications.benefits import benefit as benefit_of
from relief.applications.listing import listing
from relief.applications.models import Application
from relief.applications.move import (
    authorise,
    breaks_four_eyes,
    clock_stands_still,
    deeds_on,
    four_eyes,
    stands_still,
)
from relief.applications.road import Step
from relief.applications.states import State
from relief.decisions.cross_check import needed_sources, newest_checks
from relief.decisions.models import CheckResult, DemocraticReview, HomeVisit
from relief.errors import Blocked, MissingStandard, Reason, Refused
from relief.officers.models import Appointment, Officer, ScopeKind
from relief.places.models import Level
from relief.places.scope import contains
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Event


def why_not(application: Application, act: str, by: Officer | Robot) -> list[Reason]:
    """All reasons why `by` can't do `act` on the case now; empty when it can be done."""
    try:
        authorise(application, act, by)
    except Refused as refused:
        return refused.reasons
    return blockers(application, act)


def ready(application: Application, act: str, by: Officer | Robot) -> None:
    """Raises WrongState or NotAllowed first (when, who), then Blocked (what is missing)."""
    authorise(application, act, by)
    missing = blockers(application, act)
    if missing:
        raise Blocked(*missing)


@dataclass(frozen=True)
class Prospect:
    """A step that lies before the case for one officer: `reasons` why not, none when it can be done now."""

    step: Step
    reasons: list[Reason]


class Outlook:
    """What lies before a case for the holder of `appointments`; who acted on it is read once.

    Agrees with `authorise` and `why_not`.
    """

    def __init__(self, application: Application, appointments: Collection[Appointment]) -> None:
        self.application = application
        self._here = [
            held
            for held in appointments
            if held.scope_kind == ScopeKind.AREA and contains(held.scope_code, application.area)
        ]
        self._deeds = deeds_on([application]).get(application.code, [])

    def who_not(self, roles: Collection[str], not_by: Collection[str] = ()) -> list[Reason] | None:
        """Reasons of four eyes against acting in one of `roles`; None when the officer holds none here."""
        held = next((one for one in self._here if one.role in roles), None)
        if held is None:
            return None
        return [four_eyes()] if breaks_four_eyes(held.actor(), self._deeds, not_by) else []

    def steps(self, acts: Collection[str]) -> list[Prospect]:
        """Those of `acts` that lie before the case and belong to the officer, with the reasons why not."""
        found = []
        for step in self.application.road.steps_from(self.application.state):
            if step.act not in acts:
                continue
            reasons = self.who_not(step.roles, step.not_by)
            if reasons is not None and stands_still(self.application, step):
                reasons = [clock_stands_still()]
            if reasons is not None:
                found.append(Prospect(step, reasons or blockers(self.application, step.act)))
        return found


def blockers(application: Application, act: str) -> list[Reason]:
    """What the case itself lacks for `act`, whoever does it."""
    check = _CHECKS.get(act)
    own = check(application) if check else []
    return own + benefit_of(application.benefit).missing(application, act)


def _before_examination(application: Application) -> list[Reason]:
    return (
        []
        if _visited(application, Level.COMMUNITY)
        else [
            Reason(
                "community-visit", _("The community's home visit is missing (two visitors, all signatures).")
            )
        ]
    )


def _before_review(application: Application) -> list[Reason]:
    reasons = []
    if not _visited(application, Level.STREET):
        reasons.append(
            Reason("street-visit", _("The street's home visit is missing (two visitors, all signatures)."))
        )
    return reasons + _before_trust(application)


def _before_trust(application: Application) -> list[Reason]:
    """What the cross-check lacks: answers of the sources that are named, words on what doesn't fit."""
    try:
        needed = needed_sources(clock.today())
    except MissingStandard as missing:
        return missing.reasons
    newest = newest_checks(application)
    reasons = [
        Reason(
            "cross-check",
            _("The result of the data cross-check is missing: %(source)s.") % {"source": source.label},
        )
        for source in needed
        if source not in newest
    ]
    for source, check in newest.items():
        if check.result == CheckResult.MISMATCH and check.explanation is None:
            words = _("What doesn't fit the declaration is not explained: %(source)s.")
            reasons.append(Reason("mismatch", words % {"source": source.label}))
    return reasons


def looked_into_again(application: Application) -> bool:
    """Whether the street visited, or a democratic review was held and entered, after the objection.

    A visit of the same day counts only when it was entered later: the day alone can't tell.
    """
    since = application.reinvestigation_from
    objected = (
        Event.objects.filter(subject_kind="application", subject_code=application.code, act="object")
        .exclude(from_state=State.UNDER_REINVESTIGATION)
        .order_by("-pk")
        .first()
    )
    if since is None or objected is None:
        return False
    later = {"history_type": "+", "application": application, "event_id__gt": objected.pk}
    visits = HomeVisit.history.filter(level=Level.STREET, visited_on__gte=since, **later)
    reviews = DemocraticReview.history.filter(held_on__gte=since, **later)
    return visits.exists() or reviews.exists()


def _before_new_opinion(application: Application) -> list[Reason]:
    if looked_into_again(application):
        return []
    words = _("Since the objection there was neither a new home visit nor a democratic review.")
    return [Reason("not-reinvestigated", words)]


def _before_new_opinion_for(application: Application) -> list[Reason]:
    """Publicity goes on only for what the public saw: another amount needs a new list."""
    reasons = _before_new_opinion(application)
    try:
        result = benefit_of(application.benefit).assess(application, clock.today())
    except Refused as refused:
        return reasons + refused.reasons
    if not result.eligible or result.amount != application.proposed_amount:
        words = _("The rules now give another amount than the public saw: return the case for correction.")
        reasons.append(Reason("other-amount", words))
    return reasons


def _before_approval(application: Application) -> list[Reason]:
    reasons = []
    if not application.recommended:
        reasons.append(
            Reason(
                "not-recommended",
                _("The street doesn't recommend this case: it can be refused or returned only."),
            )
        )
    if listing().outdated(application):
        words = _(
            "The case was rectified after its row was shown, and the list was not corrected: "
            "the public saw other values. Have the list corrected, or return the case."
        )
        reasons.append(Reason("row-outdated", words))
    return reasons + _district_visit(application) + _open_complaint(application)


def _open_complaint(application: Application) -> list[Reason]:
    """An objection about a member of staff is answered by the district before it decides."""
    if not application.complaint_registered or not listing().complained_of(application):
        return []
    words = _("An objection about a member of staff is not answered yet: answer it under “Responses” first.")
    return [Reason("open-complaint", words)]


def _before_proposal(application: Application) -> list[Reason]:
    reasons = _before_approval(application)
    if application.spot_check is None:
        words = _("The spot check of the case's list is not drawn yet.")
        reasons.append(Reason("spot-check", words))
    return reasons


def _district_visit(application: Application) -> list[Reason]:
    if not application.needs_district_visit or _visited(
        application, Level.DISTRICT, since=application.complaint_on
    ):
        return []
    if application.spot_check and not (application.kin_registered or application.complaint_registered):
        words = _("This case was drawn for the spot check: the district's own visit is missing.")
    else:
        words = _("Cases of staff relatives or with a complaint need the district's own visit.")
    return [Reason("district-visit", words)]


def _visited(application: Application, level: Level, *, since: date | None = None) -> bool:
    """Whether the level visited in this survey, and on `since` or later."""
    if application.survey_from is None:
        return False
    first = max(application.survey_from, since or application.survey_from)
    return HomeVisit.objects.filter(application=application, level=level, visited_on__gte=first).exists()


_CHECKS: dict[str, Callable[[Application], list[Reason]]] = {
    "examine": _before_examination,
    "review": _before_review,
    "advise-against": _before_review,
    "new-opinion": _before_new_opinion_for,
    "new-opinion-against": _before_new_opinion,
    "propose": _before_proposal,
    "approve": _before_approval,
}
