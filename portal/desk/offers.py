"""What this officer can do with a case now, what keeps them from it, and whose turn it is else."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.desk.find import case_ref
from portal.desk.words import role_label
from relief.applications.models import Application
from relief.applications.states import State
from relief.decisions.blockers import prospects
from relief.decisions.cross_check import CHECKED_AT
from relief.decisions.visit import VISITS_AT
from relief.errors import Reason
from relief.officers.models import Appointment, Role, ScopeKind
from relief.places.scope import contains
from relief.projects.sunshine.income import WHEN
from relief.projects.sunshine.models import Stage

#: step of the road → its page and the words on its button
PAGES: dict[str, tuple[str, Any]] = {
    "submit": ("desk:submit", _("Check answers and submit")),
    "accept": ("desk:accept", _("Accept the case")),
    "ask-once": ("desk:ask-once", _("Ask for what is missing")),
    "examine": ("desk:examine", _("Give the community's opinion")),
    "review": ("desk:review", _("Give the first-review opinion")),
    "approve": ("desk:approve", _("Approve")),
    "refuse": ("desk:refuse", _("Refuse with reasons")),
    "return": ("desk:return", _("Return for correction")),
}
#: steps that are done with a list, for all its cases at once
BY_LIST = {
    "publish": _("The case goes into publicity with its list."),
    "close": _("The publicity ends with its list."),
    "announce": _("The case is announced with all approved cases of its street."),
}


@dataclass
class Offer:
    """One thing to do: with an address it can be done now, with reasons it can't."""

    label: Any
    url: str = ""
    reasons: list[Reason] = field(default_factory=list)
    quiet: bool = False


def offers(case: Application, appointments: Collection[Appointment]) -> list[Offer]:
    """Survey first (visit, check, income), then the steps of the road."""
    found = [*_survey(case, appointments)]
    for prospect in prospects(case, appointments):
        act = prospect.step.act
        if act in PAGES:
            page, label = PAGES[act]
            url = "" if prospect.reasons else reverse(page, args=[case_ref(case)])
            found.append(Offer(label, url, prospect.reasons, quiet=act in ("return", "refuse", "ask-once")))
        elif act in BY_LIST:
            found.append(Offer(BY_LIST[act], reverse("desk:lists"), prospect.reasons))
    return found


def _survey(case: Application, appointments: Collection[Appointment]) -> list[Offer]:
    ref, found = case_ref(case), []
    if case.state in (State.DRAFT, State.RETURNED) and _holds(case, appointments, WHEN[Stage.DECLARED][1]):
        found.append(Offer(_("Go on with the application"), reverse("desk:application", args=[ref])))
    if case.state in VISITS_AT and _holds(case, appointments, VISITS_AT[case.state][1]):
        quiet = case.state == State.CLEARED and not (case.kin_registered or case.complaint_registered)
        found.append(Offer(_("Record a home visit"), reverse("desk:visit", args=[ref]), quiet=quiet))
    if case.state in CHECKED_AT and _holds(case, appointments, (Role.DISTRICT_CHECKER,)):
        found.append(Offer(_("Enter the cross-check"), reverse("desk:cross-check", args=[ref])))
    if case.state in WHEN[Stage.VERIFIED][0] and _holds(case, appointments, WHEN[Stage.VERIFIED][1]):
        found.append(Offer(_("Enter the verified income"), reverse("desk:income", args=[ref])))
    return found


def who_acts(case: Application) -> str:
    """The roles whose turn it is, in words."""
    roles: dict[str, None] = {}
    for step in case.road.steps_from(case.state):
        roles |= dict.fromkeys(role for role in step.roles if role != "robot")
    if case.state in CHECKED_AT:
        roles[Role.DISTRICT_CHECKER] = None
    return str(_(", ")).join(role_label(role) for role in roles)


def _holds(case: Application, appointments: Collection[Appointment], roles: Collection[str]) -> bool:
    return any(
        held.role in roles and held.scope_kind == ScopeKind.AREA and contains(held.scope_code, case.area)
        for held in appointments
    )
