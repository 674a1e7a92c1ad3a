"""One district on one day, with a case and a list at each stage, and somebody in every seat."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client

from portal.catalogue.seed import seed_catalogue
from portal.pages.seed import seed_site
from relief.applications.clock_changes import stop_clock
from relief.applications.models import Application
from relief.awards.adjust import decide_ending
from relief.awards.models import Award
from relief.confidential.pictures import Picture
from relief.decisions.cross_check import record_cross_check
from relief.decisions.decide import approve
from relief.decisions.models import CheckResult
from relief.households.id_number import make_demo_id
from relief.households.staff_relatives import declare_relative
from relief.officers.appoint import appoint, dismiss, register_officer
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.projects.sunshine.income import enter_income
from relief.projects.sunshine.models import Stage
from relief.publicity.at_board import spot_check
from relief.publicity.correct import RowProposal
from relief.publicity.models import PublicList
from relief.standards.own_days import enter_calendar_day
from relief.trail import clock
from tests.factories import cases, corrections, objections, registers, responses
from tests.factories.district import (
    COMMUNITY_ROLES,
    PASSWORD,
    SINCE,
    STREET_ROLES,
    District,
    make_district,
)
from tests.matrix.site import COMMON, editors_things
from tests.relief.confidential.pictures import photo

TODAY = date(2026, 3, 2)
HOME = {"community": "10101", "street": "101"}
AWAY = {"community": "10201", "street": "102"}

ELSEWHERE = "elsewhere:"
#: everybody who asks: each role, the same role in another street, and those who are out of office
ACTORS = [
    "anonymous",
    *(role.value for role in Role),
    *(f"{ELSEWHERE}{role.value}" for role in (*COMMUNITY_ROLES, *STREET_ROLES)),
    "retired",
    "dismissed",
]


def at_home(actor: str) -> str:
    """Who holds the same role where the cases of the ground are."""
    return actor.removeprefix(ELSEWHERE)


@dataclass
class Ground:
    """What the walk needs: a session for each actor, and what the addresses name at each stage."""

    district: District
    #: actor → session key; `anonymous` has none
    sessions: dict[str, str] = field(default_factory=dict)
    #: stage → values for the parameters of an address
    on: dict[str, dict[str, Any]] = field(default_factory=dict)

    def values(self, stage: str) -> dict[str, Any]:
        """What to fill into an address that names something at this stage."""
        return COMMON | self.on.get(stage, {})

    def case(self, stage: str, case: Application) -> None:
        self.on[stage] = {"ref": case.number or str(case.code), "case": case}

    def list(self, stage: str, found: PublicList) -> None:
        board = self.district.boards["10101"].code
        self.on[stage] = {
            "code": found.code,
            "number": found.number,
            "typed": found.digest,
            "board": board,
            "edition": 1,
            "list": found,
        }


def make_ground() -> Ground:
    """Played in the order of time: what is decided first, what is being done last."""
    with _on(date(2026, 2, 2)):
        ground = Ground(make_district())
        beside = cases.reviewed(ground.district)
        first = cases.cleared(ground.district)
    with _on(date(2026, 2, 11)):
        for case in (first, cases.fresh(beside)):
            cases.approve(case, by=ground.district.officer(Role.DISTRICT_APPROVER), version=case.version)
        ground.list("announced", cases.announced(ground.district))
    _closed_list(ground)
    _running_lists(ground)
    with _on(TODAY):
        _cases_of_today(ground)
        _other_things(ground)
        _seats(ground)
        seed_catalogue()
        ground.on |= editors_things(ground.district, seed_site())
    return ground


def _on(day: date) -> AbstractContextManager[None]:
    return clock.moved_to(clock.at(day))


def _closed_list(ground: Ground) -> None:
    """One case waits for the district's decision, the other for its announcement."""
    district = ground.district
    with _on(date(2026, 2, 12)):
        waiting, decided = cases.reviewed(district), cases.reviewed(district)
        closed = cases.closed(district, cases.posted(district, cases.published(district, batch="2026-02")))
    with _on(closed.ends_on + timedelta(days=1)):
        decided = cases.fresh(decided)
        approve(decided, by=district.officer(Role.DISTRICT_APPROVER), version=decided.version)
    ground.list("closed", closed)
    ground.case("cleared", cases.fresh(waiting))
    ground.case("approved", cases.fresh(decided))


def _running_lists(ground: Ground) -> None:
    """One whose period is over, one that runs, one that hangs nowhere yet, one that is only compiled."""
    district = ground.district
    with _on(TODAY - timedelta(days=9)):
        cases.reviewed(district)
        ground.list("over", cases.posted(district, cases.published(district, batch="2026-03")))
    with _on(TODAY - timedelta(days=2)):
        listed, disputed = cases.reviewed(district), cases.reviewed(district)
        running = cases.posted(district, cases.published(district, batch="2026-04"))
        objection = objections.objected(district, disputed)
        responded = responses.told(running, "wrong-data").response
    ground.list("running", running)
    ground.on["respond"] = ground.on["running"] | {"step": "kind"}
    _at_the_boards(ground, running)
    ground.on["responded"] = {"code": responded.code, "response": responded.code}
    ground.case("in-publicity", cases.fresh(listed))
    ground.case("disputed", cases.fresh(disputed))
    ground.on["disputed"] |= {"code": objection.code, "response": objection.code}
    with _on(TODAY - timedelta(days=1)):
        cases.reviewed(district)
        unposted = cases.published(district, batch="2026-05")
        wrong = [RowProposal("removed", corrections.case_in_row(unposted, 1), "looked-into")]
        corrections.proposed(district, unposted, wrong)
        unposted.refresh_from_db()
        ground.list("unposted", unposted)


