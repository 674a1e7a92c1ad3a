"""Stages, days and lists of the cases in `cases.md` come out day for day, on both databases."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest

from relief.applications.models import Application
from relief.awards.models import AwardPeriod
from relief.errors import Refused
from relief.publicity.models import ListKind, PublicList, Response
from relief.publicity.queries import visible_rows
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Standard
from relief.trail import clock
from tests.factories.district import make_district
from tests.relief import road_truths
from tests.relief.worked.player import Player
from tests.relief.worked.table import Case, Row, day_of, worked_cases

WORKED = worked_cases()


def test_at_least_twenty_cases_are_worked():
    assert len(WORKED) >= 20
    assert all(row.day <= later.day for case in WORKED for row, later in pairwise(case.rows))


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case.title)
def test_the_case_comes_out_day_for_day(db: None, case: Case):
    with clock.moved_to(clock.at(case.rows[0].day - timedelta(days=1))):
        player = Player(make_district(), case.community)
        for name, value, since in case.settings:
            kind = Standard.objects.filter(name=name)[0].kind
            local = Clause.objects.get(key="local")
            enter_standard(name, kind=kind, value=value, from_date=since, clause=local)
    for row in case.rows:
        with clock.moved_to(clock.at(row.day)):
            play(player, row)
            assert stands(player.case) == (row.stage, row.due, row.limit), row
            for fact in row.facts:
                check(player, fact, row)
    with clock.moved_to(clock.at(case.rows[-1].day)):
        road_truths.hold()


def play(player: Player, row: Row) -> None:
    """The row's acts; the last one is refused where the row says why."""
    refusals = [fact.removeprefix("not: ") for fact in row.facts if fact.startswith("not: ")]
    for act in row.acts:
        if refusals and act == row.acts[-1]:
            with pytest.raises(Refused) as refused:
                player.do(act)
            assert [reason.code for reason in refused.value.reasons] == refusals, row
        else:
            player.do(act)


def stands(case: Application) -> tuple:
    return case.state, case.due_on, case.limit_on


def check(player: Player, fact: str, row: Row) -> None:
    """One sentence of the column “and”."""
    for pattern, holds in FACTS.items():
        if found := re.fullmatch(pattern, fact):
            assert holds(player, *found.groups()), (fact, row)
            return
    raise KeyError(fact)


def award(player: Player, month: str, amount: str) -> bool:
    (period,) = AwardPeriod.objects.filter(award__changes__application=player.case)
    return (f"{period.from_month:%Y-%m}", str(period.amount)) == (month, amount)


def names_until(player: Player, day: str) -> bool:
    return PublicList.objects.get(kind=ListKind.ANNOUNCEMENT).names_until == day_of(day)


def objections(player: Player, state: str) -> bool:
    return set(Response.objects.values_list("state", flat=True)) == {state}


FACTS = {
    r"not: (\S+)": lambda player, _code: True,  # `play` has seen to it
    r"amount (\S+)": lambda player, amount: str(player.case.proposed_amount) == amount,
    r"list (\S+) running": lambda player, number: (
        (player.list.number, player.list.state) == (number, "running")
    ),
    r"list (running|closed|announced)": lambda player, state: player.list.state == state,
    r"period (.+) – (.+)": lambda player, first, last: (
        (player.list.starts_on, player.list.ends_on) == (day_of(first), day_of(last))
    ),
    r"no period": lambda player: (player.list.starts_on, player.list.ends_on) == (None, None),
    r"rows (\d+)": lambda player, count: visible_rows(player.list).count() == int(count),
    r"forwarded (.+)": lambda player, day: player.case.forwarded_on == day_of(day),
    r"award (\S+) of (\S+)": award,
    r"no award": lambda player: not AwardPeriod.objects.exists(),
    r"names until (.+)": names_until,
    r"objections (\S+)": objections,
    r"clock stopped (.+)": lambda player, day: player.case.clock_stopped_on == day_of(day),
    r"clock runs": lambda player: player.case.clock_stopped_on is None,
    r"limit provisional": lambda player: player.case.limit_provisional,
    r"due provisional": lambda player: player.case.due_provisional,
}
