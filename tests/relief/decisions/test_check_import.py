"""Results of the cross-check by file: every kind of bad file and row in words, and nothing half imported."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relief.applications.models import Application
from relief.decisions.blockers import blockers
from relief.decisions.check_import import COLUMNS, batches_of, import_results, look_at_results
from relief.decisions.cross_check import newest_checks
from relief.decisions.models import CheckBatch, CrossCheck, Source
from relief.errors import Invalid, NotAllowed, Refused
from relief.households.importing.end_marked import BadRows, template
from relief.households.importing.rules import Unreadable
from relief.officers.appoint import appoint
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.models import Event, Refusal
from relief.trail.verify import differences
from tests.factories import cases
from tests.factories.district import SINCE, District, make_district
from tests.factories.files import CHECKS, answer, codes, digest, marked

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def district():
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


def look(district: District, content: bytes):
    return look_at_results(content, by=district.officer(Role.DISTRICT_CHECKER))


def bring(district: District, content: bytes, **options) -> CheckBatch:
    by = district.officer(Role.DISTRICT_CHECKER)
    return import_results(content, **{"by": by, "digest": digest(content), **options})


# --- the file as a whole ------------------------------------------------------------------------

GOOD = answer("2026-101-00001")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "file-holds-nothing"),
        (b" \r\n ", "file-holds-nothing"),
        (b"PK\x03\x04 a workbook", "file-no-csv"),
        (b"%PDF-1.7", "file-no-csv"),
        (b"a" * (3 * 1024 * 1024 + 1), "file-too-long-to-look-at"),
        (marked("案号,来源,核对日期,结果", GOOD), "file-no-header"),
        (marked(CHECKS, GOOD, end=None), "file-half"),
        (marked(CHECKS, GOOD)[:-13], "file-half"),
        (marked(CHECKS, GOOD)[:-8], "file-half"),  # cut within a character
        (marked(CHECKS, GOOD, encoding="gb18030")[:-6], "file-half"),
        (marked(CHECKS, GOOD, end="总行数,2"), "file-count"),
        (marked(CHECKS, GOOD, GOOD, end="总行数,1"), "file-count"),
        (marked(CHECKS, GOOD, end="总行数,"), "file-count"),
        (marked(CHECKS, GOOD, end="总行数,很多"), "file-count"),
        (marked(CHECKS, GOOD) + marked(CHECKS, GOOD), "file-after-end"),
        (marked(CHECKS, '2026-101-00001,"综合报告,2026-03-02,一致,'), "file-quotes"),
        (marked(CHECKS, GOOD, encoding="utf-16"), "file-encoding"),
        (marked(CHECKS, GOOD).replace("综".encode(), b"\xff"), "file-encoding"),
    ],
)
def test_files_that_are_refused_whole(district, content, rule):
    with pytest.raises(Unreadable) as refused:
        look(district, content)
    assert refused.value.rule == rule and str(refused.value)
    with pytest.raises(Unreadable):
        bring(district, content)
    assert not CrossCheck.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_same_file_in_the_encodings_of_offices(district, encoding, delimiter):
    case = cases.accepted(district)
    row = answer(case.number, source="税务", result="不一致", remarks="工资多于申报")
    content = marked(CHECKS, row, "", end="总行数,1", encoding=encoding).decode(encoding)
    batch = bring(district, content.replace(",", delimiter).encode(encoding))
    assert (batch.source, batch.rows, batch.mismatches) == (Source.TAX, 1, 1)


def test_the_template_is_read_but_names_no_case(district):
    seen = look(district, template(COLUMNS))
    assert codes(seen.bad) == [(2, "case-unknown")]


# --- rows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"source": "邻居"}, "source-unknown"),
        ({"source": "税务"}, "source-other"),
        ({"day": "昨天"}, "date-form"),
        ({"day": ""}, "date-form"),
        ({"day": "2026-02-30"}, "date-impossible"),
        ({"day": "2026-03-03"}, "future-day"),
        ({"day": "2026-03-01"}, "before-survey"),
        ({"result": "大概一致"}, "result-unknown"),
        ({"result": "不一致"}, "required"),
        ({"remarks": "长" * 2001}, "text-too-long"),
        ({"remarks": "坏\x00字"}, "text-control"),
        ({"remarks": "\ue000"}, "text-private-use"),
        ({"remarks": "\ufffd"}, "text-lost"),
    ],
)
def test_rows_that_are_refused(district, columns, code):
    good, bad = cases.accepted(district), cases.accepted(district)
    content = marked(CHECKS, answer(good.number), answer(bad.number, **columns))
    assert codes(look(district, content).bad) == [(3, code)]
    with pytest.raises(BadRows) as refused:
        bring(district, content)
    assert codes(refused.value.rows) == [(3, code)]
    assert not CrossCheck.objects.exists() and not CheckBatch.objects.exists()
    assert cases.fresh(good).version == good.version
    assert Refusal.objects.latest("id").reasons == [code]


def test_unknown_and_double_cases(district):
    case = cases.accepted(district)
    rows = [answer(number) for number in (case.number, "", "2026-101-99999", case.number, case.number)]
    twice = [(5, "row-twice"), (6, "row-twice")]
    assert codes(look(district, marked(CHECKS, *rows)).bad) == [
        (3, "case-unknown"),
        (4, "case-unknown"),
        *twice,
    ]


@pytest.mark.parametrize("stage", [cases.submitted, cases.reviewed, cases.cleared])
def test_cases_at_another_stage(district, stage):
    case = stage(district)
    with clock.moved_to(clock.at(DAY + timedelta(days=20))):
        assert codes(look(district, marked(CHECKS, answer(case.number))).bad) == [(2, "wrong-state")]


def test_who_acted_at_another_level_can_t_answer(district):
    case = cases.accepted(district)
    acceptor = district.officer(Role.STREET_ACCEPTOR, "101")
    appoint(acceptor, role=Role.DISTRICT_CHECKER, area="000", from_date=SINCE, by=SETUP)
    content = marked(CHECKS, answer(case.number))
    assert codes(look_at_results(content, by=acceptor).bad) == [(2, "four-eyes")]


# --- what it writes -----------------------------------------------------------------------------


def test_an_import_answers_each_case_by_one_event(district):
    first, second = cases.examined(district), cases.examined(district, "10201")
    rows = [answer(first.number), answer(second.number, result="不一致", remarks="存款多于申报")]
    batch = bring(district, marked(CHECKS, *rows))
    cause, *events = Event.objects.filter(act__in=("import-checks", "cross-check")).order_by("pk")
    assert [event.cause_id for event in events] == [cause.pk, cause.pk]
    assert [event.subject_code for event in events] == [first.code, second.code]
    for case, result in ((first, "consistent"), (second, "mismatch")):
        assert cases.fresh(case).version == case.version + 1
        check = newest_checks(case)[Source.REPORT]
        assert (check.result, check.batch) == (result, batch)
        assert check.history.get().event_id in {event.pk for event in events}
    assert "mismatch" in {reason.code for reason in blockers(second, "review")}
    assert [one for one, _act in batches_of(district.officer(Role.DISTRICT_CHECKER), 9)] == [batch]
    assert list(differences()) == []


def test_the_same_file_twice_and_another_file_than_looked_at(district):
    content = marked(CHECKS, answer(cases.accepted(district).number))
    with pytest.raises(Invalid) as refused:
        bring(district, content, digest=digest(content + b"\r\n"))
    assert refused.value.reasons[0].code == "file-differs"
    bring(district, content)
    for again in (bring, look):
        with pytest.raises(Invalid) as refused:
            again(district, content)
        assert refused.value.reasons[0].code == "file-known"
    assert CrossCheck.objects.count() == 1


def test_a_file_without_rows(district):
    with pytest.raises(Invalid) as refused:
        bring(district, marked(CHECKS))
    assert refused.value.reasons[0].code == "no-rows"


@pytest.mark.parametrize("role", [Role.STREET_REVIEWER, Role.DISTRICT_APPROVER, Role.AUDITOR])
def test_only_the_checking_clerk_imports(district, role):
    for act in (look_at_results, lambda content, by: import_results(content, by=by, digest=digest(content))):
        with pytest.raises(NotAllowed):
            act(marked(CHECKS, GOOD), by=district.officer(role))


def test_what_stood_in_a_bad_row_is_nowhere_kept(district):
    case = cases.accepted(district)
    secret = "王小英工资三千"
    with pytest.raises(Refused):
        bring(district, marked(CHECKS, answer(case.number, result="大概", remarks=secret)))
    kept = Refusal.objects.latest("id")
    assert (kept.act, kept.subject_code, kept.reasons) == ("import-checks", "", ["result-unknown"])


def test_the_number_of_queries_does_not_grow_with_the_rows(district):
    counts = []
    for size in (1, 6):
        made = [cases.accepted(district) for _ in range(size)]
        content = marked(CHECKS, *(answer(case.number) for case in made))
        with CaptureQueriesContext(connection) as found:
            bring(district, content)
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert Application.objects.filter(cross_checks__isnull=False).count() == 7