def _at_the_boards(ground: Ground, running: PublicList) -> None:
    """A photo of the running list, and a list of its own that is missing from its board."""
    district = ground.district
    board, examiner = district.boards["10101"], district.officer(Role.COMMUNITY_EXAMINER, "10101")
    look = {"by": examiner, "version": 2, "board": board}
    with _on(TODAY - timedelta(days=1)):
        picture = Picture(photo(7), 800, 600, "7" * 64, "8" * 64, "9" * 64)
        day = clock.today()
        seen = spot_check(running, **look, seen=True, checked_on=day, photo=picture)
        ground.on["running"]["photo"] = seen.photo.token
        cases.reviewed(district)
        bare = cases.posted(district, cases.published(district, batch="2026-09"))
        spot_check(bare, **look, seen=False, checked_on=day)
    ground.list("bare", bare)


def _cases_of_today(ground: Ground) -> None:
    district = ground.district
    for stage in ("draft", "submitted", "accepted", "examined", "ready-for-review", "reviewed"):
        ground.case(stage, getattr(cases, stage.replace("-", "_"))(district))
    ground.case("declared", cases.draft(district))
    declared = ground.on["declared"]["case"]
    clerk = district.officer(Role.COMMUNITY_CLERK, HOME["community"])
    enter_income(
        declared,
        by=clerk,
        version=declared.version,
        stage=Stage.DECLARED,
        persons=1,
        amounts={"wages": "400"},
    )
    ground.case("visited", cases.visited(district, cases.accepted(district), Role.COMMUNITY_EXAMINER))
    unclear = cases.accepted(district)
    checker = district.officer(Role.DISTRICT_CHECKER)
    facts = {"checked_on": TODAY, "result": CheckResult.MISMATCH, "remarks": "养老金未申报。"}
    record_cross_check(unclear, by=checker, version=unclear.version, **facts)
    ground.case("unclear", cases.fresh(unclear))
    stopped = cases.accepted(district)
    clerk = district.officer(Role.STREET_REVIEWER, HOME["street"])
    stop_clock(stopped, by=clerk, version=stopped.version, reason="absent", words="住院。")
    ground.case("stopped", cases.fresh(stopped))
    disputed = cases.visited(district, ground.on["disputed"]["case"], Role.STREET_REVIEWER)
    ground.on["disputed"]["case"] = disputed
    _list_of_today(ground)


def _list_of_today(ground: Ground) -> None:
    """Of three reviewed cases one is compiled, one waits, one has a match that nobody has explained."""
    dead, listed = cases.reviewed(ground.district), cases.reviewed(ground.district)
    registers.dead(dead.applicant, TODAY)
    ground.list("compiled", cases.compiled(ground.district, batch="2026-06", only=[listed.pk]))
    ground.case("matched", cases.fresh(dead))


def _other_things(ground: Ground) -> None:
    visited = ground.on["visited"]["case"]
    reviewer = ground.district.officer(Role.STREET_REVIEWER, HOME["street"])
    rows = {
        "households": visited.household,
        "persons": visited.applicant,
        "applications": visited,
        "lists": ground.on["running"]["list"],
        "awards": Award.objects.order_by("pk")[0],
        "officers": reviewer,
    }
    ground.on |= {register: {"instance_pk": row.pk} for register, row in rows.items()}
    for kind in ("bg", "cs"):
        ground.on[f"no-{kind}"] = {"number": f"{kind}-101-2026-999"}
    one, other = Award.objects.order_by("pk")
    ground.on["award"] = {"code": one.code}
    approver = ground.district.officer(Role.DISTRICT_APPROVER)
    decide_ending(other, by=approver, version=other.version, from_month=date(2026, 4, 1), reason="own-wish")
    ground.on["street"] = {"street": "101"}
    home = cases.household(ground.district)
    ground.on["household"] = {"code": home.code, "household": home}
    relative = declare_relative(
        relation="sibling", name="王某", id_number=make_demo_id(date(1970, 1, 1), 1), by=reviewer
    )
    ground.on["relative"] = {"code": relative.code}
    own_day = enter_calendar_day(date(2026, 12, 31), working=False, source="区民政局通知", by=SETUP)
    ground.on["calendar-day"] = {"code": own_day.code}


# --- who sits where -------------------------------------------------------------------------


def _seats(ground: Ground) -> None:
    ground.sessions["anonymous"] = ""
    for role in Role:
        level = role.value.partition("-")[0]
        ground.sessions[role.value] = session_of(ground.district.officer(role, HOME.get(level, "000")))
        if level in AWAY:
            ground.sessions[ELSEWHERE + role.value] = session_of(ground.district.officer(role, AWAY[level]))
    yesterday = TODAY - timedelta(days=1)
    ground.sessions["retired"] = session_of(_everything(ground.district, "retired", until=yesterday))
    dismissed = _everything(ground.district, "dismissed")
    ground.sessions["dismissed"] = session_of(dismissed)
    dismiss(dismissed, by=SETUP, version=dismissed.version)


def session_of(officer: Officer) -> str:
    """The key of a session in which the officer has signed in."""
    client = Client()
    client.force_login(officer.account)
    return client.cookies["sessionid"].value


def _everything(district: District, name: str, until: date | None = None) -> Officer:
    """Somebody who held every role, so that nothing but the end of office can keep them out."""
    officer = register_officer(name, password=PASSWORD, name=name, office="河东街道", by=SETUP)
    for role in Role:
        area = HOME.get(role.value.partition("-")[0], "000")
        appoint(officer, role=role, area=area, from_date=SINCE, until_date=until, by=SETUP)
    return officer
