"""Object to a case of a running list (提出异议), or take the objection back (撤回异议)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.applications.accept import kept_words, required_words
from relief.applications.models import Application
from relief.applications.move import authorise, move, seal_words
from relief.applications.states import State
from relief.confidential.blind import index_rows, subjects_with
from relief.confidential.models import BlindIndex
from relief.confidential.vault import new_vaults, subject_of
from relief.errors import Blocked, Invalid, Reason, WrongState
from relief.ledger.series import next_number
from relief.officers.models import Officer
from relief.publicity.case_list import counts_changed, hold_list, list_of
from relief.publicity.models import (
    ListState,
    PublicList,
    Response,
    ResponseChannel,
    ResponseKind,
    ResponseState,
)
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.record import record, set_if, touch
from relief.trail.verb import verb
from relief.trail.written import unwritable

NAME_LIMIT = 40
CONTACT_LIMIT = 80


@dataclass(frozen=True)
class Respondent:
    """Who objects. Without a name the objection is anonymous (匿名) and nobody can be told the answer."""

    name: str = ""
    contact: str = ""

    @property
    def named(self) -> bool:
        return bool(self.name)


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
) -> Response:
    """Take an objection down (57号 art 19): the case is looked into anew, its list runs on.

    Named with name and contact, or anonymous. A person objects to a case of a list once; `namesake` says that
    this is another person of the same name. Raises WrongState (the period is over, the list doesn't run),
    NotAllowed, Blocked (the same person again), Invalid, Stale.
    """
    public_list = hold_list(application)
    if reason := why_not_open(public_list):
        raise WrongState(reason)
    assert public_list is not None
    authorise(application, "object", by)
    respondent = _respondent(name, contact)
    words = _valid(channel, words, respondent)
    if respondent.named:
        _first_time(application, public_list, respondent, namesake)
    changes = (
        {} if application.state == State.UNDER_REINVESTIGATION else {"reinvestigation_from": clock.today()}
    )
    _moved, event = move(application, "object", by=by, version=version, changes=changes, reason=channel)
    response = _entered(application, public_list, channel, words, respondent, event)
    counts_changed(public_list, event)
    return response


@verb("withdraw-objection")
def withdraw_objection(response: Response, *, by: Officer, version: int, words: str = "") -> Response:
    """Take an objection back for whoever made it. With the last open one the case goes back.

    It is in publicity again for the days left, or forwarded to the district when its list has closed
    meanwhile. Raises WrongState, NotAllowed, Invalid, Stale.
    """
    words = kept_words(words, "words")
    application = response.application
    assert application is not None
    public_list = PublicList.objects.select_for_update(no_key=True).get(pk=response.public_list_id)
    application = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if response.state != ResponseState.OPEN:
        raise WrongState(answered_already())
    step, actor = authorise(application, "withdraw-objection", by)
    others = Response.objects.filter(application=application, state=ResponseState.OPEN).exclude(
        pk=response.pk
    )
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
    return Reason("answered", _("This objection has been answered or withdrawn already."))


def why_not_open(public_list: PublicList | None) -> Reason | None:
    """Why nobody can object to a case of this list now; the day decides, whether or not it was closed."""
    if public_list is None:
        return Reason("no-list", _("This case stands on no list: there is nothing to object to."))
    if public_list.state == ListState.WITHDRAWN:
        return Reason("list-withdrawn", _("The list of this case was withdrawn."))
    last = public_list.ends_on
    if public_list.state != ListState.RUNNING or (last and clock.today() > last):
        day = date_format(last) if last else ""
        words = _(
            "The period of this list ended on %(day)s: objections were possible until that day. "
            "What is reported later is registered as a complaint."
        )
        return Reason("period-over", words % {"day": day})
    return None


def response_number(street: str, year: int) -> str:
    """The next receipt number of a street and year: `fy-101-2026-00017`."""
    return f"fy-{street}-{year}-{next_number(f'response:{street}:{year}'):05d}"


def open_to_objection(application: Application) -> bool:
    """Whether somebody may object to the case today."""
    on_the_road = application.road.step("object", application.state) is not None
    return on_the_road and why_not_open(list_of(application)) is None


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


def _respondent(name: str, contact: str) -> Respondent:
    name = " ".join(name.split())
    return Respondent(name, " ".join(contact.split())) if name else Respondent()


def _valid(channel: str, words: str, respondent: Respondent) -> str:
    """The words, fit to keep. Raises Invalid."""
    problems: dict[str, list[Reason]] = {}
    try:
        words = required_words(words, "words")
    except Invalid as invalid:
        problems |= invalid.fields
    if channel not in ResponseChannel.values:
        problems["channel"] = [Reason("choice", _("Choose how the objection came in."))]
    if respondent.named and not respondent.contact:
        problems["contact"] = [
            Reason("required", _("Enter a telephone number or address: the answer goes there."))
        ]
    for field, text, limit in (
        ("name", respondent.name, NAME_LIMIT),
        ("contact", respondent.contact, CONTACT_LIMIT),
    ):
        if len(text) > limit:
            problems[field] = [Reason("too-long", _("Use at most %(limit)d characters.") % {"limit": limit})]
        elif broken := unwritable(text):
            problems[field] = broken
    if problems:
        raise Invalid(problems)
    return words


def _first_time(
    application: Application, public_list: PublicList, respondent: Respondent, namesake: bool
) -> None:
    """Raises Blocked when this person has objected to the case on this list before, whatever came of it."""
    name, whole = _identity(respondent)
    responses = {
        subject_of(earlier): earlier.number
        for earlier in Response.objects.filter(application=application, public_list=public_list, named=True)
    }
    found = subjects_with("respondent", (name, whole))
    if same := [responses[subject] for subject in found.get(whole, ()) if subject in responses]:
        words = _("This person has objected to this case already: receipt %(number)s.")
        raise Blocked(Reason("objected-already", words % {"number": same[0]}))
    if not namesake and any(subject in responses for subject in found.get(name, ())):
        words = _(
            "Somebody of this name has objected to this case already. If it is another person, say so below."
        )
        raise Invalid({"namesake": [Reason("same-name", words)]})


def _identity(respondent: Respondent) -> tuple[str, str]:
    """What a person is known by again: the name, and the name with the contact; spelling set aside."""
    name = _plain(respondent.name)
    return name, f"{name}\n{_plain(respondent.contact)}"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in letters if sign.isalnum())


def _entered(
    application: Application,
    public_list: PublicList,
    channel: str,
    words: str,
    respondent: Respondent,
    event: Event,
) -> Response:
    today = clock.today()
    response = Response(
        number=response_number(public_list.area_id, today.year),
        public_list=public_list,
        application=application,
        kind=ResponseKind.NOT_ELIGIBLE,
        channel=channel,
        received_on=today,
        named=respondent.named,
    )
    subject = subject_of(response)
    vault = new_vaults([subject])[0]
    response.respondent = vault.seal_optional("response.respondent", respondent.name)
    response.contact = vault.seal_optional("response.contact", respondent.contact)
    response.words = vault.seal("response.words", words)
    response.save(event=event)
    if respondent.named:
        texts: tuple[Mapping[str, str | None], ...] = tuple(
            {"respondent": text} for text in _identity(respondent)
        )
        BlindIndex.objects.bulk_create([row for text in texts for row in index_rows(subject, dict(text))])
    return response
