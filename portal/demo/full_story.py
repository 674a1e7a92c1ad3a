"""The whole district's story: 4,601 standing households, some 370 cases, 42 lists before approval.

Each of the 7 streets has published a list about every ten weeks: four are announced, the district works on
one, one runs. Beside the lists each street has cases at every other stage, some of them overdue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from portal.demo.full_ground import FULL
from portal.demo.situations import SITUATIONS
from portal.demo.standing import USUAL
from portal.demo.story import End, ListPlan, Plan, Standing, Story

HOUSEHOLDS, PERSONS = 4601, 8880
#: rounds of lists that are through: when the first street compiles; each further street some days later
ROUNDS = (225, 174, 123, 68)
#: working days from one street to the next, from a list to its announcement, and to the list in the district
STAGGER, TO_ANNOUNCEMENT, IN_DISTRICT = 4, 17, 14
#: days since which each street's newest list runs; one of them waits for a board
RUNNING = (2, 1, 3, 4, 5, 6, 2)
UNPOSTED = 4
ELIGIBLE = (
    "widow", "old-couple", "dialysis", "disabled", "mother-child", "mother-two", "laid-off", "pedlar",
    "grandparents", "orphaned", "jobless",
)  # fmt: skip

#: cases that are on no list yet, in each street, with the working days since they were opened
BESIDE = (
    (End.DRAFT, 1),
    (End.SUBMITTED, 1),
    (End.SUBMITTED, 9),  # late
    (End.RETURNED, 6),
    (End.ACCEPTED, 3),
    (End.ACCEPTED, 12),  # late
    (End.EXAMINED, 7),
    (End.REVIEWED, 10),
    (End.REVIEWED, 11),
)
#: share of the cases that were sent back once for completion
ASKED = 0.2


def standing(rng: Random) -> Iterator[Standing]:
    """Households in all communities, more in some than in others, exactly as many persons as there are."""
    communities = FULL.communities
    homes = sorted(rng.choices(communities, [rng.randint(60, 140) for _each in communities], k=HOUSEHOLDS))
    return zip(homes, _fitting(rng), strict=True)


def _fitting(rng: Random) -> list[str]:
    """Situations at random, then one after another changed until the persons are `PERSONS`."""
    chosen = rng.choices(USUAL, k=HOUSEHOLDS)
    missing = PERSONS - sum(_size(situation) for situation in chosen)
    while missing:
        place, other = rng.randrange(HOUSEHOLDS), rng.choice(USUAL)
        step = _size(other) - _size(chosen[place])
        if step and step * missing > 0 and abs(step) <= abs(missing):
            chosen[place] = other
            missing -= step
    return chosen


def _size(situation: str) -> int:
    return len(SITUATIONS[situation].kin)


class _Writer:
    """Writes the year street by street; the same seed writes the same story."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self.lists: dict[int, ListPlan] = {}
        self.cases: list[Plan] = []

    def write(self) -> None:
        for turn, street in enumerate(FULL.streets):
            self._announced(turn, street)
            self._in_the_district(turn, street)
            self._running(turn, street)
            self._beside_the_lists(street)

    def _announced(self, turn: int, street: str) -> None:
        for past, start in enumerate(ROUNDS):
            ago = start - STAGGER * turn
            number = self._list(
                ListPlan(
                    ago=ago,
                    street=street,
                    announced=ago - TO_ANNOUNCEMENT,
                    deleted=past < len(ROUNDS) - 1,
                    by_robot=bool((past + turn) % 2),
                    self_publishing=past == turn % len(ROUNDS),
                )
            )
            for _case in range(self._rng.randint(4, 7)):
                self._on(number, End.ANNOUNCED)
            if self._rng.random() < 0.4:
                self._on(number, End.REFUSED, "second-flat")
            if past % 2:
                self._on(number, End.ANNOUNCED, kin=True)

    def _in_the_district(self, turn: int, street: str) -> None:
        number = self._list(ListPlan(ago=IN_DISTRICT + turn, street=street, by_robot=turn % 2 == 0))
        for end in (End.APPROVED, End.APPROVED, End.CLEARED, End.CLEARED, End.SENT_BACK):
            self._on(number, end)
        self._on(number, End.CLEARED, kin=turn % 2 == 0)

    def _running(self, turn: int, street: str) -> None:
        number = self._list(ListPlan(street=street, running=RUNNING[turn], unposted=turn == UNPOSTED - 1))
        for place in range(self._rng.randint(6, 9)):
            self._on(number, End.IN_PUBLICITY, kin=not place)

    def _beside_the_lists(self, street: str) -> None:
        """What no list shows: cases under way, some of them late, and cases that never came to a list."""
        for end, ago in BESIDE:
            self._write(street, Plan(self._rng.choice(ELIGIBLE), "", end, ago=ago))
        for ago in (9, 19):  # the second is late
            survey = Plan(self._rng.choice(ELIGIBLE), "", End.EXAMINED, ago=ago, surveyed=True)
            self._write(street, survey)
        for end, ago in ((End.REFUSED, 150), (End.REFUSED, 70), (End.CLEARED, 15)):
            self._write(street, Plan("hidden-wages", "", end, ago=ago + self._rng.randint(0, 9)))

    def _list(self, plan: ListPlan) -> int:
        number = len(self.lists) + 1
        self.lists[number] = plan
        return number

    def _on(self, number: int, end: End, situation: str = "", *, kin: bool = False) -> None:
        """A case of a list."""
        asked = self._rng.random() < ASKED
        situation = situation or self._rng.choice(ELIGIBLE)
        plan = Plan(situation, "", end, on_list=number, kin=kin, asked=asked)
        self._write(self.lists[number].street, plan)

    def _write(self, street: str, plan: Plan) -> None:
        community = self._rng.choice([number for number in FULL.communities if number.startswith(street)])
        self.cases.append(replace(plan, community=community))


def full_story(seed: str) -> Story:
    """The story of the whole district."""
    writer = _Writer(Random(f"{seed} story"))
    writer.write()
    return Story(FULL, standing, writer.lists, tuple(writer.cases))
