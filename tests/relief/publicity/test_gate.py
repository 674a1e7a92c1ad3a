"""The publish gate (issue 5, item 10): what is planted stops the publication, told by its place only."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from relief.errors import Blocked, NotAllowed
from relief.officers.models import Role
from relief.publicity.forms import Document, drawn_by
from relief.publicity.gate import inspect_list
from relief.publicity.gate_models import GateVerdict
from relief.publicity.inspection import Inspection
from relief.publicity.models import Entry, PublicList
from relief.publicity.publish import publish
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.record import record, set_if
from tests.factories import cases
from tests.factories.corrections import corrected
from tests.factories.district import District, make_district
from tests.factories.gate import inspect_and_announce, inspected
from tests.relief.publicity import documents
from tests.relief.publicity.documents import Broken, Given
from tests.relief.publicity.planted import DAY, OFFICES

pytestmark = pytest.mark.django_db
#: one value of each kind that needs no language, so that every form can hold it
VALUES = {
    "id-number": "990101196003050010",
    "bank-card": "6222021234567890128",
    "mobile": "13812345678",
    "landline": "0411-84129999",
    "email": "wang@example.com",
    "address": "12 Xingfu Road",
    "birth-date": "1960-03-05",
}


@pytest.fixture
def district() -> Iterator[District]:
    with clock.moved_to(clock.at(DAY)):
        yield make_district()


@pytest.fixture
def compiled(district: District) -> PublicList:
    cases.reviewed(district)
    return cases.compiled(district)


def by(district: District):
    return district.officer(Role.STREET_PUBLISHER, "101")


def changed(public_list: PublicList, **columns) -> PublicList:
    """The list with other words, as a wrong set-up would have made it."""
    with_event = record("inspect-list", public_list, actor=cases_robot(), area="101")
    return set_if(public_list, public_list.version, columns, with_event)


def cases_robot():
    from relief.trail.actor import Robot

    return Robot("wrong set-up").actor()


def refused(public_list: PublicList, district: District) -> str:
    with pytest.raises(Blocked) as answer:
        publish(public_list, by=by(district), version=public_list.version)
    assert not Entry.objects.exists()
    return answer.value.reasons[0].code


# --- what is planted ------------------------------------------------------------------------------


def test_every_kind_at_every_place_of_every_form_is_found(district, compiled):
    inspection = Inspection(compiled, [{"row": 1, "code": "7K3M-Q9TX"}], OFFICES, DAY)
    missed = []
    for kind, value in VALUES.items():
        for name, document in documents.everywhere(value):
            inspection.findings.clear()
            inspection.read(document)
            if kind not in {found["kind"] for found in inspection.findings}:
                missed.append((kind, name))
            assert value not in json.dumps(inspection.findings), (kind, name)
    assert missed == []


def test_innocent_documents_pass(district, compiled):
    inspection = Inspection(compiled, [{"row": 1, "code": "7K3M-Q9TX"}], OFFICES, DAY)
    for _name, document in documents.everywhere("王*英 2026-03-02 0400-000-0000"):
        if document.form != "poster.zh":  # its test font has no Chinese
            inspection.read(document)
    found = [one for one in inspection.findings if one["kind"] != "column"]
    assert found == []


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (documents.page("", documents.table("王*英", head="身份证号").replace("{}", "")), "text"),
        (documents.page("", documents.table("王*英", more="<td>多</td>")), "row"),
        (documents.workbook(head="银行账号"), "xlsx-cell"),
        (documents.data(rows=[{"row": {"row": 1, "code": "7K3M-Q9TX", "address": "东苑"}}]), "json"),
        (Document("csv.zh", "text/csv", "序号,行码,健康状况\n1,7K3M-Q9TX,x\n".encode()), "line"),
    ],
)
def test_a_column_outside_the_allow_list_is_found(district, compiled, document, place):
    inspection = Inspection(compiled, [{"row": 1, "code": "7K3M-Q9TX"}], OFFICES, DAY)
    inspection.read(document)
    assert [(one["kind"], one["place"][0]) for one in inspection.findings] == [("column", place)]


def test_a_column_that_the_setting_dropped_is_found(district, compiled):
    clause = Clause.objects.get(key="local")
    enter_standard(
        "disclosure.gs.columns", kind=Kind.LIST, value="name community", from_date=DAY, clause=clause
    )
    verdict = inspect_list(compiled, by=by(district))
    assert not verdict.passed
    assert {one["kind"] for one in verdict.findings} == {"column"}
    assert {tuple(one["place"]) for one in verdict.findings if one["form"] == "data"} >= {
        ("column", "persons"),
        ("column", "amount"),
    }


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        ({"title_zh": "名单 13812345678"}, ["title", "zh"]),
        ({"title_en": "List of 12 Xingfu Road"}, ["title", "en"]),
        ({"note_zh": "户主电话 138 1234 5678"}, ["note", "zh"]),
    ],
)
def test_words_of_the_list_stop_it_in_the_list_and_in_its_real_forms(district, compiled, columns, place):
    """With the real pages and files: the finding is named at the list, and the forms that show it too."""
    wrong = changed(compiled, **columns)
    verdict = inspect_list(wrong, by=by(district))
    named = [one["kind"] for one in verdict.findings if one["form"] == "data" and one["place"] == place]
    assert named
    if place[0] == "title":
        found = {one["form"].split(".")[0] for one in verdict.findings if one["kind"] in named}
        assert found >= {"data", "page", "json", "feed"}
    assert refused(wrong, district) == "gate-found"


def test_a_name_that_is_a_number_stops_its_row(district):
    case = cases.reviewed(district)
    wrong = cases.compiled(district)
    rows = [{"row": 1, "code": case.row_code, "name": "1*8 1234 5678 138-1234-5678", "community": "10101"}]
    inspection = Inspection(wrong, rows, OFFICES, DAY)
    inspection.read_data({"zh": "更正：990101196003050010"})
    places = [one["place"] for one in inspection.findings]
    assert places == [["also", "zh"], ["row", 1, "name"]]


# --- what only looks like it ----------------------------------------------------------------------


def test_all_real_forms_of_a_clean_list_pass(district, compiled):
    verdict = inspect_list(compiled, by=by(district))
    assert (verdict.passed, verdict.findings) == (True, [])
    drawn = {told["form"] for told in verdict.forms}
    assert {"data", "page.zh", "page.en", "csv.zh", "csv.en", "json.zh", "feed.zh", "calendar.en"} <= drawn
    published = publish(compiled, by=by(district), version=compiled.version)
    assert inspect_list(published, by=by(district)).passed


def test_the_days_of_the_lists_own_acts_are_no_dates_of_birth(district, compiled):
    """Compiled on one day, published on another, corrected on a third: the timeline names them all."""
    with clock.moved_to(clock.at(DAY + timedelta(days=3))):
        verdict = inspect_list(compiled, by=by(district))
        assert (verdict.passed, verdict.findings) == (True, [])
        posted = cases.posted(district, publish(compiled, by=by(district), version=compiled.version))
    with clock.moved_to(clock.at(DAY + timedelta(days=5))):
        corrected(district, posted)
    with clock.moved_to(clock.at(DAY + timedelta(days=6))):
        assert inspect_list(PublicList.objects.get(pk=posted.pk), by=by(district)).findings == []


def test_digests_codes_and_salts_are_known_by_their_place(district, compiled):
    """Digits that hit a phone's pattern pass where a digest stands, and nowhere else."""
    rows = [{"row": 1, "code": "2345-6789"}]
    inspection = Inspection(compiled, rows, OFFICES, DAY)
    digest = "13812345678" * 5 + "138123456"
    inspection.read(documents.data(digest=digest, salt=digest[:32], commitments=[digest], code="2345-6789"))
    assert inspection.findings == []
    inspection.read(documents.data(note=digest[:11]))
    inspection.read(documents.data(salt="13812345678"))
    assert [one["kind"] for one in inspection.findings] == ["mobile", "mobile"]


