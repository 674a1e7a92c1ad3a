"""Withdraw a published list (撤回): with a reason class and a note in both languages, by the district.

The street that published it can't make it vanish by itself. An announcement of decisions can't be withdrawn:
awards rest on its entries, so its rows are corrected one by one.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.applications.models import Application
from relief.applications.move import move_all
from relief.applications.states import State
from relief.errors import Invalid, Reason, WrongState
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.publicity.case_list import cases_of, end_open
from relief.publicity.correctable import check_notes, open_correction
from relief.publicity.correction_models import CorrectionState
from relief.publicity.models import ListKind, ListState, PublicList, PublicRow, Response, ResponseState
from relief.publicity.queries import names_visible
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb

WITHDRAWN_BY = frozenset({Role.DISTRICT_ANNOUNCER})


class WithdrawalReason(models.TextChoices):
    """Why a list was withdrawn, as a class that the public reads."""

    WRONG_CASES = "wrong-cases", gettext_lazy("wrong cases stood on it")
    WRONG_DATA = "wrong-data", gettext_lazy("much of its data was wrong")
    NOT_SHOWN = "not-shown", gettext_lazy("it was not shown everywhere as the rules ask")
    PRIVATE_DATA = "private-data", gettext_lazy("it showed what must not be public")
    UNLAWFUL = "unlawful", gettext_lazy("the rules were not kept when it was made")


def why_not_withdrawn(public_list: PublicList) -> Reason | None:
    """Why the list can't be withdrawn now."""
    if public_list.kind == ListKind.ANNOUNCEMENT:
        words = _("Awards rest on this announcement: correct its rows, it can't be withdrawn as a whole.")
        return Reason("announcement-stays", words)
    runs = public_list.kind == ListKind.PRE_APPROVAL and public_list.state == ListState.RUNNING
    shown = public_list.kind != ListKind.PRE_APPROVAL and names_visible(public_list)
    if runs or shown:
        return None
    return Reason("not-running", _("A list is withdrawn while it is before the public; this one is not."))


@verb("withdraw-list")
def withdraw_list(
    public_list: PublicList, *, by: Officer, version: int, reason_class: str, note_zh: str, note_en: str
) -> PublicList:
    """Withdraw a list: names go at once, its cases go back to the street's review in the same transaction.

    Open responses about a case lapse; who was left out is still answered. Made again it is a new revision.
    Raises WrongState, NotAllowed, Invalid, Stale.
    """
    actor = acting(by, WITHDRAWN_BY, public_list.area_id)
    if reason := why_not_withdrawn(public_list):
        raise WrongState(reason)
    if reason_class not in WithdrawalReason.values:
        raise Invalid({"reason_class": [Reason("choice", _("Choose why the list is withdrawn."))]})
    note_zh, note_en = check_notes(note_zh, note_en)
    public_list = hold(public_list, version)
    event = record(
        "withdraw-list",
        public_list,
        actor=actor,
        area=public_list.area_id,
        from_state=public_list.state,
        to_state=ListState.WITHDRAWN,
        reason=reason_class,
        clause="57-19",
    )
    _let_go(public_list, by, event)
    changes: dict[str, Any] = {
        "state": ListState.WITHDRAWN,
        "withdrawn_on": clock.today(),
        "withdrawal_reason": reason_class,
        "note_zh": note_zh,
        "note_en": note_en,
        "names_deleted_on": clock.today(),
    }
    now = PublicList.objects.get(pk=public_list.pk)  # ending its responses raised its version
    withdrawn = set_if(now, now.version, changes, event)
    assert withdrawn.number is not None
    journal.append("withdraw", withdrawn.number, withdrawn.digest, event_id=event.pk, at=event.at)
    return withdrawn


def _let_go(public_list: PublicList, by: Officer, event: Event) -> None:
    """Nothing is shown any more, its cases wait for another list, what waited for an answer ends."""
    cases = list(cases_of(public_list).filter(state__in=(State.IN_PUBLICITY, State.UNDER_REINVESTIGATION)))
    if cases:
        move_all(cases, "unlist", by=by, cause=event, changes={"reinvestigation_from": None})
    open_ones = Response.objects.filter(public_list=public_list, state=ResponseState.OPEN)
    spoken_of = open_ones.exclude(application=None).order_by().values("application")
    for case in Application.objects.filter(pk__in=spoken_of).order_by("pk"):
        end_open(case, ResponseState.LAPSED, "", event)
    PublicRow.objects.filter(public_list=public_list).delete()
    if waiting := open_correction(public_list):
        decided = {"state": CorrectionState.REJECTED, "decided_on": clock.today(), "decided_at": event.at}
        set_if(waiting, waiting.version, decided, event)
