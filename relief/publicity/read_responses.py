"""Read the objections to a case: its words for street and district, who objected for the district alone."""

from __future__ import annotations

from dataclasses import dataclass

from relief.applications.models import Application
from relief.confidential.vault import open_many
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.publicity.models import Response
from relief.publicity.respond import Respondent

#: who decides or looks into a case reads what was said against it
READ_WORDS = frozenset(
    {
        Role.STREET_ACCEPTOR,
        Role.STREET_REVIEWER,
        Role.STREET_PUBLISHER,
        Role.STREET_APPROVER,
        Role.DISTRICT_CHECKER,
        Role.DISTRICT_APPROVER,
    }
)
#: who objected is kept from community and street, where everybody knows everybody
READ_RESPONDENT = frozenset({Role.DISTRICT_CHECKER, Role.DISTRICT_APPROVER})


@dataclass(frozen=True)
class ReadResponse:
    """An objection with its words as opened; empty for whoever reads none."""

    response: Response
    words: str = ""
    answer: str = ""


def read_responses(
    application: Application, *, by: Officer, words: bool, purpose: str = "read-objections"
) -> list[ReadResponse]:
    """The objections to a case, newest first; opening their words is one logged look."""
    found = list(
        Response.objects.filter(application=application).select_related("public_list").order_by("-pk")
    )
    if not words or not found:
        return [ReadResponse(response) for response in found]
    wanted = {f"words.{one.pk}": ("response.words", one.words) for one in found}
    wanted |= {f"answer.{one.pk}": ("response.answer", one.answer) for one in found}
    texts = open_many(wanted, by=by, purpose=purpose, case=application)
    return [ReadResponse(one, texts[f"words.{one.pk}"], texts[f"answer.{one.pk}"]) for one in found]


def may_read_respondent(application: Application, by: Officer) -> None:
    """Raises NotAllowed for everybody but the district's checking clerk and approver."""
    acting(by, READ_RESPONDENT, application.area)


def open_respondent(response: Response, *, by: Officer, purpose: str) -> Respondent:
    """Who objected, opened for a stated purpose that goes into the log. Raises NotAllowed."""
    application = response.application
    assert application is not None
    may_read_respondent(application, by)
    wanted = {
        "name": ("response.respondent", response.respondent),
        "contact": ("response.contact", response.contact),
    }
    return Respondent(**open_many(wanted, by=by, purpose=purpose, case=application))
