"""Objections, answers and closing at the same moment: nothing is lost, nobody waits in a circle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from relief.applications.withdraw import withdraw
from relief.decisions.new_opinion import new_opinion
from relief.officers.models import Role
from relief.publicity.close import close
from relief.publicity.models import PublicRow, Response, Retraction
from relief.publicity.respond import withdraw_objection
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import District, make_district
from tests.factories.objections import in_publicity, objected, reviewed_by_neighbours
from tests.factories.stages import DAY, on
from tests.processes import kind_of

OVER = DAY + timedelta(days=7)


@pytest.fixture
def district(scratch: str) -> District:
    with on(DAY):
        return make_district()


def at_once(day: Any, *calls: Callable[[], Any]) -> list[str]:
    """Run the calls in a thread each, on one day; what came of each, in their order."""
    gun = threading.Barrier(len(calls))
    answers = [""] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        with on(day):
            connection.ensure_connection()
            gun.wait(timeout=60)
            answers[place] = kind_of(call)
        connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_persons_at_two_counters(district):
    """The second clerk sees a changed case and tries again: no objection is lost, none counted twice."""
    with on(DAY):
        _list, (case, _other) = in_publicity(district)
    answers = at_once(
        DAY,
        lambda: objected(district, case, name="周正"),
        lambda: objected(district, case, name="吴明"),
    )
    assert set(answers) <= {"done", "stale"} and "done" in answers
    assert Response.objects.count() == answers.count("done")
    assert cases.fresh(case).state == "under-reinvestigation"
    assert list(differences()) == []


@pytest.mark.parametrize("way", ["new-opinion", "taken-back"])
def test_the_list_closes_while_the_last_objection_ends(district, way):
    """57号 art 19: in publicity for the days left, or forwarded with the closed list; never left behind."""
    with on(DAY):
        public_list, (case, other) = in_publicity(district)
        response = objected(district, case)
        case = reviewed_by_neighbours(district, case)
    public_list.refresh_from_db()
    street = {role: district.officer(role, "101") for role in (Role.STREET_REVIEWER, Role.STREET_PUBLISHER)}

    def end() -> Any:
        if way == "taken-back":
            by = district.officer(Role.STREET_ACCEPTOR, "101")
            return withdraw_objection(response, by=by, version=response.version)
        return new_opinion(
            case,
            by=street[Role.STREET_REVIEWER],
            version=case.version,
            recommended=True,
            words="属实",
            answer="经核实符合条件",
        )

    def shut() -> Any:
        return close(public_list, by=street[Role.STREET_PUBLISHER], version=public_list.version)

    ended, shut_too = at_once(OVER, end, shut)
    assert ended == "done" and shut_too in ("done", "stale")
    public_list.refresh_from_db()
    expected = "cleared" if public_list.state == "closed" else "in-publicity"
    assert (cases.fresh(case).state, cases.fresh(other).state) == (expected, expected)
    assert list(differences()) == []


def test_a_case_leaves_while_somebody_objects_to_it(district):
    with on(DAY):
        _list, (case, _other) = in_publicity(district)
    clerk = district.officer(Role.COMMUNITY_CLERK, "10101")
    answers = at_once(
        DAY,
        lambda: objected(district, case),
        lambda: withdraw(case, by=clerk, version=case.version, words="本人撤回。"),
    )
    assert "done" in answers
    left = cases.fresh(case).state == "withdrawn"
    assert Retraction.objects.exists() == left
    assert PublicRow.objects.filter(entry__application_id=case.pk).exists() != left
    assert not Response.objects.filter(application=case, state="open").exists() or not left
    assert list(differences()) == []
