"""A correction or a withdrawal beside another act: one wins, the other is told, nothing is half done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

from relief.applications.models import Application
from relief.applications.states import State
from relief.ledger.models import Publication
from relief.officers.models import Role
from relief.publicity.close import close
from relief.publicity.correct import RowProposal, approve_correction, inspect_correction
from relief.publicity.correction_models import Correction, CorrectionState
from relief.publicity.document import digest_holds
from relief.publicity.expire import expire_names
from relief.publicity.models import ListState, PublicList, PublicRow, Response, ResponseState
from relief.publicity.respond import object_to
from relief.publicity.withdraw_list import withdraw_list
from relief.trail import clock
from relief.trail.verify import differences
from tests.factories import cases, objections
from tests.factories.corrections import NOTES, case_in_row, proposed, rectified
from tests.factories.district import District, make_district
from tests.factories.gate import quickly
from tests.processes import kind_of

START = clock.at(date(2026, 3, 2))
#: the day after the period of seven days that began with START
AFTER = clock.at(date(2026, 3, 10))
TOLD = {"done", "stale", "wrong-state", "blocked"}
Race = tuple[datetime, Callable[[], Any]]


@pytest.fixture
def district(scratch: str) -> District:
    with clock.moved_to(START):
        return make_district()


@pytest.fixture(params=[2, pytest.param(20, marks=[pytest.mark.long, pytest.mark.once("postgres")])])
def rounds(request) -> int:
    return request.param


def raced(turn: int, *races: Race) -> list[str]:
    """Calls let go together in threads, each by its own clock; what came of each, in their order.

    In every other turn one after the other, the last first, each on what it saw before: whoever is quicker
    by nature doesn't always win.
    """
    together = turn % 2 == 0
    gun = threading.Barrier(len(races) if together else 1)
    answers = [""] * len(races)

    def run(place: int, moment: datetime, call: Callable[[], Any]) -> None:
        with clock.moved_to(moment):
            connection.ensure_connection()
            gun.wait(timeout=60)
            answers[place] = kind_of(call)
        connection.close()

    threads = [threading.Thread(target=run, args=(place, *race)) for place, race in enumerate(races)]
    for thread in reversed(threads):
        thread.start()
        if not together:
            thread.join()
    for thread in threads:
        thread.join()
    assert set(answers) <= TOLD, answers
    return answers


def running(district: District) -> PublicList:
    with clock.moved_to(START):
        found, _cases = objections.in_publicity(district)
    return fresh(found)


def fresh(public_list: PublicList) -> PublicList:
    return PublicList.objects.select_related("area").get(pk=public_list.pk)


def waiting(district: District, public_list: PublicList, change: str, moment: datetime) -> Correction:
    """A proposal for row 1 that the gate has passed."""
    with clock.moved_to(moment):
        case = case_in_row(public_list, 1)
        if change == "changed":
            case = rectified(district, case)
        reason = {"changed": "entered-wrongly", "removed": "looked-into"}[change]
        made = proposed(district, public_list, [RowProposal(change, case, reason)])
        with quickly():
            inspect_correction(made, by=district.officer(Role.STREET_PUBLISHER, "101"))
    return made


def approving(district: District, made: Correction) -> Callable[[], Any]:
    by = district.officer(Role.STREET_PUBLISHER, "101")
    return lambda: approve_correction(made, by=by, version=made.version)


def closing(district: District, public_list: PublicList) -> Callable[[], Any]:
    by, seen = district.officer(Role.STREET_PUBLISHER, "101"), fresh(public_list)
    return lambda: close(seen, by=by, version=seen.version)


def withdrawing(district: District, public_list: PublicList) -> Callable[[], Any]:
    by, seen = district.officer(Role.DISTRICT_ANNOUNCER), fresh(public_list)
    return lambda: withdraw_list(seen, by=by, version=seen.version, reason_class="wrong-data", **NOTES)


def acts_of(public_list: PublicList) -> list[str]:
    """What the journal says of the list since it hung."""
    rows = Publication.objects.filter(ref=public_list.number).order_by("seq")
    return [
        kind for kind in rows.values_list("kind", flat=True) if kind not in ("list", "period", "response")
    ]


def states(public_list: PublicList) -> list[str]:
    keys = public_list.entries.values("application_id")
    return sorted(Application.objects.filter(pk__in=keys).values_list("state", flat=True))


def whole(made: Correction) -> bool:
    """Whether the correction is in force; if not, nothing of it is."""
    made.refresh_from_db()
    now = fresh(made.public_list)
    in_force = made.state == CorrectionState.APPROVED
    assert (now.edition == 2) == in_force == ("correct" in acts_of(now))
    assert (made.digest_after == now.digest) == in_force
    assert in_force or made.state == CorrectionState.PROPOSED
    assert digest_holds(now)
    return in_force


def test_a_correction_approved_while_midnight_closes_its_list(district, rounds):
    """By the approver's clock it is the last minute of the period, by the closer's the day after."""
    for turn in range(rounds):
        chosen = running(district)
        last = clock.at(chosen.ends_on, 23, 59)
        made = waiting(district, chosen, "changed", last)
        approved, closed = raced(turn, (last, approving(district, made)), (AFTER, closing(district, chosen)))
        assert "done" in (approved, closed)
        assert whole(made) == (approved == "done")
        if closed != "done":
            with clock.moved_to(AFTER):
                closing(district, chosen)()
        still = State.IN_PUBLICITY if approved == "done" else State.CLEARED
        assert fresh(chosen).state == ListState.CLOSED
        assert states(chosen) == sorted([State.CLEARED, still]), "a corrected row has days of its own"
    assert list(differences()) == []


def test_a_correction_approved_while_somebody_objects_to_its_row(district, rounds):
    """The row that goes takes no objection any more; the one that is read anew still does."""
    clerk = district.officer(Role.STREET_ACCEPTOR, "101")
    said = {"channel": "letter", "words": "该户有出租房。", "name": "何兰", "contact": "明河路 1 号"}
    for turn in range(rounds):
        change = ("removed", "changed")[turn % 2]
        chosen = running(district)
        made = waiting(district, chosen, change, START)
        case = case_in_row(chosen, 1)
        approved, objected = raced(
            turn // 2,
            (START, approving(district, made)),
            (START, lambda: object_to(case, by=clerk, version=case.version, **said)),  # noqa: B023
        )
        assert whole(made) == (approved == "done")
        if change == "removed":
            assert (approved, objected).count("done") == 1
        else:
            assert objected == "done"
        open_ones = Response.objects.filter(application=case, state=ResponseState.OPEN).count()
        assert open_ones == (objected == "done")
        expected = State.UNDER_REINVESTIGATION if objected == "done" else State.REVIEWED
        assert cases.fresh(case).state == expected
        shown = PublicRow.objects.filter(entry__application_id=case.pk, current=True).count()
        assert shown == (change == "changed" or approved != "done")
    assert list(differences()) == []


def test_a_list_withdrawn_while_it_closes(district, rounds):
    for turn in range(rounds):
        chosen = running(district)
        withdrawn, closed = raced(
            turn, (AFTER, withdrawing(district, chosen)), (AFTER, closing(district, chosen))
        )
        assert (withdrawn, closed).count("done") == 1
        gone = withdrawn == "done"
        assert fresh(chosen).state == (ListState.WITHDRAWN if gone else ListState.CLOSED)
        assert set(states(chosen)) == {State.REVIEWED if gone else State.CLEARED}
        assert acts_of(chosen) == ["withdraw" if gone else "close"]
        assert PublicRow.objects.filter(public_list=chosen).exists() != gone
    assert list(differences()) == []


def test_a_list_withdrawn_while_its_names_are_deleted(district, rounds):
    """Its time is over and nobody has closed it: the names go once, and the act that took them is known."""
    for turn in range(rounds):
        chosen = running(district)
        seen = fresh(chosen)
        withdrawn, expired = raced(
            turn,
            (AFTER, withdrawing(district, chosen)),
            (AFTER, lambda: expire_names(seen)),  # noqa: B023
        )
        assert (withdrawn, expired).count("done") == 1
        gone = withdrawn == "done"
        now = fresh(chosen)
        assert now.state == (ListState.WITHDRAWN if gone else ListState.RUNNING)
        assert set(states(chosen)) == {State.REVIEWED if gone else State.IN_PUBLICITY}
        assert acts_of(chosen) == ["withdraw" if gone else "expire"]
        assert now.names_deleted_on == AFTER.date()
        assert not PublicRow.objects.filter(public_list=chosen).exists()
    assert list(differences()) == []