def test_a_digest_in_large_letters_is_known_too(district, compiled):
    """As pages and paper show it: in fours. This one holds a telephone's pattern: 1010 37…"""
    inspection = Inspection(compiled, [], OFFICES, DAY)
    shown = "E64C E8D9 7D56 1302 6CD5 F161 E3EE F070 1010 377D 7CD2 7126 49E7 C139 1051 D922"
    inspection.read(documents.page(shown, "<p>{}</p>"))
    assert [one["kind"] for one in inspection.findings] == ["landline"]
    inspection.findings.clear()
    inspection.memo.clear()
    inspection.digest = shown.replace(" ", "").lower()
    inspection.read(documents.page(shown, "<p>{}</p>"))
    assert inspection.findings == []


# --- the verdict and what it is bound to ----------------------------------------------------------


def test_nothing_is_published_without_a_verdict(district, compiled):
    assert refused(compiled, district) == "gate-not-passed"


def test_a_verdict_holds_for_exactly_this_list(district, compiled):
    inspected(compiled, by=by(district))
    for columns in (
        {"title_zh": "另一个标题"},
        {"title_en": "Another title"},
        {"labels": {**compiled.labels, "communities": {}}},
        {"columns": ["row", "code", "name"]},
        {"note_zh": "说明"},
    ):
        other = changed(compiled, **columns)
        assert refused(other, district) == "gate-not-passed", columns
        compiled = changed(other, **{name: getattr(compiled, name) for name in columns})
    with drawn_by(Given(release="a newer template")):
        assert refused(compiled, district) == "gate-not-passed"
    assert publish(compiled, by=by(district), version=compiled.version).number == "gs-101-2026-001"


