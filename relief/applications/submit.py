"""Open a case and submit it at the counter (申请)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from relief.applications.accept import declared_kin, kept_words
from relief.applications.benefits import benefit as benefit_of
from relief.applications.models import Application
from relief.applications.move import authorise, move
from relief.applications.roads import road_for
from relief.applications.states import ENDED, State
from relief.errors import Blocked, Invalid, Reason
from relief.households.models import Household, Membership, Person
from relief.ledger.series import next_number
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.trail import clock
from relief.trail.record import record
from relief.trail.verb import verb


@verb("open-draft")
def open_draft(household: Household, *, applicant: Person, benefit: str, by: Officer) -> Application:
    """Open a case of `benefit` for a household, named applicant: one of its members (57号 art 4).

    Raises NotAllowed, Invalid, or Blocked while another case of the household is on its way.
    """
    actor = acting(by, {Role.COMMUNITY_CLERK}, household.community_id)
    today = clock.today()
    Household.objects.select_for_update(no_key=True).get(pk=household.pk)  # one draft at a time
    members = Membership.objects.on(today).filter(household=household)
    if not members.filter(person=applicant).exists():
        raise Invalid(
            {"applicant": [Reason("not-a-member", _("The applicant must be a member of the household."))]}
        )
    if Application.objects.filter(household=household, benefit=benefit).exclude(state__in=ENDED).exists():
        raise Blocked(Reason("case-open", _("This household has a case on its way already: open that one.")))
    application = Application(
        benefit=benefit,
        road_key=road_for(benefit, today, household.community_id[:3]).key,
        household=household,
        applicant=applicant,
        community_id=household.community_id,
        persons=members.count(),
    )
    application.save(
        event=record("open-draft", application, actor=actor, area=application.area, to_state=State.DRAFT)
    )
    return application


@verb("submit")
def submit(
    application: Application, *, by: Officer, version: int, note: str = "", kin_declared: bool = False
) -> Application:
    """Hand the case in: it gets its number for ever. Raises Blocked while the project misses something.

    `kin_declared`: the applicant says that a member is a near relative of relief staff (57号 art 11).
    """
    authorise(application, "submit", by)
    missing = benefit_of(application.benefit).missing(application, "submit")
    if missing:
        raise Blocked(*missing)
    today = clock.today()
    changes: dict[str, object] = {"submitted_on": today, **declared_kin(application, kin_declared)}
    if application.number is None:
        changes["number"] = case_number(application.community_id[:3], today.year)
    moved, _event = move(
        application, "submit", by=by, version=version, changes=changes, words=kept_words(note, "note")
    )
    return moved


def case_number(street: str, year: int) -> str:
    """The next case number of a street and year: `2026-101-00017`."""
    return f"{year}-{street}-{next_number(f'case:{street}:{year}'):05d}"
