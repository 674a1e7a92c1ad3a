"""Walk cases along the road, through the verbs, as far as a test needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from relief.applications.accept import accept
from relief.applications.models import Application
from relief.applications.submit import open_draft, submit
from relief.decisions.cross_check import record_cross_check
from relief.decisions.decide import approve, examine, review
from relief.decisions.register_match import Match, match_registers
from relief.decisions.visit import record_visit
from relief.households.id_number import make_demo_id
from relief.households.models import Household
from relief.households.register import HouseholdEntry, PersonEntry, register_household
from relief.officers.models import Role
from relief.projects.sunshine.income import enter_income
from relief.projects.sunshine.models import Stage
from relief.publicity.close import close
from relief.publicity.compile import compile_list
from relief.publicity.models import PublicList
from relief.publicity.post import missing_boards, post
from relief.trail import clock
from tests.factories.district import District
from tests.factories.gate import inspect_and_announce, inspect_and_publish
from tests.factories.kept import invented, kept

NAMES = ("王小英", "李国强", "张丽华", "刘敏", "陈志远", "欧阳春兰", "赵文静")


def entry(community: str = "10101", persons: int = 1, births: tuple[date, ...] = ()) -> HouseholdEntry:
    """A household to register; every call makes other persons."""
    days = births or tuple(date(1960, 3, 5) for _ in range(persons))
    return HouseholdEntry(
        community=community,
        address="安宁里 3 号楼 201 室",
        phone="13900000000",
        members=[
            PersonEntry(
                name=NAMES[next(invented) % len(NAMES)],
                id_number=make_demo_id(birth, next(invented) % 1000),
                relation="head" if index == 0 else "child",
            )
            for index, birth in enumerate(days)
        ],
    )


def household(district: District, **kwargs: Any) -> Household:
    new = entry(**kwargs)
    return register_household(new, by=district.officer(Role.COMMUNITY_CLERK, new.community))


def fresh(case: Application) -> Application:
    return Application.objects.select_related("household", "applicant", "community").get(pk=case.pk)


@kept
def draft(district: District, community: str = "10101", **kwargs: Any) -> Application:
    home = household(district, community=community, **kwargs)
    clerk = district.officer(Role.COMMUNITY_CLERK, community)
    head = home.memberships.get(relation="head").person
    return open_draft(home, applicant=head, benefit="guarantee", by=clerk)


@kept
def submitted(
    district: District, community: str = "10101", income: Mapping[str, Any] | None = None, **kw: Any
) -> Application:
    case = draft(district, community, **kw)
    clerk = district.officer(Role.COMMUNITY_CLERK, community)
    enter_income(
        case,
        by=clerk,
        version=case.version,
        stage=Stage.DECLARED,
        persons=case.persons,
        amounts=income or {"wages": "400"},
    )
    case = fresh(case)
    return submit(case, by=clerk, version=case.version)


@kept
def accepted(district: District, community: str = "10101", *, kin: bool = False, **kw: Any) -> Application:
    case = submitted(district, community, **kw)
    return accept(
        case,
        by=district.officer(Role.STREET_ACCEPTOR, community[:3]),
        version=case.version,
        kin_registered=kin,
    )


def visited(district: District, case: Application, role: str) -> Application:
    by = district.officer(
        role, case.area if role.startswith("community") else case.area[:3] if "street" in role else ""
    )
    record_visit(
        case,
        by=by,
        version=case.version,
        visited_on=clock.today(),
        visitors=[by.name, "同行人员"],
        member_present=case.applicant,
        all_signed=True,
        findings="住房一间，生活简朴。",
    )
    return fresh(case)


@kept
def examined(district: District, community: str = "10101", **kw: Any) -> Application:
    case = visited(district, accepted(district, community, **kw), Role.COMMUNITY_EXAMINER)
    by = district.officer(Role.COMMUNITY_EXAMINER, community)
    return examine(case, by=by, version=case.version, favourable=True, words="情况属实。")


@kept
def ready_for_review(
    district: District, community: str = "10101", *, verified: Mapping[str, Any] | None = None, **kw: Any
) -> Application:
    case = visited(district, examined(district, community, **kw), Role.STREET_REVIEWER)
    record_cross_check(
        case,
        by=district.officer(Role.DISTRICT_CHECKER),
        version=case.version,
        checked_on=clock.today(),
        result="consistent",
    )
    case = fresh(case)
    enter_income(
        case,
        by=district.officer(Role.STREET_REVIEWER, community[:3]),
        version=case.version,
        stage=Stage.VERIFIED,
        persons=case.persons,
        amounts=verified or {"wages": "430"},
    )
    return fresh(case)


@kept
def reviewed(district: District, community: str = "10101", **kw: Any) -> Application:
    case = ready_for_review(district, community, **kw)
    by = district.officer(Role.STREET_REVIEWER, community[:3])
    return review(case, by=by, version=case.version, recommended=True, words="符合条件，建议予以确认。")


def matched(district: District, street: str = "101") -> Match:
    """Match the street's cases with the registers today, as a list asks."""
    return match_registers(district.areas[street], by=district.officer(Role.STREET_REVIEWER, street))


def compiled(district: District, street: str = "101", batch: str = "2026-01", **kwargs: Any) -> PublicList:
    """Match and compile all reviewed cases of the street."""
    matched(district, street)
    by = district.officer(Role.STREET_REVIEWER, street)
    return compile_list(district.areas[street], by=by, benefit="guarantee", batch=batch, **kwargs)


@kept
def published(district: District, street: str = "101", batch: str = "2026-01") -> PublicList:
    """Compile and publish all reviewed cases of the street."""
    by = district.officer(Role.STREET_PUBLISHER, street)
    made = compiled(district, street, batch)
    return inspect_and_publish(made, by=by)


def posted(district: District, public_list: PublicList) -> PublicList:
    """Post on every listed board today: the period begins."""
    for board in missing_boards(public_list):
        post(
            public_list,
            by=district.officer(Role.STREET_PUBLISHER, public_list.area_id),
            version=public_list.version,
            board=board,
            posted_on=clock.today(),
        )
        public_list.refresh_from_db()
    return public_list


def closed(district: District, public_list: PublicList) -> PublicList:
    """Close the list on the day after its last day."""
    assert public_list.ends_on is not None
    with clock.moved_to(clock.at(public_list.ends_on + timedelta(days=1))):
        return close(
            public_list,
            by=district.officer(Role.STREET_PUBLISHER, public_list.area_id),
            version=public_list.version,
        )


@kept
def cleared(district: District, community: str = "10101", batch: str = "2026-01", **kw: Any) -> Application:
    case = reviewed(district, community, **kw)
    closed(district, posted(district, published(district, community[:3], batch)))
    return fresh(case)


@kept
def approved(district: District, community: str = "10101", **kw: Any) -> Application:
    case = cleared(district, community, **kw)
    return approve(case, by=district.officer(Role.DISTRICT_APPROVER), version=case.version)


def announced(district: District, street: str = "101") -> PublicList:
    by = district.officer(Role.DISTRICT_ANNOUNCER)
    return inspect_and_announce(district.areas[street], by=by, benefit="guarantee")
