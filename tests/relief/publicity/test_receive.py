"""Responses of four kinds: handler, deadline, effect, who reads and answers; looking one up; bad input."""

from datetime import date

import pytest

from relief.confidential.models import BlindIndex
from relief.errors import Blocked, Invalid, NotAllowed, WrongState
from relief.ledger.models import Publication
from relief.officers.authority import appointments_of
from relief.officers.models import Role
from relief.publicity.handlers import may_answer, may_read
from relief.publicity.look_up import look_up, status_for_respondent
from relief.publicity.models import Response, ResponseKind
from relief.publicity.receive import WEB
from relief.trail.models import Event, Refusal
from relief.trail.verify import differences
from tests.factories import cases, stages
from tests.factories.district import District
from tests.factories.objections import in_publicity
from tests.factories.responses import told
from tests.factories.stages import DAY

pytestmark = pytest.mark.django_db

KINDS = tuple(ResponseKind)
#: kind → working days to the answer, its last day, handler, and the handler when it is about staff
TABLE = [
    ("not-eligible", date(2026, 3, 9), "101", "000"),
    ("left-out", date(2026, 3, 16), "10102", "101"),
    ("wrong-data", date(2026, 3, 9), "101", "000"),
    ("withhold-name", date(2026, 3, 5), "000", "000"),
]
#: handler → who answers there
ANSWERS = {
    "10102": {Role.COMMUNITY_CLERK, Role.COMMUNITY_EXAMINER},
    "101": {Role.STREET_ACCEPTOR, Role.STREET_REVIEWER},
    "000": {Role.DISTRICT_CHECKER, Role.DISTRICT_APPROVER},
}


@pytest.fixture
def district() -> District:
    return stages.ground()


@pytest.fixture
def shown(district):
    with stages.on(DAY):
        return in_publicity(district)


