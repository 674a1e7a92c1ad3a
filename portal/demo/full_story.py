"""The whole district's story: 4,601 standing households, some 370 cases, 42 lists before approval.

Each of the 7 streets has published a list about every ten weeks: four are announced, the district works on
one, one runs. Beside the lists each street has cases at every other stage, some of them overdue.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from portal.demo.full_ground import FULL
from portal.demo.situations import SITUATIONS
from portal.demo.standing import USUAL
from portal.demo.story import Answer, ChangesPlan, End, ListPlan, Plan, Said, Standing, Story, Turn
from relief.publicity.models import ResponseChannel, ResponseKind

HOUSEHOLDS, PERSONS = 4601, 8880
#: rounds of lists that are through: when the first street compiles; each further street some days later
ROUNDS = (222, 166, 110, 52)
#: working days from one street to the next, from a list to its announcement, and to the list in the district
STAGGER, TO_ANNOUNCEMENT, IN_DISTRICT = 4, 17, 10
#: days since which each street's newest list runs; one of them waits for a board
RUNNING = (2, 1, 3, 4, 5, 6, 2)
UNPOSTED = 4
ELIGIBLE = (
    "widow", "old-couple", "dialysis", "disabled", "mother-child", "mother-two", "laid-off", "pedlar",
    "grandparents", "orphaned", "jobless",
)  # fmt: skip

#: cases that are on no list yet, in each street once or twice, and working days since they were opened
BESIDE = (
    (End.DRAFT, 1),
    (End.SUBMITTED, 1),
    (End.RETURNED, 6),
    (End.ACCEPTED, 2),
    (End.EXAMINED, 6),
    (End.REVIEWED, 10),
)
#: the same, but nobody acted in time: two or three in each street
LATE = ((End.SUBMITTED, 9), (End.ACCEPTED, 12), (End.EXAMINED, 17))
#: what happens aside while a list runs and after, each with a situation where only one fits
ASIDE = (
    (End.ANNOUNCED, Turn.REJECTED, ""),
    (End.REFUSED, Turn.UPHELD, "second-flat"),
    (End.ANNOUNCED, Turn.COMPLAINT, ""),
    (End.ANNOUNCED, Turn.TAKEN_BACK, ""),
    (End.ANNOUNCED, Turn.KIN_NOTICED, "widow"),
    (End.ANNOUNCED, Turn.REJECTED_BY_REVIEW, ""),
    (End.ANNOUNCED, Turn.PAUSED, "dialysis"),
    (End.ANNOUNCED, Turn.KIN_MATCHED, ""),
    (End.ANNOUNCED, Turn.DEATH_EXPLAINED, "old-couple"),
)
_LEFT_OUT, _WRONG, _WITHHOLD = (
    ResponseKind.LEFT_OUT,
    ResponseKind.WRONG_DATA,
    ResponseKind.WITHHOLD_NAME,
)
_PHONE, _COUNTER, _LETTER = ResponseChannel.TELEPHONE, ResponseChannel.COUNTER, ResponseChannel.LETTER
#: what is said to lists that are through, in turn
SAID = (
    Said(_LEFT_OUT, Answer.UPHELD),
    Said(_WRONG, Answer.REJECTED, _COUNTER),
    Said(_WITHHOLD, Answer.REJECTED),
    Said(_LEFT_OUT, Answer.REJECTED, _PHONE, escalated=Answer.UPHELD),
    Said(_WRONG, Answer.UPHELD, _COUNTER, of_name=True),
    Said(_WRONG, Answer.REJECTED, escalated=Answer.REJECTED),
    Said(_WITHHOLD, Answer.UPHELD, _COUNTER),
    Said(_LEFT_OUT, Answer.REJECTED, _LETTER),
    Said(_WITHHOLD, Answer.REJECTED, _PHONE),
)
#: to the lists in the district, one in each street; what isn't answered is late by now
SAID_LATELY = (
    Said(_LEFT_OUT, Answer.UPHELD, _COUNTER, leads=True),
    Said(_WRONG, Answer.REJECTED, escalated=Answer.OPEN),
    Said(_LEFT_OUT),
    Said(_WITHHOLD, Answer.REJECTED),
    Said(_LEFT_OUT, Answer.UPHELD, _PHONE, leads=True),
    Said(_WRONG, channel=_COUNTER),
    Said(_LEFT_OUT, Answer.REJECTED, escalated=Answer.OPEN),
)
#: to the running lists, some in each street, still to be answered
SAID_NOW = (
    Said(_LEFT_OUT),
    Said(_WRONG, channel=_PHONE),
    Said(_WITHHOLD),
    Said(_LEFT_OUT, channel=_COUNTER, about_staff=True),
)
#: the street whose running list is corrected
CORRECTED = 2
#: round and street of the list that was missing from a board, and of the one that was withdrawn
MISSING, WITHDRAWN = (3, "103"), (2, "106")
#: changes and endings: of three streets announced, of one decided only
CHANGES = (
    ChangesPlan("101", decided=70, announced=64, changed=9, ended=4),
    ChangesPlan("101", decided=16, announced=9, changed=7, ended=3),
    ChangesPlan("105", decided=24, announced=17, changed=6, ended=3),
    ChangesPlan("107", decided=20, announced=12, changed=5, ended=2),
    ChangesPlan("102", decided=3, changed=4, ended=1),
)
#: where a standing list is shown, and since how many working days
STANDING_LISTS = {"104": 30}
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
            self._beside_the_lists(turn, street)

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
                    missing=(past, street) == MISSING,
                    withdrawn=(past, street) == WITHDRAWN,
                    checked=past % 2 == turn % 2,
                )
            )
            self._said(number, End.ANNOUNCED, SAID[(turn * len(ROUNDS) + past) % len(SAID)])
            for _case in range(self._rng.randint(2, 4)):
                self._on(number, End.ANNOUNCED)
            if self._rng.random() < 0.4:
                self._on(number, End.REFUSED, "second-flat")
            if past % 2:
                self._on(number, End.ANNOUNCED, kin=True)
            self._aside(number, turn + past)

    def _aside(self, number: int, turn: int) -> None:
        """Two of the things that happen while a list runs, in turn."""
        for place in (turn * 2, turn * 2 + 1):
            end, aside, situation = ASIDE[place % len(ASIDE)]
            self._on(number, end, situation, turn=aside)
        if turn % 4 == 1:
            self._on(number, End.WITHDRAWN, left_at=End.IN_PUBLICITY)

    def _in_the_district(self, turn: int, street: str) -> None:
        plan = ListPlan(ago=IN_DISTRICT + turn, street=street, by_robot=turn % 2 == 0, left_up=turn in (1, 4))
        number = self._list(plan)
        for end in (End.APPROVED, End.CLEARED, (End.APPROVED, End.SENT_BACK)[turn % 2]):
            self._on(number, end)
        self._said(number, End.CLEARED, SAID_LATELY[turn])
        self._on(number, End.CLEARED, kin=turn % 2 == 0)
        self._on(number, End.CLEARED, turn=Turn.COMPLAINT if turn % 2 else Turn.REJECTED)
        if turn % 3 == 0:
            self._on(number, End.CLEARED, "second-flat", turn=Turn.UPHELD)
        if turn % 3 == 1:
            self._on(number, End.WITHDRAWN, left_at=End.CLEARED)
        if turn % 3 == 2:
            self._on(number, End.SURVEYED_AGAIN, turn=Turn.RETURNED_AGAIN)

    def _running(self, turn: int, street: str) -> None:
        number = self._list(
            ListPlan(
                street=street,
                running=RUNNING[turn],
                unposted=turn == UNPOSTED - 1,
                checked=turn % 2 == 0,
                photos=turn < 2,
            )
        )
        for place in range(self._rng.randint(3, 6)):
            self._on(number, End.IN_PUBLICITY, kin=not place)
        for place in (turn, turn + 1, turn + 2)[: 2 + turn % 2]:
            self._said(number, End.IN_PUBLICITY, SAID_NOW[place % len(SAID_NOW)])
        if turn + 1 == CORRECTED:
            self._said(number, End.IN_PUBLICITY, Said(_WRONG, Answer.UPHELD, _COUNTER))
        if turn % 2:
            self._on(number, End.UNDER_REINVESTIGATION, turn=Turn.OBJECTED)
        else:
            self._on(number, End.IN_PUBLICITY, turn=Turn.TAKEN_BACK)
        if turn % 3 == 0:
            self._on(number, End.UNDER_REINVESTIGATION, turn=Turn.OBJECTED_TWICE)

    def _beside_the_lists(self, turn: int, street: str) -> None:
        """What no list shows: cases under way, some of them late, and cases that never came to a list."""
        for end, ago in BESIDE:
            for _case in range(self._rng.randint(1, 2)):
                self._beside(street, end, ago)
        for end, ago in (LATE[turn % 3], LATE[(turn + 1 + turn // 3) % 3]):
            self._beside(street, end, ago, surveyed=end == End.EXAMINED)
        self._beside(street, End.EXAMINED, 8, surveyed=True)
        for end, ago in ((End.REFUSED, 150), (End.REFUSED, 70), (End.CLEARED, 13)):
            self._beside(street, end, ago + self._rng.randint(0, 6), "hidden-wages")
        self._beside(street, End.ACCEPTED, 8, turn=Turn.STOPPED)
        self._beside(street, End.EXAMINED, 8, surveyed=True, turn=Turn.EXTENDED)
        if turn % 3 == 1:
            self._beside(street, End.REVIEWED, 9, "old-couple", turn=Turn.DEATH_OPEN)
        left = (End.ACCEPTED, End.EXAMINED, End.SUBMITTED)[turn % 3]
        self._beside(street, End.WITHDRAWN, 40 + 11 * turn, left_at=left)
        self._beside(street, End.TERMINATED, 60 + 13 * turn, left_at=(End.ACCEPTED, End.EXAMINED)[turn % 2])

    def _list(self, plan: ListPlan) -> int:
        number = len(self.lists) + 1
        self.lists[number] = plan
        return number

    def _on(self, number: int, end: End, situation: str = "", **more: Any) -> None:
        """A case of a list; `more` as in Plan."""
        asked = self._rng.random() < ASKED
        self._write(self.lists[number].street, end, situation, on_list=number, asked=asked, **more)

    def _said(self, number: int, end: End, said: Said) -> None:
        """A case of a list beside which something is said; no minor's, whose name stands on no list."""
        situation = "mother-child" if said.kind == ResponseKind.WITHHOLD_NAME else "dialysis"
        about_a_row = said.kind != ResponseKind.LEFT_OUT
        self._on(number, end, situation if about_a_row else "", said=(said,))

    def _beside(self, street: str, end: End, ago: int, situation: str = "", **more: Any) -> None:
        """A case that is on no list."""
        self._write(street, end, situation, ago=ago, **more)

    def _write(self, street: str, end: End, situation: str, **more: Any) -> None:
        community = self._rng.choice([number for number in FULL.communities if number.startswith(street)])
        self.cases.append(Plan(situation or self._rng.choice(ELIGIBLE), community, end, **more))


def full_story(seed: str) -> Story:
    """The story of the whole district."""
    writer = _Writer(Random(f"{seed} story"))
    writer.write()
    return Story(FULL, standing, writer.lists, tuple(writer.cases), CHANGES, STANDING_LISTS)
