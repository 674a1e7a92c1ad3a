"""Objections and what follows them, through the verbs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from relief.applications.models import Application
from relief.decisions.democratic_review import democratic_review
from relief.decisions.new_opinion import new_opinion
from relief.officers.models import Role
from relief.publicity.close import close
from relief.publicity.models import PublicList, Response
from relief.publicity.respond import object_to
from relief.trail import clock
from tests.factories import cases
from tests.factories.district import District

WORDS = "该户有一套出租房，没有申报。"


def in_publicity(district: District, size: int = 2) -> tuple[PublicList, list[Application]]:
    """A running list with its cases, posted today."""
    reviewed = [cases.reviewed(district) for _ in range(size)]
    found = cases.posted(district, cases.published(district))
    return found, [cases.fresh(case) for case in reviewed]


def objected(district: District, case: Application, **given: Any) -> Response:
    """An objection at the street's counter, named unless `name` is empty."""
    case = cases.fresh(case)
    entered = {"channel": "counter", "words": WORDS, "name": "周正", "contact": "138 0000 1111"} | given
    by = entered.pop("by", None) or district.officer(Role.STREET_ACCEPTOR, case.area[:3])
    return object_to(case, by=by, version=case.version, **entered).response


def one_in_publicity(district: District) -> Application:
    return in_publicity(district, size=1)[1][0]


def one_objected(district: District) -> Application:
    """A case under re-investigation since today."""
    case = one_in_publicity(district)
    objected(district, case)
    return cases.fresh(case)


def one_looked_into(district: District) -> Application:
    """A case that waits for its new opinion."""
    return reviewed_by_neighbours(district, one_objected(district))


def reviewed_by_neighbours(district: District, case: Application, **given: Any) -> Application:
    """A democratic review held today."""
    case = cases.fresh(case)
    meeting = {
        "held_on": clock.today(),
        "participants": 9,
        "representatives": 6,
        "votes_for": 7,
        "votes_against": 1,
        "minutes": "与会人员逐一发言后表决。",
    }
    by = district.officer(Role.STREET_REVIEWER, case.area[:3])
    democratic_review(case, by=by, version=case.version, **(meeting | given))
    return cases.fresh(case)


def opined(district: District, case: Application, *, recommended: bool, **given: Any) -> Application:
    """The street's new opinion."""
    case = cases.fresh(case)
    words = {"words": "经再次调查，情况如下。", "answer": "经再次入户调查核实。"}
    reason = {} if recommended else {"reason": "property-above-limit"}
    by = district.officer(Role.STREET_REVIEWER, case.area[:3])
    return new_opinion(case, by=by, version=case.version, recommended=recommended, **(words | reason | given))


def closed_by_day(district: District, public_list: PublicList) -> PublicList:
    """Close the list on the day after its last; the clock stands there already."""
    public_list.refresh_from_db()
    assert public_list.ends_on is not None
    assert clock.today() == public_list.ends_on + timedelta(days=1)
    return close(
        public_list,
        by=district.officer(Role.STREET_PUBLISHER, public_list.area_id),
        version=public_list.version,
    )