@pytest.mark.parametrize(("kind", "due", "handler", "above"), TABLE)
@pytest.mark.parametrize("about_staff", [False, True])
def test_each_kind_has_its_handler_and_its_day(district, shown, kind, due, handler, above, about_staff):
    public_list, (case, other) = shown
    with stages.on(DAY):
        receipt = told(public_list, kind, about_staff=about_staff)
        response = receipt.response
        expected = above if about_staff else handler
        assert (response.kind, response.due_on, response.handler) == (kind, due, expected)
        assert response.number == "fy-101-2026-00001"
        blocked = "under-reinvestigation" if kind == "not-eligible" else "in-publicity"
        assert (cases.fresh(case).state, cases.fresh(other).state) == (blocked, "in-publicity")
        assert cases.fresh(case).complaint_registered == (about_staff and kind == "not-eligible")
        journal = Publication.objects.order_by("-seq")[0]
        assert (journal.kind, journal.event_id) == ("response", Event.objects.order_by("-pk")[0].pk)
        readers = {
            (role, area)
            for (role, area), officer in district.officers.items()
            if may_read(response, appointments_of(officer))
        }
        assert all(area in (expected, expected[:3], "000") for _role, area in readers)
        assert {area for _role, area in readers} >= {expected, "000"}
        by = {
            role
            for (role, _area), officer in district.officers.items()
            if may_answer(response, appointments_of(officer))
        }
        if kind == "withhold-name":
            assert by == {Role.DISTRICT_APPROVER}
        elif kind == "not-eligible" and not about_staff:
            assert by == set()  # the new opinion answers it
        else:
            assert by == ANSWERS[expected] & by != set()
    assert list(differences()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_receipt_and_code_find_it_and_nothing_else_does(shown, kind):
    public_list, _cases = shown
    with stages.on(DAY):
        receipt = told(public_list, kind)
        number, code = receipt.response.number, receipt.query_code
        assert look_up(f" {number.upper()} ", code.lower().replace("-", " ")) == receipt.response
        wrong = "2222-2222" if code != "2222-2222" else "3333-3333"
        for typed in [(number, wrong), ("fy-101-2026-00099", code), (number, ""), ("", code), (number, "x")]:
            assert look_up(*typed) is None
        status = status_for_respondent(receipt.response, WEB)
    assert (status.answer, status.next_step.day) == ("", receipt.response.due_on)
    kept = BlindIndex.objects.filter(subject=f"response:{receipt.response.code}")
    assert code.encode() not in b"".join(bytes(row.value) for row in kept)


def test_the_number_of_one_and_the_code_of_another_find_nothing(shown):
    public_list, _cases = shown
    with stages.on(DAY):
        first, second = told(public_list, "left-out"), told(public_list, "wrong-data")
    assert look_up(first.response.number, second.query_code) is None


@pytest.mark.parametrize(
    ("kind", "given", "field", "code"),
    [
        ("wrong-data", {"row": ""}, "row", "required"),
        ("wrong-data", {"row": "99"}, "row", "unknown-row"),
        ("not-eligible", {"row": "2222-2222"}, "row", "unknown-row"),
        ("withhold-name", {"row": "' OR 1=1"}, "row", "unknown-row"),
        ("left-out", {"community": "10201"}, "community", "community"),
        ("left-out", {"community": "101"}, "community", "community"),
        ("left-out", {"community": None}, "community", "community"),
        ("left-out", {"words": " "}, "words", "required"),
        ("wrong-data", {"words": "字" * 2001}, "words", "too-long"),
        ("withhold-name", {"words": "\ud800"}, "words", "unwritable"),
        ("left-out", {"name": "周\x00正"}, "name", "unwritable"),
        ("left-out", {"contact": ""}, "contact", "required"),
        ("left-out", {"channel": "pigeon"}, "channel", "choice"),
        ("praise", {}, "kind", "choice"),
    ],
)
def test_bad_input_is_answered_by_field(shown, kind, given, field, code):
    public_list, _cases = shown
    with stages.on(DAY), pytest.raises(Invalid) as refused:
        told(public_list, kind, **given)
    assert [reason.code for reason in refused.value.fields[field]] == [code]
    assert not Response.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (stages.waiting, None),
        (stages.last_day, None),
        (stages.over, "period-over"),
        (stages.closed, "period-over"),
        (stages.withdrawn, "list-withdrawn"),
    ],
)
def test_the_day_decides_for_every_kind(district, stage, code, kind):
    made = stage(district)
    with stages.on(made.day):
        if code is None:
            assert told(made.list, kind).response.state == "open"
            return
        with pytest.raises(WrongState) as refused:
            told(made.list, kind)
    assert [reason.code for reason in refused.value.reasons] == [code]


@pytest.mark.parametrize("kind", KINDS)
def test_a_person_says_one_thing_once_and_a_visitor_learns_of_nobody(shown, kind):
    public_list, _cases = shown
    with stages.on(DAY):
        first = told(public_list, kind)
        with pytest.raises(Blocked) as refused:
            told(public_list, kind, name="周 正", contact="１３８-0000-1111")
        assert first.response.number not in str(refused.value)
        told(public_list, kind, contact="139 0000 2222")  # a namesake, and no word about it
        told(public_list, kind, name="")
        told(public_list, kind, name="")
    assert Response.objects.count() == 4
    assert Refusal.objects.get().reasons == ["objected-already"]


def test_who_takes_down_where(district, shown):
    public_list, _cases = shown
    clerk = {"by": district.officer(Role.COMMUNITY_CLERK, "10101"), "channel": "counter"}
    with stages.on(DAY):
        assert told(public_list, "wrong-data", **clerk).response.channel == "counter"
        with pytest.raises(NotAllowed):
            told(public_list, "left-out", **clerk)  # of another community
        with pytest.raises(NotAllowed):
            told(public_list, "wrong-data", by=district.officer(Role.STREET_REVIEWER, "101"))
