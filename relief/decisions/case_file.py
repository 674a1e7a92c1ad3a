"""Read one case whole: family, visits, checks, opinions and their words, opened in one logged look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from relief.applications.models import Application
from relief.confidential.sealed import Sealed
from relief.confidential.vault import open_many
from relief.decisions.models import CrossCheck, DemocraticReview, HomeVisit, Opinion, RegisterHit
from relief.households.id_number import age_on
from relief.households.models import Person
from relief.households.queries import memberships_on
from relief.trail import clock
from relief.trail.actor import Acting
from relief.trail.models import Event


@dataclass(frozen=True)
class FamilyMember:
    """One member as a case shows it; the ID number stays sealed."""

    person: Person
    relation: str
    name: str
    age: int | None


@dataclass
class CaseFile:
    """What stands on a case. `words` holds opened text by row: `visit.3`, `opinion.7`, `event.12` …"""

    applicant: str
    address: str
    phone: str
    members: list[FamilyMember]
    visits: list[HomeVisit]
    checks: list[CrossCheck]
    opinions: list[Opinion]
    hits: list[RegisterHit] = field(default_factory=list)
    reviews: list[DemocraticReview] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)


def read_case(
    application: Application, *, by: Acting, purpose: str, events: Iterable[Event] = (), words: bool = True
) -> CaseFile:
    """Open a case for reading: one query per table, one for the keys, one row in the log of looks.

    With `words=False` only names and ages are opened (the auditor's view). `events` are acts on the case
    whose words are wanted.
    """
    rows = memberships_on(application.household, clock.today())
    visits = list(application.visits.select_related("member_present").order_by("-pk"))
    checks = list(application.cross_checks.order_by("-pk"))
    opinions = list(application.opinions.order_by("-pk"))
    hits = list(_hits(application)) if application.matched_on else []
    reviews = list(_reviews(application))
    shown = [row.person for row in rows] + [v.member_present for v in visits] + [hit.person for hit in hits]
    people = {person.pk: person for person in shown}
    people[application.applicant_id] = application.applicant
    wanted: dict[str, tuple[str, Sealed | None]] = {}
    for pk, person in people.items():
        wanted[f"name.{pk}"] = ("person.name", person.name)
        wanted[f"birth.{pk}"] = ("person.birth-date", person.birth_date)
    if words:
        wanted |= _words(application, visits, checks, opinions, events) | _more_words(hits, reviews)
    texts = open_many(wanted, by=by, purpose=purpose, case=application)
    return CaseFile(
        applicant=texts[f"name.{application.applicant_id}"],
        address=texts.get("address", ""),
        phone=texts.get("phone", ""),
        members=[
            FamilyMember(
                row.person,
                row.get_relation_display(),
                texts[f"name.{row.person_id}"],
                _age(texts[f"birth.{row.person_id}"]),
            )
            for row in rows
        ],
        visits=visits,
        checks=checks,
        opinions=opinions,
        hits=hits,
        reviews=reviews,
        words=texts,
        names={pk: texts[f"name.{pk}"] for pk in people},
    )


def _reviews(application: Application) -> QuerySet[DemocraticReview]:
    """Democratic reviews, newest first; no query for a case that can't have had one."""
    found = application.democratic_reviews.order_by("-pk")
    expected = application.reinvestigation_from or application.road.has("democratic-review")
    return found if expected else found.none()


def _hits(application: Application) -> QuerySet[RegisterHit]:
    """Matches with the registers, the open ones first."""
    return application.register_hits.select_related("person").order_by("-open", "-pk")


def _words(
    application: Application,
    visits: list[HomeVisit],
    checks: list[CrossCheck],
    opinions: list[Opinion],
    events: Iterable[Event],
) -> dict[str, tuple[str, Sealed | None]]:
    wanted: dict[str, tuple[str, Sealed | None]] = {
        "address": ("household.address", application.household.address),
        "phone": ("household.phone", application.household.phone),
    }
    wanted |= {f"visit.{row.pk}": ("visit.findings", row.findings) for row in visits}
    wanted |= {f"check.{row.pk}": ("cross-check.remarks", row.remarks) for row in checks}
    wanted |= {f"explanation.{row.pk}": ("cross-check.explanation", row.explanation) for row in checks}
    wanted |= {f"opinion.{row.pk}": ("opinion.words", row.words) for row in opinions}
    for event in events:
        if event.words is not None:
            wanted[f"event.{event.pk}"] = ("event.words", Sealed(bytes(event.words)))
    return wanted


def _more_words(
    hits: list[RegisterHit], reviews: list[DemocraticReview]
) -> dict[str, tuple[str, Sealed | None]]:
    wanted = {f"hit.{row.pk}": ("register-hit.explanation", row.explanation) for row in hits}
    return wanted | {f"review.{row.pk}": ("democratic-review.minutes", row.minutes) for row in reviews}


def _age(birth: str) -> int | None:
    try:
        return age_on(date.fromisoformat(birth), clock.today())
    except ValueError:
        return None
