"""Whether a list can be corrected, by whom, which of its rows (更正): asked by screen and verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.applications.models import Application
from relief.applications.states import State
from relief.confidential.private_kinds import Allowed
from relief.confidential.private_values import private_values
from relief.errors import Blocked, Invalid, Reason
from relief.officers.models import Role
from relief.places.models import Board
from relief.publicity.boards import listed_boards
from relief.publicity.compile import candidates, unmatched
from relief.publicity.correction_models import Correction, CorrectionState, RowChange
from relief.publicity.forms import forms
from relief.publicity.models import ListKind, ListState, PublicList, Response
from relief.publicity.queries import names_visible
from relief.publicity.reissue import ShownNow, outdated_rows, shown_now
from relief.trail import clock
from relief.trail.written import unwritable

NOTE_LIMIT = 400
#: days back that a note may speak of; a date of birth lies further back
TWO_YEARS = 731


class CorrectionReason(models.TextChoices):
    """Why a row changes, as a class that the public reads beside it."""

    ENTERED_WRONGLY = "entered-wrongly", gettext_lazy("it was entered wrongly")
    CHANGED_SINCE = "changed-since", gettext_lazy("the case was rectified after the list was made")
    NAME_WITHHELD = "name-withheld", gettext_lazy("the name is withheld on request")
    LEFT_OUT = "left-out", gettext_lazy("the household was left out by mistake")
    LISTED_BY_MISTAKE = "listed-by-mistake", gettext_lazy("the household was listed by mistake")
    LOOKED_INTO = "looked-into", gettext_lazy("the case is looked into again")


R = CorrectionReason
FITTING: dict[str, tuple[CorrectionReason, ...]] = {
    RowChange.CHANGED: (R.ENTERED_WRONGLY, R.CHANGED_SINCE, R.NAME_WITHHELD),
    RowChange.ADDED: (R.LEFT_OUT,),
    RowChange.REMOVED: (R.LISTED_BY_MISTAKE, R.LOOKED_INTO),
}
#: whose list it is proposes and approves its corrections, never the same person both
CORRECTED_BY: dict[str, frozenset[str]] = {
    ListKind.PRE_APPROVAL: frozenset({Role.STREET_REVIEWER, Role.STREET_PUBLISHER}),
    ListKind.ANNOUNCEMENT: frozenset({Role.DISTRICT_APPROVER, Role.DISTRICT_ANNOUNCER}),
}
#: an added row is published: by whom its road says
ADDED_BY = frozenset({Role.STREET_PUBLISHER})
SHOWN_STATES = (State.IN_PUBLICITY, State.UNDER_REINVESTIGATION)


@dataclass(frozen=True)
class RowProposal:
    """What is to happen to one row; its values are read from the case, never typed."""

    change: str
    application: Application
    reason: str
    response: Response | None = None


def why_not_correctable(public_list: PublicList) -> Reason | None:
    """Why the list can't be corrected now: another kind, or its names' time is over."""
    if public_list.kind not in CORRECTED_BY:
        words = _("This kind of list is not corrected: its next edition is made from the corrected records.")
        return Reason("not-corrected", words)
    if public_list.kind == ListKind.PRE_APPROVAL:
        over = public_list.ends_on is not None and public_list.ends_on < clock.today()
        runs = public_list.state == ListState.RUNNING and not over
    else:
        runs = public_list.state == ListState.ANNOUNCED and names_visible(public_list)
    if runs:
        return None
    return Reason("not-running", _("A list is corrected while it is before the public; this one is not."))


def open_correction(public_list: PublicList) -> Correction | None:
    """The proposal that waits for a second person, if there is one."""
    return public_list.corrections.filter(state=CorrectionState.PROPOSED).first()


def who_may_be_added(public_list: PublicList) -> list[Application]:
    """Reviewed cases of the list's street and benefit that stand on no list: they may join this one."""
    if public_list.kind != ListKind.PRE_APPROVAL:
        return []
    return [case for case in candidates(public_list.area, public_list.benefit) if not unmatched([case])]


