"""The small story: 60 standing households, 30 cases, four lists before approval.

The first list is announced long ago, its names deleted; the second announced, its announcement still
showing names; the third closed, the district at work on it; the fourth running. The deletion of names has
last run for the first list and its announcement: that the second and third show none either is the reading's
doing, not the job's.

The running list has an open response of each kind, so that each desk's queue holds something, and one that
was upheld: its row is corrected. The lists before have answered ones. The second list was found missing from
a board, so its days were added; of the third one sheet still hangs. Some standing guarantees have changed or
ended, and each month's standing list takes the place of the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from portal.demo.small_ground import SMALL
from portal.demo.standing import USUAL
from portal.demo.story import Answer, ChangesPlan, End, ListPlan, Plan, Said, Standing, Story, Turn
from relief.publicity.models import ResponseChannel, ResponseKind

HOUSEHOLDS = 60

LISTS = {
    1: ListPlan(ago=205, announced=188, deleted=True),
    2: ListPlan(ago=36, announced=12, by_robot=True, self_publishing=True, missing=True),
    3: ListPlan(ago=14, left_up=1),
    4: ListPlan(running=2, checked=True, photos=True),
}

_E, _L, _S = "10101", "10102", "10103"
_LEFT_OUT, _WRONG, _WITHHOLD = (
    ResponseKind.LEFT_OUT,
    ResponseKind.WRONG_DATA,
    ResponseKind.WITHHOLD_NAME,
)
_PHONE, _COUNTER = ResponseChannel.TELEPHONE, ResponseChannel.COUNTER
CASES = (
    Plan("widow", _E, End.ANNOUNCED, on_list=1),
    Plan("laid-off", _L, End.ANNOUNCED, on_list=1, asked=True),
    Plan("disabled", _S, End.ANNOUNCED, on_list=1),
    Plan("hidden-wages", _L, End.REFUSED, ago=120),
    Plan("mother-child", _E, End.ANNOUNCED, on_list=2, said=(Said(_WITHHOLD, Answer.UPHELD, _COUNTER),)),
    Plan("old-couple", _E, End.ANNOUNCED, on_list=2, kin=True),
    Plan("dialysis", _L, End.ANNOUNCED, on_list=2, asked=True),
    Plan("grandparents", _S, End.ANNOUNCED, on_list=2, said=(Said(_LEFT_OUT, Answer.UPHELD),)),
    Plan("second-flat", _S, End.REFUSED, on_list=2),
    Plan(
        "pedlar",
        _L,
        End.APPROVED,
        on_list=3,
        said=(Said(_WRONG, Answer.REJECTED, _PHONE, escalated=Answer.OPEN),),
    ),
    Plan("widow", _S, End.APPROVED, on_list=3, said=(Said(_LEFT_OUT, Answer.REJECTED),)),
    Plan("mother-two", _E, End.CLEARED, on_list=3, said=(Said(_WITHHOLD, Answer.REJECTED),)),
    Plan("jobless", _L, End.CLEARED, on_list=3, kin=True),
    Plan("laid-off", _S, End.SENT_BACK, on_list=3),
    Plan("dialysis", _E, End.IN_PUBLICITY, on_list=4, said=(Said(_WRONG, Answer.UPHELD, _COUNTER),)),
    Plan("widow", _E, End.IN_PUBLICITY, on_list=4, asked=True, said=(Said(_WRONG, channel=_PHONE),)),
    Plan("mother-child", _L, End.IN_PUBLICITY, on_list=4, said=(Said(_WITHHOLD),)),
    Plan("orphaned", _L, End.IN_PUBLICITY, on_list=4, said=(Said(_LEFT_OUT),)),
    Plan("old-couple", _S, End.UNDER_REINVESTIGATION, on_list=4, turn=Turn.OBJECTED),
    Plan("disabled", _S, End.IN_PUBLICITY, on_list=4, kin=True),
    Plan("hidden-wages", _S, End.CLEARED, ago=14),
    Plan("mother-two", _L, End.REVIEWED, ago=9),
    Plan("grandparents", _E, End.REVIEWED, ago=9),
    Plan("jobless", _E, End.EXAMINED, ago=7),
    Plan("old-couple", _L, End.EXAMINED, ago=9, surveyed=True),
    Plan("pedlar", _S, End.ACCEPTED, ago=4),
    Plan("widow", _L, End.SUBMITTED, ago=2),
    Plan("mother-child", _S, End.SUBMITTED, ago=1),
    Plan("laid-off", _E, End.RETURNED, ago=5),
    Plan("dialysis", _S, End.DRAFT, ago=1),
)


def standing(rng: Random) -> Iterator[Standing]:
    """Twenty households in each community."""
    communities = SMALL.communities
    for number in range(HOUSEHOLDS):
        yield communities[number * len(communities) // HOUSEHOLDS], rng.choice(USUAL)


CHANGES = (
    ChangesPlan("101", decided=26, announced=4, changed=3, ended=2),
    ChangesPlan("101", decided=2, ended=1),
)
SMALL_STORY = Story(SMALL, standing, LISTS, CASES, CHANGES, {"101": 30})
