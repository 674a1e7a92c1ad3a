"""Read responses: the words for the handler's level and above, who responded for the district alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from relief.applications.models import Application
from relief.confidential.vault import open_many
from relief.officers.authority import acting
from relief.officers.models import Appointment, Officer, Role
from relief.publicity.handlers import area_of, may_read
from relief.publicity.models import Response
from relief.publicity.respondent import Respondent

#: who responded is kept from community and street, where everybody knows everybody
READ_RESPONDENT = frozenset({Role.DISTRICT_CHECKER, Role.DISTRICT_APPROVER})


@dataclass(frozen=True)
class ReadResponse:
    """A response with its texts as opened; empty for whoever reads none."""

    response: Response
    words: str = ""
    answer: str = ""
    escalation: str = ""
    escalation_answer: str = ""


def read_responses(
    application: Application,
    *,
    by: Officer,
    held: Collection[Appointment],
    purpose: str = "read-objections",
) -> list[ReadResponse]:
    """The responses to a case, newest first; opening their words is one logged look."""
    found = Response.objects.filter(application=application).select_related("public_list").order_by("-pk")
    return opened(list(found), by=by, held=held, purpose=purpose, case=application)


def opened(
    responses: Sequence[Response],
    *,
    by: Officer,
    held: Collection[Appointment],
    purpose: str,
    case: Application | None = None,
) -> list[ReadResponse]:
    """Responses with the texts that one of the appointments may read; one logged look, if there are any."""
    columns = {
        "words": "response.words",
        "answer": "response.answer",
        "escalation": "response.escalation",
        "escalation_answer": "response.escalation-answer",
    }
    wanted = {
        f"{name}.{one.pk}": (purpose_of_column, getattr(one, name))
        for one in responses
        if may_read(one, held)
        for name, purpose_of_column in columns.items()
        if name != "escalation" or _at_district(held)
    }
    texts = open_many(wanted, by=by, purpose=purpose, case=case) if wanted else {}
    return [
        ReadResponse(one, **{name: texts.get(f"{name}.{one.pk}", "") for name in columns})
        for one in responses
    ]


def may_read_respondent(response: Response, by: Officer) -> None:
    """Raises NotAllowed for everybody but the district's checking clerk and approver."""
    acting(by, READ_RESPONDENT, response.application.area if response.application else area_of(response))


def open_respondent(response: Response, *, by: Officer, purpose: str) -> Respondent:
    """Who responded, opened for a stated purpose that goes into the log. Raises NotAllowed."""
    may_read_respondent(response, by)
    wanted = {
        "name": ("response.respondent", response.respondent),
        "contact": ("response.contact", response.contact),
    }
    return Respondent(**open_many(wanted, by=by, purpose=purpose, case=response.application))


def _at_district(held: Collection[Appointment]) -> bool:
    return any(one.role in READ_RESPONDENT for one in held)