def check_notes(note_zh: str, note_en: str) -> tuple[str, str]:
    """The public note in both languages. Raises Invalid by field."""
    notes = {"note_zh": " ".join(note_zh.split()), "note_en": " ".join(note_en.split())}
    problems: dict[str, list[Reason]] = {}
    for name, text in notes.items():
        if not text:
            problems[name] = [
                Reason("required", _("The public reads this note: write it in both languages."))
            ]
        elif len(text) > NOTE_LIMIT:
            words = _("Use at most %(limit)d characters.") % {"limit": NOTE_LIMIT}
            problems[name] = [Reason("too-long", words)]
        elif broken := unwritable(text):
            problems[name] = broken
        elif private_values(text, _sayable()):
            words = _(
                "The note holds a telephone, ID or card number, a date of birth, an address or a mail "
                "address: take it out. The public reads this note."
            )
            problems[name] = [Reason("private", words)]
    if problems:
        raise Invalid(problems)
    return notes["note_zh"], notes["note_en"]


def _sayable() -> Allowed:
    """What a note may name: the offices' own particulars, and days of the last two years."""
    today = clock.today()
    days = {today - timedelta(days=back) for back in range(-30, TWO_YEARS)}
    return Allowed.of(forms().particulars(), days)


def check_changes(public_list: PublicList, changes: Sequence[RowProposal]) -> dict[int, ShownNow]:
    """What the list shows of the named cases now. Raises Invalid, or Blocked with a reason per case."""
    if not changes:
        raise Invalid({"changes": [Reason("nothing", _("Choose at least one row to correct."))]})
    keys = [change.application.pk for change in changes]
    if len(set(keys)) < len(keys):
        raise Invalid({"changes": [Reason("twice", _("A row can be corrected in one way at a time."))]})
    wrong = [one for one in changes if one.reason not in FITTING.get(one.change, ())]
    if wrong:
        raise Invalid({"changes": [Reason("class", _("Choose for each row why it is corrected."))]})
    places = shown_now(public_list, [change.application for change in changes])
    outdated = {entry.application_id or 0 for entry in outdated_rows(public_list)}
    reasons = [
        reason
        for change in changes
        for reason in _why_not(public_list, change, places.get(change.application.pk), outdated)
    ]
    if reasons:
        raise Blocked(*reasons)
    return places


def _why_not(
    public_list: PublicList, change: RowProposal, place: ShownNow | None, outdated: set[int]
) -> list[Reason]:
    case, told = change.application, {"case": change.application.number}
    if change.change == RowChange.ADDED:
        return _why_not_added(public_list, case, place)
    if place is None or place.row is None:
        words = _("Case %(case)s stands in no row that the list shows today.")
        return [Reason("no-row", words % told)]
    if change.change == RowChange.CHANGED and case.pk not in outdated:
        words = _("The row of case %(case)s shows what the case says: there is nothing to correct.")
        return [Reason("row-unchanged", words % told)]
    if change.change == RowChange.REMOVED and public_list.kind == ListKind.PRE_APPROVAL:
        if case.road.step("unlist", case.state) is None:
            words = _("Case %(case)s can't be taken from the list by its road.")
            return [Reason("no-way-back", words % told)]
    return []


def _why_not_added(public_list: PublicList, case: Application, place: ShownNow | None) -> list[Reason]:
    told = {"case": case.number}
    fits = (
        public_list.kind == ListKind.PRE_APPROVAL
        and case.state == State.REVIEWED
        and case.benefit == public_list.benefit
        and case.area.startswith(public_list.area_id)
    )
    if not fits or place is not None:
        words = _("Case %(case)s is not a reviewed case of this street and benefit that waits for a list.")
        return [Reason("not-to-be-added", words % told)]
    there = {board.area_id for board in listed_boards(public_list)}
    elsewhere = Board.objects.filter(area=case.community, in_use=True).exclude(area__in=there)
    if elsewhere.exists():
        words = _("The list hangs on no board of the community of case %(case)s: it needs a list of its own.")
        return [Reason("no-board-there", words % told)]
    return unmatched([case])
