"""What happens next with a response, in one plain sentence and with a day: for receipt, look-up and desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.places.models import DISTRICT
from relief.publicity.handlers import area_of
from relief.publicity.models import Response, ResponseKind, ResponseState
from relief.trail import clock


@dataclass(frozen=True)
class NextStep:
    """A sentence, and the day by which it happens where there is one."""

    text: str
    day: date | None = None

    def __str__(self) -> str:
        return self.text


def next_step(response: Response) -> NextStep:
    """What happens next with the response as it stands today."""
    if response.escalated_on and response.escalation_answered_on is None:
        day = response.escalation_due_on
        return NextStep(_("The district bureau answers by %(day)s.") % {"day": _day(day)}, day)
    if response.escalation_answered_on:
        if response.escalation_upheld and response.kind == ResponseKind.WITHHOLD_NAME:
            return NextStep(_withheld())
        return NextStep(_("The district has answered. This was the last answer here."))
    if response.state == ResponseState.OPEN:
        return _open(response)
    if response.state == ResponseState.WITHDRAWN:
        return NextStep(_("It was taken back. Nothing more happens."))
    if response.state == ResponseState.LAPSED:
        return NextStep(_("It ended with its case or list. Nothing more happens."))
    return NextStep(_answered(response))


def first_step(response: Response) -> str:
    """Who does what until when, as it stands on the receipt."""
    day = {"day": _day(response.due_on)}
    if response.kind == ResponseKind.WITHHOLD_NAME:
        return (
            _(
                "The district bureau decides by %(day)s. Until it has decided and a correction of the list "
                "is approved, the name stays as it is."
            )
            % day
        )
    if area_of(response) == DISTRICT:
        return (
            _(
                "The district bureau looks into it itself and answers by %(day)s. Neither the community nor "
                "the street reads what you said."
            )
            % day
        )
    if response.kind == ResponseKind.NOT_ELIGIBLE:
        return (
            _(
                "The street looks into the case again by %(day)s: by a home visit, or by a democratic review "
                "with residents' representatives. Then it gives a new opinion."
            )
            % day
        )
    if response.kind == ResponseKind.WRONG_DATA:
        return (
            _(
                "The street compares the row with the case by %(day)s. If the data is wrong, the list is "
                "corrected, and the correction is published."
            )
            % day
        )
    if response.about_staff or response.community is None:
        return _("The street looks into it by %(day)s and tells you whether you can apply, and how.") % day
    return _(
        "The station of %(community)s looks into it by %(day)s and tells you whether you can apply, and how."
    ) % {**day, "community": response.community.name}


def _open(response: Response) -> NextStep:
    last = response.due_on
    if last and clock.today() > last:
        if area_of(response) == DISTRICT:
            words = _("The answer was due by %(day)s and is late. Call the hotline with your receipt number.")
        else:
            words = _("The answer was due by %(day)s and is late: you can turn to the district now.")
        return NextStep(words % {"day": _day(last)}, last)
    return NextStep(first_step(response), last)


def _answered(response: Response) -> str:
    upheld = response.state == ResponseState.UPHELD
    if upheld and response.kind == ResponseKind.WITHHOLD_NAME:
        return _withheld()
    if upheld and response.kind == ResponseKind.WRONG_DATA:
        return _("The list is corrected where it shows something wrong; the correction is published.")
    if area_of(response) == DISTRICT:
        return _(
            "It is answered. If it doesn't convince you, write to the director's mailbox or call the hotline."
        )
    return _("It is answered. If it doesn't convince you, you can turn to the district once.")


def _withheld() -> str:
    return _(
        "The name is withheld on request. It stays on the list until a correction is approved; "
        "later lists and announcements don't show it."
    )


def _day(day: date | None) -> str:
    return date_format(day) if day else "—"
