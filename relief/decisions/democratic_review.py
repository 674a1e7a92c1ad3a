"""Record a democratic review (民主评议): residents' representatives discussed one case and voted."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from relief.applications.accept import WORDS_LIMIT
from relief.applications.models import Application
from relief.applications.move import actor_on, authorise, move, wrong_state
from relief.applications.states import State
from relief.confidential.vault import vault_of
from relief.decisions.models import DemocraticReview
from relief.decisions.visit import looked_into_since
from relief.errors import Invalid, Reason, WrongState
from relief.officers.models import Officer, Role
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import record, touch
from relief.trail.verb import verb
from relief.trail.written import unwritable

#: the street calls the meeting after an objection; a road may name others for a step of its own
CALLED_BY = (Role.STREET_REVIEWER, Role.STREET_ACCEPTOR)
MOST_PERSONS = 500


@verb("democratic-review")
def democratic_review(
    application: Application,
    *,
    by: Officer,
    version: int,
    held_on: date,
    participants: int,
    representatives: int,
    votes_for: int,
    votes_against: int,
    minutes: str,
) -> DemocraticReview:
    """Enter a meeting and how it voted; two thirds of those present are residents' representatives.

    Where the road has a step of this name the case moves with it (220号 art 21); else it stays under
    re-investigation (57号 art 19). Who abstained is not counted. Raises WrongState, NotAllowed, Invalid,
    Stale.
    """
    actor = may_review(application, by)
    problems = _day_problems(application, held_on)
    problems |= _head_problems(participants, representatives, votes_for, votes_against)
    problems |= _minutes_problems(minutes)
    if problems:
        raise Invalid(problems)
    event = _written(application, by, actor, version)
    review = DemocraticReview(
        application=application,
        held_on=held_on,
        participants=participants,
        representatives=representatives,
        votes_for=votes_for,
        votes_against=votes_against,
        minutes=vault_of(application.household).seal("democratic-review.minutes", minutes.strip()),
    )
    review.save(event=event)
    return review


def may_review(application: Application, by: Officer) -> Actor:
    """Who enters a review now. Raises WrongState, NotAllowed."""
    if application.road.step("democratic-review", application.state):
        return authorise(application, "democratic-review", by)[1]
    if application.state != State.UNDER_REINVESTIGATION:
        raise WrongState(wrong_state(application))
    return actor_on(application, by, CALLED_BY)


def _written(application: Application, by: Officer, actor: Actor, version: int) -> Event:
    """The act's Event: a move where the road has the step, else a write beneath the case."""
    if application.road.step("democratic-review", application.state):
        return move(application, "democratic-review", by=by, version=version)[1]
    event = record("democratic-review", application, actor=actor, area=application.area, clause="57-19")
    touch(application, version, event, state=application.state)
    return event


def _day_problems(application: Application, held_on: date) -> dict[str, list[Reason]]:
    since = looked_into_since(application)
    if held_on > clock.today():
        words = _("The review lies in the future: enter the day it took place.")
        return {"held_on": [Reason("future-day", words)]}
    if since and held_on < since:
        words = _("The review lies before this survey or re-investigation of the case began.")
        return {"held_on": [Reason("before-survey", words)]}
    return {}


def _head_problems(
    participants: int, representatives: int, votes_for: int, votes_against: int
) -> dict[str, list[Reason]]:
    """Counts that don't fit each other; all are counted persons."""
    if not 1 <= participants <= MOST_PERSONS:
        words = _("Enter a number from %(low)d to %(high)d.") % {"low": 1, "high": MOST_PERSONS}
        return {"participants": [Reason("out-of-range", words)]}
    if not 0 <= representatives <= participants:
        words = _("There can't be more representatives than participants.")
        return {"representatives": [Reason("out-of-range", words)]}
    if representatives * 3 < participants * 2:
        words = _("At least two thirds of the participants must be residents' representatives.")
        return {"representatives": [Reason("two-thirds", words)]}
    if votes_for < 0 or votes_against < 0 or not 1 <= votes_for + votes_against <= participants:
        words = _("The votes don't fit the number of participants.")
        return {"votes_for": [Reason("votes", words)]}
    return {}


def _minutes_problems(minutes: str) -> dict[str, list[Reason]]:
    if not minutes.strip():
        return {"minutes": [Reason("required", _("Say what was discussed."))]}
    if len(minutes) > WORDS_LIMIT:
        words = _("Use at most %(limit)d characters.") % {"limit": WORDS_LIMIT}
        return {"minutes": [Reason("too-long", words)]}
    broken = unwritable(minutes)
    return {"minutes": broken} if broken else {}
