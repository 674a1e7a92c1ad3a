"""What a story of the demo says: which households come, how far each case goes, on which list it stands.

Days are working days before the day of loading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from portal.demo.ground import Ground
from relief.publicity.models import ResponseChannel, ResponseKind


class End(StrEnum):
    """Where a case stands when the demo is loaded."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXAMINED = "examined"
    REVIEWED = "reviewed"
    IN_PUBLICITY = "in-publicity"
    SENT_BACK = "sent-back"  # returned by the district for correction, so accepted again
    SURVEYED_AGAIN = "surveyed-again"  # returned by the street after an objection, so accepted again
    CLEARED = "cleared"
    APPROVED = "approved"
    REFUSED = "refused"
    ANNOUNCED = "announced"
    UNDER_REINVESTIGATION = "under-reinvestigation"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"


class Turn(StrEnum):
    """What happens to a case aside of the straight road."""

    STOPPED = "stopped"  # the clock stands still, and still does
    PAUSED = "paused"  # it stood still for some days
    EXTENDED = "extended"
    KIN_NOTICED = "kin-noticed"  # the community's examiner knows the relation
    KIN_MATCHED = "kin-matched"  # an officer has declared the relative
    DEATH_EXPLAINED = "death-explained"  # a register names a member dead, by mistake
    DEATH_OPEN = "death-open"  # the same, not yet explained
    REJECTED = "rejected"  # an objection that proves unfounded
    REJECTED_BY_REVIEW = "rejected-by-review"  # two objections, a democratic review
    UPHELD = "upheld"
    TAKEN_BACK = "taken-back"
    OBJECTED = "objected"  # an objection that is still looked into
    OBJECTED_TWICE = "objected-twice"
    RETURNED_AGAIN = "returned-again"  # an objection shows that the survey must be made anew
    COMPLAINT = "complaint"


class Answer(StrEnum):
    """What comes of a response, or of its escalation to the district."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Said:
    """A response that is no objection: about the row of the case that it stands with, or, who was left out,
    about its community. It comes in while the case's list runs.

    Wrong data that is upheld was an amount, or the spelling of a name (`of_name`); either is corrected on the
    list, as a name that is withheld. `leads`: the station opens a case for who was left out. `escalated`:
    turned to the district with the answer, which has answered so, or not yet.
    """

    kind: ResponseKind
    answer: Answer = Answer.OPEN
    channel: ResponseChannel = ResponseChannel.WEB
    of_name: bool = False
    leads: bool = False
    about_staff: bool = False
    escalated: Answer | None = None

    @property
    def corrects(self) -> bool:
        """Whether the list is corrected for it."""
        return self.answer == Answer.UPHELD and self.kind != ResponseKind.LEFT_OUT


@dataclass(frozen=True)
class Plan:
    """One case. `on_list` is the list it stands on (0: none); `ago` when it is opened, else before its list.

    `kin`: registered as a relative of staff; `asked`: returned once for completion; `surveyed`: examined, and
    the street's visit and the cross-check are in too, only its opinion is missing; `turn`: what happens
    aside; `left_at`: the stage that a case had reached which was withdrawn or terminated; `said`: what else
    is said while its list runs.
    """

    situation: str
    community: str
    end: End
    on_list: int = 0
    ago: int = 0
    kin: bool = False
    asked: bool = False
    surveyed: bool = False
    turn: Turn | None = None
    left_at: End | None = None
    said: tuple[Said, ...] = ()

    @property
    def street(self) -> str:
        return self.community[:3]

    @property
    def special(self) -> bool:
        """Whether the district must visit before the decision: kin of staff, or a complaint."""
        return self.kin or self.turn in (Turn.KIN_NOTICED, Turn.KIN_MATCHED, Turn.COMPLAINT)


@dataclass(frozen=True)
class ListPlan:
    """One list: compiled `ago` working days before today, announced `announced` working days before today.

    `running`: published on the last working day that is at least so many days ago, and still running;
    `unposted`: so many of its boards wait for their evidence; `self_publishing`: the one who compiled it
    tried to publish it too and was refused; `checked`: a spot check found it at a board, `missing`: found it
    gone there, so that its days were added; `left_up`: so many sheets were not taken down; `photos`: of its
    first board; `withdrawn`: published some days earlier, withdrawn and made anew.
    """

    ago: int = 0
    street: str = "101"
    announced: int = 0
    running: int = 0
    unposted: int = 0
    deleted: bool = False
    by_robot: bool = False
    self_publishing: bool = False
    checked: bool = False
    missing: bool = False
    left_up: int = 0
    photos: bool = False
    withdrawn: bool = False


@dataclass(frozen=True)
class ChangesPlan:
    """So many guarantees of a street `changed` and `ended`.

    `decided` and `announced` so many working days before today; 0: not announced yet.
    """

    street: str
    decided: int
    announced: int = 0
    changed: int = 0
    ended: int = 0


#: where a standing household lives and what its situation is
Standing = tuple[str, str]


@dataclass(frozen=True)
class Story:
    """Ground, standing households, lists and cases of one scale; what changes of standing guarantees, and how
    many working days ago a street's first standing list was published."""

    ground: Ground
    standing: Callable[[Random], Iterator[Standing]]
    lists: Mapping[int, ListPlan]
    cases: Sequence[Plan]
    changes: Sequence[ChangesPlan] = ()
    standing_lists: Mapping[str, int] = field(default_factory=dict)
