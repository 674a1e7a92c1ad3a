"""Object to a case of a running list (提出异议), or take the objection back (撤回异议)."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.applications.accept import kept_words
from relief.applications.models import Application
from relief.applications.move import authorise, move, seal_words
from relief.applications.states import State
from relief.confidential.pictures import Picture
from relief.errors import Invalid, Reason, WrongState
from relief.officers.models import Officer
from relief.publicity.case_list import counts_changed, hold_list, list_of
from relief.publicity.handlers import due_for
from relief.publicity.models import (
    Entry,
    ListKind,
    ListState,
    PublicList,
    Response,
    ResponseKind,
    ResponseState,
)
from relief.publicity.receipt import Receipt, written
from relief.publicity.respondent import Said, first_time, problems_of, said
from relief.publicity.row_of import entry_on
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.record import record, set_if, touch
from relief.trail.verb import verb


@verb("object")
def object_to(
    application: Application,
    *,
    by: Officer,
    version: int,
    channel: str,
    words: str,
    name: str = "",
    contact: str = "",
    namesake: bool = False,
    about_staff: bool = False,
) -> Receipt:
    """Take an objection down (57号 art 19): the case is looked into anew, its list runs on.

    Named with name and contact, or anonymous. A person objects to a case of a list once; `namesake` says that
    this is another person of the same name. Raises WrongState (the period is over, the list doesn't run),
    NotAllowed, Blocked (the same person again), Invalid, Stale.
    """
    public_list = hold_list(application)
    if reason := why_not_open(public_list, entry_on(public_list, application)):
        raise WrongState(reason)
    assert public_list is not None
    given = said(
        channel=channel, words=words, name=name, contact=contact, namesake=namesake, about_staff=about_staff
    )
    return objection(application, public_list, given, by=by, version=version)


def objection(
    application: Application,
    public_list: PublicList,
    given: Said,
    *,
    by: Officer | Robot,
    version: int,
    picture: Picture | None = None,
) -> Receipt:
    """An objection within an act; `public_list` is locked and open to it.

    About a member of staff it is a complaint besides: the district visits by itself before it decides.
    """
    authorise(application, "object", by)
    if problems := problems_of(given):
        raise Invalid(problems)
    earlier = Response.objects.filter(
        application=application, public_list=public_list, kind=ResponseKind.NOT_ELIGIBLE, named=True
    )
    first_time(earlier, given, at_desk=isinstance(by, Officer))
    today = clock.today()
    changes: dict[str, Any] = {}
    if application.state != State.UNDER_REINVESTIGATION:
        changes["reinvestigation_from"] = today
    if given.about_staff:
        changes |= {"complaint_registered": True, "complaint_on": today}
    _moved, event = move(application, "object", by=by, version=version, changes=changes, reason=given.channel)
    kind = ResponseKind.NOT_ELIGIBLE
    receipt = written(
        public_list,
        given,
        event,
        kind=kind,
        due=due_for(kind, today),
        application=application,
        picture=picture,
    )
    counts_changed(public_list, event)
    return receipt


@verb("withdraw-objection")
def withdraw_objection(response: Response, *, by: Officer, version: int, words: str = "") -> Response:
    """Take an objection back for whoever made it. With the last open one the case goes back.

    It is in publicity again for the days left, or forwarded to the district when its list has closed
    meanwhile. Raises WrongState, NotAllowed, Invalid, Stale.
    """
    words = kept_words(words, "words")
    if response.kind != ResponseKind.NOT_ELIGIBLE or response.application_id is None:
        raise WrongState(
            Reason("no-objection", _("Only an objection can be taken back: this one is answered."))
        )
    public_list = PublicList.objects.select_for_update(no_key=True).get(pk=response.public_list_id)
    application = Application.objects.select_for_update(no_key=True).get(pk=response.application_id)
    if response.state != ResponseState.OPEN:
        raise WrongState(answered_already())
    step, actor = authorise(application, "withdraw-objection", by)
    others = Response.objects.filter(
        application=application, kind=ResponseKind.NOT_ELIGIBLE, state=ResponseState.OPEN
    ).exclude(pk=response.pk)
    if others.exists():
        event = record(
            "withdraw-objection",
            application,
            actor=actor,
            area=application.area,
            words=seal_words(application, words),
            clause=step.clause,
        )
        touch(application, application.version, event)
    else:
        closed = public_list.state != ListState.RUNNING
        event = _back(application, by, words, step.if_closed if closed else None)
    changes = {"state": ResponseState.WITHDRAWN, "answered_on": clock.today()}
    withdrawn = set_if(response, version, changes, event, state=ResponseState.OPEN)
    counts_changed(public_list, event)
    return withdrawn


def answered_already() -> Reason:
    return Reason("answered", _("This response has been answered or withdrawn already."))


def why_not_open(public_list: PublicList | None, entry: Entry | None = None) -> Reason | None:
    """Why nobody can respond to this list (or one row of it) now; the day decides, closed by hand or not.

    A corrected or added row has a last day of its own.
    """
    if public_list is None:
        return Reason("no-list", _("This case stands on no list: there is nothing to object to."))
    if public_list.kind != ListKind.PRE_APPROVAL or public_list.number is None:
        words = _("Responses are taken to published lists before approval only.")
        return Reason("no-responses", words)
    if public_list.state == ListState.WITHDRAWN:
        words = _("The list was withdrawn: respond to the list that takes its place, or call the hotline.")
        return Reason("list-withdrawn", words)
    own = entry.ends_on if entry else None
    last = own or public_list.ends_on
    open_states = (ListState.RUNNING, ListState.CLOSED) if own else (ListState.RUNNING,)
    if public_list.state not in open_states or (last and clock.today() > last):
        words = _(
            "The period of this list ended on %(day)s: responses were possible until that day. "
            "What is reported later, at a station or by the hotline, is registered as a complaint."
        )
        return Reason("period-over", words % {"day": date_format(last) if last else ""})
    return None


def open_to_objection(application: Application) -> bool:
    """Whether somebody may object to the case today."""
    if application.road.step("object", application.state) is None:
        return False
    public_list = list_of(application)
    return why_not_open(public_list, entry_on(public_list, application)) is None


def _back(application: Application, by: Officer, words: str, if_closed: State | None) -> Event:
    """The last open objection is gone: publicity goes on, or the case follows its closed list."""
    _moved, event = move(
        application,
        "withdraw-objection",
        by=by,
        version=application.version,
        words=words,
        to_state=if_closed,
        changes={"forwarded_on": clock.today()} if if_closed == State.CLEARED else {},
    )
    return event
