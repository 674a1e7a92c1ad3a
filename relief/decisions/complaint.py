"""Register a complaint or report that comes while the district decides (登记投诉举报)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from relief.applications.accept import required_words
from relief.applications.models import Application
from relief.applications.move import authorise, move
from relief.errors import Invalid, Reason
from relief.officers.models import Officer
from relief.trail import clock
from relief.trail.verb import verb


@verb("complain")
def register_complaint(
    application: Application, *, by: Officer, version: int, received_on: date, words: str
) -> Application:
    """Take down a complaint in the confirmation stage: approval waits for the district's visit (57号 art 20).

    The visit must be made on the day of the newest complaint or after it. The words are sealed. Raises
    WrongState, NotAllowed, Invalid (a day ahead, or before the case was forwarded), Stale.
    """
    authorise(application, "complain", by)
    if received_on > clock.today():
        raise Invalid({"received_on": [Reason("future-day", _("This day lies in the future."))]})
    if application.forwarded_on and received_on < application.forwarded_on:
        words_ = _("The case wasn't with the deciding level yet on that day: an objection is entered there.")
        raise Invalid({"received_on": [Reason("before-confirmation", words_)]})
    moved, _event = move(
        application,
        "complain",
        by=by,
        version=version,
        changes={
            "complaint_registered": True,
            "complaint_on": max(received_on, application.complaint_on or received_on),
        },
        words=required_words(words, "words"),
        reason="complaint",
    )
    return moved
