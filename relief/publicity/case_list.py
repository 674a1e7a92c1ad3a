"""The list on which a case stands: locked before the case, left with it, its objections answered with it.

Lists are locked before cases everywhere, so that nobody waits in a circle.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from relief.applications.listing import Published
from relief.applications.models import Application
from relief.confidential.vault import vaults_of
from relief.ledger import journal
from relief.publicity.editions import CURRENT, current_entries, row_runs
from relief.publicity.models import (
    Entry,
    ListKind,
    ListState,
    PublicList,
    PublicRow,
    Response,
    ResponseKind,
    ResponseState,
    Retraction,
)
from relief.publicity.queries import row_visible
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import record, set_if, touch


def list_of(application: Application) -> PublicList | None:
    """The newest list before approval that holds the case."""
    entry = place_of(application)
    return entry.public_list if entry else None


def place_of(application: Application) -> Entry | None:
    """The case's row in that list, of the list's current edition."""
    entries = Entry.objects.filter(
        CURRENT, application_id=application.pk, public_list__kind=ListKind.PRE_APPROVAL
    )
    return entries.select_related("public_list__area").order_by("-pk").first()


def cases_of(public_list: PublicList) -> QuerySet[Application]:
    """Cases whose newest list before approval this is."""
    newer = Entry.objects.filter(
        application_id=OuterRef("application_id"),
        public_list__kind=public_list.kind,
        pk__gt=OuterRef("pk"),
    )
    rows = current_entries(public_list).order_by().filter(~Exists(newer))
    return Application.objects.filter(pk__in=rows.values("application_id")).order_by("pk")


def hold_list(application: Application) -> PublicList | None:
    """The same list, locked until the transaction ends; lock it before the case."""
    found = list_of(application)
    if found is None:
        return None
    return PublicList.objects.select_for_update(no_key=True).get(pk=found.pk)


class CaseList:
    """What publicity answers to `relief.applications.listing`."""

    def hold(self, application: Application) -> bool:
        """Lock the case's list; whether its period is closed (or it shows the case no more)."""
        if hold_list(application) is None:
            return True
        return not row_runs(place_of(application))

    def leave(self, application: Application, event: Event) -> None:
        """Take the case's row from the lists that still show names; end what is open against the case.

        A case that was returned under re-investigation was published wrongly: its objections are upheld.
        """
        if event.act != "new-opinion":  # a new opinion answers in its own words
            ended = ResponseState.UPHELD if event.act == "return" else ResponseState.LAPSED
            end_open(application, ended, "", event, OBJECTIONS)
            end_open(application, ResponseState.LAPSED, "", event)
        rows = PublicRow.objects.filter(entry__application_id=application.pk)
        rows.filter(current=False).delete()  # an older edition's: the page of the correction loses it too
        for row in rows.select_related("entry", "public_list").order_by("pk"):
            if row_visible(row):
                _retract(row, event)

    def published(self, number: str) -> Published | None:
        """The closed list before approval with this number."""
        found = PublicList.objects.filter(
            kind=ListKind.PRE_APPROVAL, number=number, state=ListState.CLOSED
        ).first()
        if found is None or found.number is None:
            return None
        cases = frozenset(cases_of(found).values_list("pk", flat=True))
        return Published(found.number, found.digest, found.area_id, cases)

    def outdated(self, application: Application) -> bool:
        """Whether what the district would confirm was never shown: rectified, and the row not corrected."""
        rectified = Event.objects.filter(
            subject_kind="application", subject_code=application.code, act="rectify"
        )
        newest = rectified.order_by("-pk").values_list("pk", flat=True).first()
        place = place_of(application) if newest else None
        return newest is not None and place is not None and place.event_id < newest

    def answer(self, application: Application, *, upheld: bool, words: str, event: Event) -> int:
        """Answer every open objection to the case in the same words; how many there were."""
        answered = ResponseState.UPHELD if upheld else ResponseState.REJECTED
        return end_open(application, answered, words, event, OBJECTIONS)

    def complained_of(self, application: Application) -> bool:
        """Whether an objection that speaks of a member of staff waits for the district's answer."""
        waiting = Response.objects.filter(application=application, state=ResponseState.OPEN)
        return waiting.filter(kind=ResponseKind.NOT_ELIGIBLE, about_staff=True).exists()


#: what a new opinion answers, and what ends with a case or list: never what speaks of a member of staff
OBJECTIONS = Q(kind=ResponseKind.NOT_ELIGIBLE)
NOT_OF_STAFF = Q(about_staff=None) | Q(about_staff=False)


def end_open(
    application: Application, state: ResponseState, words: str, event: Event, which: Q = NOT_OF_STAFF
) -> int:
    """Give the open responses to a case their end today; the public counts of their list change."""
    responses = Response.objects.filter(NOT_OF_STAFF, which, application=application)
    ended = _ended(responses, state, words, event)
    for pk in sorted({response.public_list_id for response in ended}):
        counts_changed(PublicList.objects.get(pk=pk), event)
    return len(ended)


def lapse_responses(public_list: PublicList, event: Event) -> int:
    """End the open responses to a list that is withdrawn by `event`; how many there were.

    What speaks of a member of staff stays open: the district answers it all the same. The caller writes the
    list and the journal.
    """
    responses = Response.objects.filter(NOT_OF_STAFF, public_list=public_list)
    return len(_ended(responses, ResponseState.LAPSED, "", event))


def _ended(responses: QuerySet[Response], state: ResponseState, words: str, event: Event) -> list[Response]:
    found = list(responses.filter(state=ResponseState.OPEN).order_by("pk"))
    vaults = vaults_of(found)
    for response in found:
        vault = vaults.get(f"response:{response.code}")
        answer = vault.seal_optional("response.answer", words) if vault else None
        changes = {"state": state, "answered_on": clock.today(), "answer": answer}
        set_if(response, response.version, changes, event, state=ResponseState.OPEN)
    return found


def counts_changed(public_list: PublicList, event: Event) -> PublicList:
    """Raise the list's version and tell the public that its counts of responses are others now."""
    touched = touch(public_list, public_list.version, event)
    assert touched.number is not None
    journal.append("response", touched.number, touched.digest, event_id=event.pk, at=event.at)
    return touched


def _retract(row: PublicRow, cause: Event) -> None:
    """Delete what is shown of one entry, and say so in the list's own record and in the journal."""
    public_list = PublicList.objects.get(pk=row.public_list_id)
    event = record(
        "retract",
        public_list,
        actor=_actor(cause),
        area=public_list.area_id,
        from_state=public_list.state,
        to_state=public_list.state,
        reason=cause.act,
        clause=cause.clause,
        cause_id=cause.pk,
    )
    Retraction.objects.create(entry=row.entry, reason=cause.act, event_id=event.pk, at=event.at)
    row.delete()
    touched = touch(public_list, public_list.version, event)
    assert touched.number is not None
    journal.append("retract", touched.number, touched.digest, event_id=event.pk, at=event.at)


def _actor(event: Event) -> Actor:
    """Who did `event`, again as a snapshot: the same person takes the row from the list."""
    return Actor(
        kind=event.actor_kind,
        id=event.actor_id,
        name=event.actor_name,
        role=event.actor_role,
        office=event.actor_office,
        area=event.actor_area,
    )
