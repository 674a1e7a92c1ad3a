"""Acceptance (受理): take the case, or ask once for everything that is missing (一次性告知)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from relief.applications.models import Application, KinDeclaredBy
from relief.applications.move import authorise, move
from relief.errors import Invalid, Reason
from relief.officers.models import Officer
from relief.standards.in_force import in_force
from relief.standards.legal_clock import add_working_days
from relief.trail import clock
from relief.trail.verb import verb
from relief.trail.written import unwritable

WORDS_LIMIT = 2000


@verb("accept")
def accept(
    application: Application, *, by: Officer, version: int, kin_registered: bool = False
) -> Application:
    """Accept a complete case; relatives of staff are registered separately (单独登记备案, 57号 art 11).

    `kin_registered`: the applicant declares it now; what was declared before stays.

    From today run the days to start the survey (art 15) and the whole limit (art 22), in working days.
    """
    authorise(application, "accept", by)
    today = clock.today()
    limit = in_force(application.road.limit, today)
    last = add_working_days(today, limit.number)
    moved, _event = move(
        application,
        "accept",
        by=by,
        version=version,
        changes={
            "accepted_on": today,
            "survey_from": today,
            "limit_on": last.day,
            "limit_provisional": last.provisional,
            "limit_standard": limit.name,
            "limit_days": limit.number,
            **declared_kin(application, kin_registered),
        },
        standards=limit.used(),
    )
    return moved


def declared_kin(application: Application, by_applicant: bool) -> dict[str, Any]:
    """Columns of what the applicant declares; what is registered already stays, whoever said it."""
    if application.kin_registered or not by_applicant:
        return {}
    return {"kin_registered": True, "kin_declared_by": KinDeclaredBy.APPLICANT}


@verb("ask-once")
def ask_once(application: Application, *, by: Officer, missing: str, version: int) -> Application:
    """Return an incomplete case and name everything that is missing, once (57号 art 10)."""
    authorise(application, "ask-once", by)
    moved, _event = move(
        application,
        "ask-once",
        by=by,
        version=version,
        words=required_words(missing, "missing"),
        reason="incomplete",
    )
    return moved


def required_words(text: str, field: str) -> str:
    """Words that must be there and stay within the limit. Raises Invalid."""
    text = text.strip()
    if not text:
        raise Invalid({field: [Reason("required", _("Say it in words: the household will read them."))]})
    return kept_words(text, field)


def kept_words(text: str, field: str) -> str:
    """Words that may be empty, but must be fit to keep. Raises Invalid."""
    text = text.strip()
    if len(text) > WORDS_LIMIT:
        raise Invalid(
            {field: [Reason("too-long", _("Use at most %(limit)d characters.") % {"limit": WORDS_LIMIT})]}
        )
    if broken := unwritable(text):
        raise Invalid({field: broken})
    return text
