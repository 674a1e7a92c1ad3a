"""Help at the desk: the road of a case as the code knows it, and what an officer asks first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.desk.frame import at_desk, held_by, page
from portal.desk.words import ACTS
from relief.applications.road import Step
from relief.applications.roads import road_for
from relief.officers.models import Officer, Role
from relief.places.models import DISTRICT
from relief.projects.sunshine.guarantee import KEY
from relief.standards.in_force import in_force
from relief.standards.models import Clause
from relief.trail import clock


@dataclass(frozen=True)
class HelpRow:
    """One step of the road in words; `days` are working days for the next act, None where none are set."""

    act: str
    by: list[str]
    clause: str
    days: int | None


@require_safe
@at_desk
def help_page(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The road in force today in the officer's street, step by step, then the questions."""
    clauses = {clause.key: str(clause) for clause in Clause.objects.all()}
    street = next((held.scope_code[:3] for held in held_by(request)), DISTRICT)
    rows = [help_row(step, clauses) for step in road_for(KEY, clock.today(), street).steps]
    return page(request, officer, "desk/help.html", {"rows": rows}, section="help")


def help_row(step: Step, clauses: dict[str, str]) -> HelpRow:
    return HelpRow(
        act=str(ACTS[step.act]),
        by=[str(Role(role).label) for role in step.roles if role != "robot"],
        clause=clauses.get(step.clause, step.clause),
        days=in_force(step.due, clock.today()).number if step.due else None,
    )
