"""Find what an address names in the officer's areas. Foreign and unknown look the same: 404, recorded."""

import uuid

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from relief.applications.models import Application
from relief.applications.queries import NO_CASES, visible_to
from relief.errors import NotAllowed, Reason
from relief.households.models import Household
from relief.officers.authority import appointments_of
from relief.officers.models import SITE_ROLES, Appointment, Officer, Role, ScopeKind
from relief.places.scope import within_any
from relief.publicity.models import PublicList, Response, ResponseKind
from relief.publicity.queries import lists_of
from relief.publicity.response_queue import responses_of
from relief.trail.tracked import Root
from relief.trail.verb import write_refusal

UNKNOWN = Reason("not-found", _("There is no such record in your area."))
FOREIGN = Reason("foreign-area", _("There is no such record in your area."))


def find_case(officer: Officer, ref: str, appointments: list[Appointment] | None = None) -> Application:
    """The case with this number or code. Raises Http404."""
    named = Q(code=code) if (code := _uuid(ref)) else Q(number=ref[:40])
    case = visible_to(officer, appointments).filter(named).first()
    if case is None:
        raise not_here("open-case", officer, Application.objects.filter(named).first())
    return case


def find_list(officer: Officer, code: uuid.UUID) -> PublicList:
    """The list with this code. Raises Http404."""
    public_list = lists_of(officer).filter(code=code).first()
    if public_list is None:
        raise not_here("open-list", officer, PublicList.objects.filter(code=code).first())
    return public_list


def find_household(officer: Officer, code: uuid.UUID) -> Household:
    """The household with this code. Raises Http404."""
    scopes = [
        held.scope_code
        for held in appointments_of(officer)
        if held.scope_kind == ScopeKind.AREA and held.role not in NO_CASES
    ]
    homes = Household.objects.filter(within_any(scopes, "community__number")).select_related("community")
    household = homes.filter(code=code).first()
    if household is None:
        raise not_here("open-household", officer, Household.objects.filter(code=code).first())
    return household


def find_response(officer: Officer, code: uuid.UUID) -> Response:
    """The response with this code: handled in the officer's areas, or an objection to a case there."""
    found = Response.objects.filter(code=code).select_related("public_list__area", "community").first()
    if found is None:
        raise not_here("open-response", officer, None)
    held = appointments_of(officer)
    case = visible_to(officer, held).filter(responses=found).first()
    objected = case is not None and found.kind == ResponseKind.NOT_ELIGIBLE
    if not objected and not responses_of(held).filter(pk=found.pk).exists():
        raise not_here("open-response", officer, found)
    if case is not None:
        found.application = case
    return found


def case_ref(case: Application) -> str:
    """How addresses name a case: its number, before that its code; never a database key."""
    return case.number or str(case.code)


def only_reads(appointments: list[Appointment]) -> bool:
    """Whether the officer is here as an auditor only: reads, masked, and acts on nothing."""
    return {held.role for held in appointments} <= {Role.AUDITOR, *SITE_ROLES}


def readers_stay_out(officer: Officer, appointments: list[Appointment], act: str, subject: Root) -> None:
    """Who is here as an auditor opens no name in full and acts on nothing: NotAllowed, recorded."""
    if only_reads(appointments):
        refused = NotAllowed(
            Reason("auditor-reads", _("An auditor reads cases with masked names and acts on nothing."))
        )
        write_refusal(act, refused, by=officer, subject=subject)
        raise refused


def not_here(act: str, officer: Officer, foreign: Root | None) -> Http404:
    """Nothing of that name for this officer, whether there is none or it is not theirs; recorded."""
    write_refusal(act, NotAllowed(FOREIGN if foreign else UNKNOWN), by=officer, subject=foreign)
    return Http404()


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
