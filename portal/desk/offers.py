"""What this officer can do with a case now, what keeps them from it, and whose turn it is else."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.desk.find import case_ref
from portal.desk.words import role_label
from relief.applications.clock_changes import clock_blockers, keepers
from relief.applications.kin import REGISTERED_BY, before_approval
from relief.applications.models import Application
from relief.applications.states import ENDED, State
from relief.decisions.blockers import Outlook
from relief.decisions.cross_check import CHECKED_AT
from relief.decisions.democratic_review import CALLED_BY
from relief.decisions.rectify import why_not_rectified
from relief.decisions.visit import VISITS_AT
from relief.errors import Reason
from relief.households.correct_name import CORRECTED_BY
from relief.officers.models import Appointment, Role
from relief.projects.sunshine.income import WHEN
from relief.projects.sunshine.models import Stage
from relief.publicity.respond import open_to_objection

#: step of the road → its page and the words on its button
PAGES: dict[str, tuple[str, Any]] = {
    "submit": ("desk:submit", _("Check answers and submit")),
    "accept": ("desk:accept", _("Accept the case")),
    "ask-once": ("desk:ask-once", _("Ask for what is missing")),
    "examine": ("desk:examine", _("Give the community's opinion")),
    "review": ("desk:review", _("Give the first-review opinion")),
    "new-opinion-against": ("desk:new-opinion", _("Give the new opinion")),
    "object": ("desk:object", _("Take an objection down")),
    "approve": ("desk:approve", pgettext_lazy("case", "Approve")),
    "refuse": ("desk:refuse", _("Refuse with reasons")),
    "return": ("desk:return", _("Return for correction")),
    "complain": ("desk:complain", _("Register a complaint")),
    "terminate": ("desk:terminate", _("End for want of co-operation")),
    "withdraw": ("desk:withdraw", _("Withdraw the application")),
}
#: acts on the clock → the words on the button
CLOCK: dict[str, Any] = {
    "start-clock": _("Start the clock again"),
    "stop-clock": _("Stop the clock"),
    "extend-limit": _("Extend the limit"),
}
#: what is rarely wanted comes last and quietly
QUIET = ("object", "refuse", "return", "ask-once", "complain", "terminate", "withdraw")
#: steps that are done with a list, for all its cases at once
BY_LIST = {
    "publish": _("The case goes into publicity with its list."),
    "close": _("The publicity ends with its list."),
    "announce": _("The case is announced with all approved cases of its street."),
}
REVIEWER = (Role.STREET_REVIEWER,)
#: a name is spelt right before a letter prints it, and while a list shows it
SPELT_AT = frozenset(State) - ENDED - {State.DRAFT}


@dataclass
class Offer:
    """One thing to do: with an address it can be done now, with reasons it can't."""

    label: Any
    url: str = ""
    reasons: list[Reason] = field(default_factory=list)
    quiet: bool = False


def offers(case: Application, appointments: Collection[Appointment], done: Collection[str]) -> list[Offer]:
    """The survey (visit, check, income), then the steps of the road; what is rarely wanted comes last.

    `done` names the survey's acts that this survey holds already: they can be done again, quietly. What
    waits for no explanation is done as well.
    """
    outlook = Outlook(case, appointments)
    found = [*_survey(case, outlook, done)]
    for prospect in outlook.steps({*PAGES, *BY_LIST}):
        act = prospect.step.act
        if act == "object" and not open_to_objection(case):
            continue
        if act in PAGES:
            page, label = PAGES[act]
            url = "" if prospect.reasons else reverse(page, args=[case_ref(case)])
            found.append(Offer(label, url, prospect.reasons, quiet=act in QUIET))
        else:
            found.append(Offer(BY_LIST[act], reverse("desk:lists"), prospect.reasons))
    return sorted([*found, *_clock(case, outlook)], key=lambda offer: offer.quiet)


def _clock(case: Application, outlook: Outlook) -> list[Offer]:
    """What the officer can do to the case's clock now; what can't be done isn't named."""
    if outlook.who_not(keepers(case)) != []:
        return []
    wanted = [name for name in CLOCK if not clock_blockers(case, name)]
    return [Offer(CLOCK[name], reverse(f"desk:{name}", args=[case_ref(case)]), quiet=True) for name in wanted]


def _survey(case: Application, outlook: Outlook, done: Collection[str]) -> list[Offer]:
    """Acts that no step of the road names; those for which the officer has another role are left out."""
    level_roles = VISITS_AT[case.state][1] if case.state in VISITS_AT else ()
    wanted: list[tuple[Any, str, Collection[str], bool]] = []
    if case.state in WHEN[Stage.DECLARED][0]:
        wanted.append((_("Go on with the application"), "desk:application", WHEN[Stage.DECLARED][1], False))
    if level_roles:
        quiet = case.state == State.CLEARED and not case.needs_district_visit
        wanted.append((_("Record a home visit"), "desk:visit", level_roles, quiet))
    if case.state in CHECKED_AT:
        wanted.append((_("Enter the cross-check"), "desk:cross-check", (Role.DISTRICT_CHECKER,), False))
    if case.state in CHECKED_AT and "explain-mismatch" not in done:
        wanted.append((_("Explain what doesn't fit"), "desk:explain-mismatch", REVIEWER, False))
    if case.open_hits:
        wanted.append((_("Explain a match with a register"), "desk:explain-match", REVIEWER, False))
    if case.state == State.UNDER_REINVESTIGATION:
        wanted.append((_("Record a democratic review"), "desk:democratic-review", CALLED_BY, False))
    if case.state in WHEN[Stage.VERIFIED][0]:
        wanted.append((_("Enter the verified income"), "desk:income", WHEN[Stage.VERIFIED][1], False))
    if before_approval(case) and not case.kin_registered:
        wanted.append((_("Register as relatives of staff"), "desk:register-kin", REGISTERED_BY, True))
    if why_not_rectified(case) is None:
        wanted.append((_("Rectify the proposal"), "desk:rectify", REVIEWER, True))
    if case.state in SPELT_AT:
        wanted.append((_("Correct the spelling of the name"), "desk:correct-name", CORRECTED_BY, True))
    found = []
    for label, page, roles, quiet in wanted:
        reasons = outlook.who_not(roles)
        if reasons is not None:
            url = "" if reasons else reverse(page, args=[case_ref(case)])
            found.append(Offer(label, url, reasons, quiet or page.partition(":")[2] in done))
    return found


def who_acts(case: Application) -> str:
    """The roles whose turn it is, in words."""
    roles: dict[str, None] = {}
    for step in case.road.steps_from(case.state):
        if step.aside:
            continue
        roles |= dict.fromkeys(role for role in step.roles if role != "robot")
    if case.state in CHECKED_AT:
        roles[Role.DISTRICT_CHECKER] = None
    return str(_(", ")).join(role_label(role) for role in roles)
