"""Acts through the desk: who may, two at once, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from relief.applications.models import Application
from relief.decisions.decide import review
from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.standards.in_force import enter_standard
from relief.standards.legal_clock import add_working_days
from relief.standards.models import Clause, Kind
from relief.trail import clock
from relief.trail.models import Refusal
from tests.factories import cases
from tests.factories.district import PASSWORD, SINCE, District


def visit_of(case: Application, **more: Any) -> dict[str, Any]:
    return {
        "version": case.version,
        "visited_on": "2026-03-02",
        "visitor_1": "吴审查",
        "visitor_2": "同行人员",
        "member_present": str(case.applicant.code),
        "findings": "住房一间。",
        "all_signed": "on",
        **more,
    }


def test_a_visit_needs_two_visitors_and_keeps_what_was_typed(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.accepted(district)
    client = seat(Role.COMMUNITY_EXAMINER, "10101")
    for wrong in ({"visitor_2": "吴审查"}, {"visited_on": "2026-02-30"}, {"visited_on": "2027-01-01"},
                  {"all_signed": ""}, {"member_present": "nobody"}, {"findings": " "}):  # fmt: skip
        answer = client.post(f"/desk/cases/{case.number}/visit/", visit_of(case, **wrong))
        assert answer.status_code == 422, wrong
        assert "findings" in wrong or "住房一间。" in answer.content.decode()
    assert case.visits.count() == 0
    assert client.post(f"/desk/cases/{case.number}/visit/", visit_of(case)).status_code == 302
    assert case.visits.count() == 1


def second_reviewer(district: District) -> Officer:
    officer = register_officer("second", password=PASSWORD, name="第二审核", office="河东街道", by=SETUP)
    appoint(officer, role=Role.STREET_REVIEWER, area="101", from_date=SINCE, by=SETUP)
    return officer


def test_two_officers_on_one_case_the_second_sees_both_values(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.ready_for_review(district)
    first = district.officer(Role.STREET_REVIEWER, "101")
    review(case, by=first, version=case.version, recommended=True, words="第一人的意见")
    answer = seat(second_reviewer(district)).post(
        f"/desk/cases/{case.number}/review/",
        {
            "version": case.version,
            "recommended": "no",
            "reason": "income-above-standard",
            "words": "第二人的意见",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "第一人的意见" in page
    assert page.count("第二人的意见") == 2, "beside the stored value, and in the form again"
    assert f'name="version" value="{case.version + 1}"' in page
    assert cases.fresh(case).recommended is True


def test_a_stale_income_shows_both_amounts_and_can_be_sent_again(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.examined(district)
    address = f"/desk/cases/{case.number}/income/"
    first, second = seat(Role.STREET_REVIEWER, "101"), seat(second_reviewer(district))
    typed = {"version": case.version, "persons": "1", "wages": "430"}
    assert first.post(address, typed).status_code == 302
    answer = second.post(address, {**typed, "wages": "777.50"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "430.00" in page
    assert 'value="777.50"' in page
    again = {**typed, "wages": "777.50", "version": cases.fresh(case).version}
    assert second.post(address, again).status_code == 302
    assert str(case.income_totals.get(stage="verified").wages) == "777.50"


def test_what_is_missing_is_said_and_the_words_stay(district: District, seat: Callable[..., Client]) -> None:
    case = cases.examined(district)
    answer = seat(Role.STREET_REVIEWER, "101").post(
        f"/desk/cases/{case.number}/review/",
        {"version": case.version, "recommended": "yes", "words": "意见先写好了"},
    )
    assert answer.status_code == 409
    assert "意见先写好了" in answer.content.decode()
    kept = Refusal.objects.get(act="review")
    assert set(kept.reasons) == {"street-visit", "cross-check", "income-not-verified"}


def test_the_refusal_letter_can_be_read_before(district: District, seat: Callable[..., Client]) -> None:
    case = cases.cleared(district)
    client = seat(Role.DISTRICT_APPROVER)
    typed = {"version": case.version, "reason": "property-above-limit", "words": "名下有两套住房"}
    preview = client.post(f"/desk/cases/{case.number}/refuse/", {**typed, "preview": "1"})
    assert preview.status_code == 200
    assert preview.content.decode().count("名下有两套住房") == 2
    assert cases.fresh(case).state == "cleared"
    assert client.post(f"/desk/cases/{case.number}/refuse/", typed).status_code == 302
    assert cases.fresh(case).state == "refused"


def test_a_case_that_is_ended_gets_its_letter(district: District, seat: Callable[..., Client]) -> None:
    """57号 art 29: the reason is given in writing."""
    case = cases.accepted(district)
    client = seat(Role.STREET_REVIEWER, "101")
    address = f"/desk/cases/{case.number}/terminate/"
    typed = {"version": case.version, "reason": "refuses-survey", "words": "三次上门均被拒"}
    preview = client.post(address, {**typed, "preview": "1"}).content.decode()
    assert preview.count("三次上门均被拒") == 2
    assert cases.fresh(case).state == "accepted"
    assert client.post(address, typed).status_code == 302
    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert "三次上门均被拒" in page


def test_two_complaints_at_once_the_second_sees_the_first(
    district: District, seat: Callable[..., Client]
) -> None:
    """Nothing typed is lost: the day that stands is shown beside the day typed."""
    case = cases.cleared(district)
    address = f"/desk/cases/{case.number}/complain/"
    typed = {"version": case.version, "received_on": str(case.forwarded_on), "words": "反映其名下有车"}
    with clock.moved_to(clock.at(case.forwarded_on)):
        assert seat(Role.DISTRICT_CHECKER).post(address, typed).status_code == 302
        answer = seat(Role.STREET_ACCEPTOR, "101").post(address, {**typed, "words": "反映其有存款"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert page.count("反映其有存款") == 2
        again = {**typed, "version": cases.fresh(case).version, "words": "反映其有存款"}
        assert seat(Role.STREET_ACCEPTOR, "101").post(address, again).status_code == 302
    assert cases.fresh(case).complaint_on == case.forwarded_on


def test_where_it_is_delegated_the_street_confirms(district: District, seat: Callable[..., Client]) -> None:
    """57号 art 2."""
    clause = Clause.objects.get(key="57-2")
    facts = {"kind": Kind.LIST, "value": "101", "from_date": SINCE, "clause": clause}
    enter_standard("confirmation.delegated", **facts)
    case = cases.cleared(district)
    address = f"/desk/cases/{case.number}/"
    client = seat(Role.STREET_APPROVER, "101")
    assert case.number in client.get("/desk/queue/").content.decode()
    assert f"{address}approve/" in client.get(address).content.decode()
    assert f"{address}approve/" not in seat(Role.DISTRICT_APPROVER).get(address).content.decode()
    assert client.post(f"{address}approve/", {"version": case.version, "words": ""}).status_code == 302
    assert cases.fresh(case).state == "approved"


def test_the_case_page_offers_what_can_be_done_and_says_why_not(
    district: District, seat: Callable[..., Client]
) -> None:
    case = cases.examined(district)
    page = seat(Role.STREET_REVIEWER, "101").get(f"/desk/cases/{case.number}/").content.decode()
    assert f"/desk/cases/{case.number}/visit/" in page
    assert f"/desk/cases/{case.number}/review/" not in page
    assert page.count("<strong>") >= 1
    other = seat(Role.STREET_PUBLISHER, "101").get(f"/desk/cases/{case.number}/").content.decode()
    assert f"/desk/cases/{case.number}/visit/" not in other


def test_a_refusal_names_the_letters_last_day(district: District, seat: Callable[..., Client]) -> None:
    """57号 art 21: in writing within three working days."""
    case = cases.cleared(district)
    page = seat(Role.DISTRICT_APPROVER).get(f"/desk/cases/{case.number}/refuse/").content.decode()
    assert f'datetime="{add_working_days(clock.today(), 3).day.isoformat()}"' in page
