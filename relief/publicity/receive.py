"""Respond to a running list (反映): one of four kinds, from the web, telephone, letter or counter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.applications.road_57 import STAFF
from relief.confidential.pictures import Picture
from relief.errors import Invalid, Reason, WrongState
from relief.officers.authority import acting, scopes_of
from relief.officers.models import Officer
from relief.places.models import Area, Level
from relief.places.scope import contains
from relief.publicity.case_list import counts_changed
from relief.publicity.handlers import due_for
from relief.publicity.models import Entry, PublicList, Response, ResponseKind
from relief.publicity.receipt import Receipt, written
from relief.publicity.respond import objection, why_not_open
from relief.publicity.respondent import Said, first_time, problems_of, said
from relief.publicity.row_of import find_row
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import record
from relief.trail.verb import verb

#: acts for a visitor of the website, who is nobody in office
WEB = Robot("web-counter")
TAKES_DOWN = frozenset({*STAFF, "robot"})


@verb("respond")
def respond(
    public_list: PublicList,
    *,
    by: Officer | Robot,
    kind: str,
    channel: str,
    words: str,
    name: str = "",
    contact: str = "",
    row: str = "",
    community: Area | str | None = None,
    about_staff: bool = False,
    namesake: bool = False,
    picture: Picture | None = None,
) -> Receipt:
    """Take a response down: number and query code are given now, the answer is due on a day.

    `row` is a row number or row code; who was left out names a `community` of the list instead. Not eligible
    is an objection (57号 art 19) and blocks the case; no other kind does. Raises WrongState (the period is
    over), NotAllowed, Blocked (the same person again), Invalid (`kind`, `row`, `community`, `words`, …).
    """
    public_list = PublicList.objects.select_for_update(no_key=True).get(pk=public_list.pk)
    takes_down(public_list, by)
    if kind not in ResponseKind.values:
        raise Invalid({"kind": [Reason("choice", _("Choose what you want to say."))]})
    given = said(
        channel=channel, words=words, name=name, contact=contact, namesake=namesake, about_staff=about_staff
    )
    if kind == ResponseKind.LEFT_OUT:
        if reason := why_not_open(public_list):
            raise WrongState(reason)
        place = _community(public_list, community, problems_of(given))
        return _taken_down(public_list, given, by=by, kind=kind, community=place, picture=picture)
    entry = _row(public_list, row, problems_of(given))
    if reason := why_not_open(public_list, entry):
        raise WrongState(reason)
    assert entry.application_id is not None  # only announcements show an award
    application = Application.objects.select_for_update(no_key=True).get(pk=entry.application_id)
    if kind != ResponseKind.NOT_ELIGIBLE:
        return _taken_down(public_list, given, by=by, kind=kind, application=application, picture=picture)
    if isinstance(by, Robot) and application.road.step("object", application.state) is None:
        raise WrongState(_no_objection_now())
    return objection(application, public_list, given, by=by, version=application.version, picture=picture)


def takes_down(public_list: PublicList, by: Officer | Robot) -> None:
    """Raises NotAllowed for who takes nothing down anywhere in the list's area, whatever is said."""
    scopes = scopes_of(by, TAKES_DOWN) if isinstance(by, Officer) else []
    here = [scope for scope in scopes if contains(public_list.area_id, scope)]
    acting(by, TAKES_DOWN, here[0] if here else public_list.area_id)


def _row(public_list: PublicList, row: str, problems: dict[str, list[Reason]]) -> Entry:
    """The row spoken of, once everything else is fit to keep. Raises WrongState first, then Invalid."""
    try:
        entry = find_row(public_list, row)
    except Invalid as invalid:
        if reason := why_not_open(public_list):
            raise WrongState(reason) from None
        raise Invalid(invalid.fields | problems) from None
    if problems and not why_not_open(public_list, entry):
        raise Invalid(problems)
    return entry


def _community(
    public_list: PublicList, community: Area | str | None, problems: dict[str, list[Reason]]
) -> Area:
    """The community where somebody was left out. Raises Invalid."""
    number = community.number if isinstance(community, Area) else (community or "")
    place = Area.objects.filter(number=number, level=Level.COMMUNITY).first()
    if place is None or not contains(public_list.area_id, place.number):
        words = _(
            "Choose a community of this list's street. For another street, respond to that street's list."
        )
        problems = {"community": [Reason("community", words)]} | problems
    if problems or place is None:
        raise Invalid(problems)
    return place


def _taken_down(
    public_list: PublicList,
    given: Said,
    *,
    by: Officer | Robot,
    kind: str,
    application: Application | None = None,
    community: Area | None = None,
    picture: Picture | None = None,
) -> Receipt:
    """Left out, wrong data, withhold my name: no case stops for it."""
    area = community.number if community else application.area if application else public_list.area_id
    actor = acting(by, TAKES_DOWN, area)
    earlier = Response.objects.filter(public_list=public_list, kind=kind, application=application, named=True)
    first_time(earlier, given, at_desk=isinstance(by, Officer))
    due = due_for(kind, clock.today())
    event = record(
        "respond",
        public_list,
        actor=actor,
        area=public_list.area_id,
        from_state=public_list.state,
        to_state=public_list.state,
        reason=kind,
        clause="local",
        standards=due.standards,
    )
    receipt = written(
        public_list,
        given,
        event,
        kind=kind,
        due=due,
        application=application,
        community=community,
        picture=picture,
    )
    counts_changed(public_list, event)
    return receipt


def _no_objection_now() -> Reason:
    words = _(
        "No objection to this row can be taken here now. Call the hotline or come to a station: "
        "what you know is registered as a complaint."
    )
    return Reason("no-objection-now", words)