def test_a_row_that_changes_asks_for_a_new_check(district, compiled):
    """The masking changed after the check: other rows."""
    inspected(compiled, by=by(district))
    clause = Clause.objects.get(key="local")
    enter_standard("disclosure.gs.names", kind=Kind.CHOICE, value="full", from_date=DAY, clause=clause)
    assert refused(compiled, district) == "gate-not-passed"


def test_the_newest_verdict_counts(district, compiled):
    inspected(compiled, by=by(district))
    with drawn_by(Given(documents.page(VALUES["mobile"], "<p>{}</p>"))):
        inspect_list(compiled, by=by(district))
    assert refused(compiled, district) == "gate-found"
    inspected(compiled, by=by(district))
    publish(compiled, by=by(district), version=compiled.version)


@pytest.mark.parametrize(
    ("forms", "kind"),
    [
        (Broken(), "not-drawn"),
        (Given(Document("poster.zh", "application/pdf", b"no pdf")), "unreadable"),
        (Given(Document("x.zh", "application/x-unknown", b"?")), "unreadable"),
    ],
)
def test_what_cannot_be_read_is_not_published(district, compiled, forms, kind):
    with drawn_by(forms):
        verdict = inspect_list(compiled, by=by(district))
    assert [one["kind"] for one in verdict.findings] == [kind]
    assert refused(compiled, district) == "gate-found"


def test_an_inspection_writes_its_verdict_and_nothing_else(district, compiled):
    before = (PublicList.objects.get().version, Event.objects.count())
    verdict = inspect_list(compiled, by=by(district))
    assert (PublicList.objects.get().version, Event.objects.count()) == (before[0], before[1] + 1)
    assert PublicList.objects.get().number is None and not Entry.objects.exists()
    assert Event.objects.get(pk=verdict.event_id).actor_name == by(district).name


def test_who_has_nothing_to_do_with_lists_inspects_none(district, compiled):
    with pytest.raises(NotAllowed):
        inspect_list(compiled, by=district.officer(Role.COMMUNITY_CLERK, "10101"))
    assert not GateVerdict.objects.exists()


def test_an_announcement_passes_the_gate_before_it_exists(district):
    cases.approved(district)
    from relief.awards.announce import announce

    announcer, street = district.officer(Role.DISTRICT_ANNOUNCER), district.areas["101"]
    with pytest.raises(Blocked) as answer:
        announce(street, by=announcer, benefit="guarantee")
    assert answer.value.reasons[0].code == "gate-not-passed"
    made = inspect_and_announce(street, by=announcer, benefit="guarantee")
    bound = GateVerdict.objects.filter(public_list=made)
    assert [verdict.passed for verdict in bound] == [True]
