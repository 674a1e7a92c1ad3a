"""Look a response up by receipt number and query code, and read what its respondent may know (查询)."""

from __future__ import annotations

from dataclasses import dataclass

from relief.confidential.blind import subjects_with
from relief.confidential.vault import open_many
from relief.ledger.codes import normalise_code
from relief.publicity.escalate import why_not_escalated
from relief.publicity.models import Response
from relief.publicity.next_step import NextStep, next_step
from relief.publicity.receipt import asked_by
from relief.trail.actor import Acting


@dataclass(frozen=True)
class Status:
    """What a respondent reads: answers as opened, what comes next and by which day; no words of anybody."""

    response: Response
    answer: str
    escalation_answer: str
    next_step: NextStep
    may_escalate: bool


def look_up(number: str, query_code: str) -> Response | None:
    """The response with this receipt number and query code; one without the other finds nothing."""
    typed, code = "".join(number.split()).lower(), normalise_code(query_code)
    if not typed or not code or len(typed) > 24:
        return None
    asked = asked_by(typed, code)
    subjects = subjects_with("query-code", [asked]).get(asked, [])
    codes = [subject.partition(":")[2] for subject in subjects]
    found = Response.objects.filter(number=typed, code__in=codes)
    return found.select_related("public_list__area", "application", "community").first()


def status_for_respondent(response: Response, by: Acting) -> Status:
    """How the response stands, for whoever holds its receipt; opening the answers is one logged look."""
    texts = open_many(
        {
            "answer": ("response.answer", response.answer),
            "escalation_answer": ("response.escalation-answer", response.escalation_answer),
        },
        by=by,
        purpose="look-up-response",
    )
    return Status(
        response,
        texts["answer"],
        texts["escalation_answer"],
        next_step(response),
        why_not_escalated(response) is None,
    )
