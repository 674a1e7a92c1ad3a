"""The cross-check per source (57号 art 17): who must have answered, and what a mismatch asks for."""

from datetime import date, timedelta

import pytest

from relief.decisions.blockers import blockers
from relief.decisions.case_file import read_case
from relief.decisions.cross_check import record_cross_check
from relief.decisions.decide import return_for_correction, review
from relief.decisions.explain import explain_mismatch
from relief.decisions.models import CrossCheck, Source
from relief.decisions.work import work_queue
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.officers.models import Role
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from tests.factories import cases
from tests.factories.district import District, make_district

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
WORDS = "申请人说明：该笔收入为一次性抚恤金，已附证明。"


@pytest.fixture
def district():
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


def answer(district: District, case, source: str = Source.REPORT, result: str = "consistent"):
    case = cases.fresh(case)
    record_cross_check(
        case,
        by=district.officer(Role.DISTRICT_CHECKER),
        version=case.version,
        checked_on=clock.today(),
        source=source,
        result=result,
        remarks="多于申报" if result == "mismatch" else "",
    )
    return cases.fresh(case)


def explain(district: District, case, **options):
    case = cases.fresh(case)
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    check = CrossCheck.objects.filter(application=case).latest("pk")
    given = {"by": reviewer, "version": case.version, "check": check, "words": WORDS, **options}
    return explain_mismatch(case, **given)


def lacks(case) -> list[str]:
    return [reason.code for reason in blockers(cases.fresh(case), "review")]


def ask_for(district: District, words: str, day: date = DAY) -> None:
    clause = Clause.objects.get(key="57-17")
    enter_standard("cross-check.sources", kind=Kind.LIST, value=words, from_date=day, clause=clause)


@pytest.mark.parametrize(
    ("needed", "answered", "missing"),
    [
        ("report", [], 1),
        ("report", [Source.TAX], 1),
        ("report", [Source.REPORT], 0),
        ("report tax vehicles", [Source.REPORT, Source.VEHICLES], 1),
        ("tax", [Source.TAX], 0),
    ],
)
def test_the_sources_that_the_setting_names(district, needed, answered, missing):
    ask_for(district, needed)
    case = cases.visited(district, cases.examined(district), Role.STREET_REVIEWER)
    for source in answered:
        case = answer(district, case, source)
    assert lacks(case).count("cross-check") == missing
    clerk = district.officer(Role.DISTRICT_CHECKER)
    assert (case in work_queue(clerk, "todo")) == bool(missing)


def test_a_setting_that_is_missing_stops_the_review_in_words(district):
    case = cases.ready_for_review(district)
    with clock.moved_to(clock.at(date(2021, 6, 30))):
        assert lacks(case) == ["missing-standard"]
        assert work_queue(district.officer(Role.DISTRICT_CHECKER), "todo") is not None


@pytest.mark.parametrize(
    ("results", "open_words"),
    [
        ([("report", "mismatch")], True),
        ([("report", "mismatch"), ("report", "consistent")], False),  # the newest answer of a source counts
        ([("report", "consistent"), ("report", "mismatch")], True),
        ([("report", "mismatch"), ("tax", "consistent")], True),
        ([("report", "consistent"), ("tax", "mismatch")], True),
    ],
)
def test_a_mismatch_is_explained_before_the_review(district, results, open_words):
    case = cases.ready_for_review(district)
    for source, result in results:
        case = answer(district, case, source, result)
    assert (lacks(case) == ["mismatch"]) == open_words
    if open_words:
        with pytest.raises(Blocked):
            reviewer = district.officer(Role.STREET_REVIEWER, "101")
            review(case, by=reviewer, version=case.version, recommended=True, words="同意。")
        explain(district, case, check=next(c for c in case.cross_checks.order_by("-pk") if c.remarks))
        assert lacks(case) == []


def test_the_words_are_sealed_and_read_with_the_case(district):
    case = answer(district, cases.ready_for_review(district), result="mismatch")
    case = explain(district, case)
    check = CrossCheck.objects.latest("pk")
    assert WORDS.encode() not in check.explanation.token
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    file = read_case(cases.fresh(case), by=reviewer, purpose="case-page")
    assert file.words[f"explanation.{check.pk}"] == WORDS
    with pytest.raises(WrongState):
        explain(district, case)


def test_who_explains_when_and_how(district):
    case = answer(district, cases.ready_for_review(district), result="mismatch")
    with pytest.raises(NotAllowed):
        explain(district, case, by=district.officer(Role.DISTRICT_CHECKER))
    with pytest.raises(NotAllowed):
        explain(district, case, by=district.officer(Role.STREET_REVIEWER, "102"))
    with pytest.raises(Invalid):
        explain(district, case, words=" ")
    with pytest.raises(Stale):
        explain(district, case, version=case.version - 1)
    with pytest.raises(Stale):  # a check of another case
        other = answer(district, cases.ready_for_review(district), result="mismatch")
        explain(district, case, check=other.cross_checks.latest("pk"))
    assert lacks(case) == ["mismatch"]


def test_an_unknown_source_is_refused(district):
    case = cases.examined(district)
    with pytest.raises(Invalid) as refused:
        answer(district, case, "neighbours")
    assert list(refused.value.fields) == ["source"]


def test_answers_from_before_a_return_no_longer_count(district):
    case = answer(district, cases.ready_for_review(district), result="mismatch")
    with clock.moved_to(clock.at(DAY + timedelta(days=2))):
        reviewer = district.officer(Role.STREET_REVIEWER, "101")
        case = return_for_correction(case, by=reviewer, version=case.version, words="请补充。")
        assert lacks(case)[:2] == ["street-visit", "cross-check"]
