"""Appointments in a section: made and ended by who releases its texts, for others, with a reason."""

from datetime import timedelta

import pytest

from portal.publishing.authority import keys_above
from relief.errors import Invalid, NotAllowed, WrongState
from relief.officers.appoint import appoint_to_section, end_appointment
from relief.officers.models import Appointment, Officer, Role, ScopeKind
from relief.places.set_up import SETUP
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def address(room: Newsroom) -> str:
    return f"/cms/publishing/appoint/{room.section.pk}/"


def form(officer: Officer, /, **words: str) -> dict[str, str]:
    today = clock.today().isoformat()
    return {
        "officer": str(officer.pk),
        "role": "editor",
        "from_date": today,
        "until_date": "",
        "why": "增补。",
        **words,
    }


def in_section() -> list[Appointment]:
    return list(Appointment.objects.filter(scope_kind=ScopeKind.SECTION))


def test_a_publisher_appoints_for_a_time_and_ends_it_and_all_of_it_stays_readable(room):
    helper, publisher = room.district.officer(Role.AUDITOR), signed_in(room.publisher)
    until = clock.today() + timedelta(days=60)
    assert publisher.post(address(room), form(helper, until_date=until.isoformat())).status_code == 302
    made = in_section()[0]
    assert (made.officer, made.role, made.until_date, made.why) == (helper, "editor", until, "增补。")
    assert helper.name in publisher.get(address(room)).content.decode()
    assert signed_in(helper).get(f"/cms/publishing/rights/{room.section.pk}/").status_code == 200
    one = f"/cms/publishing/appointments/{made.pk}/"
    ends = {"until_date": clock.today().isoformat(), "version": 1, "why": ""}
    refused = publisher.post(one, ends)
    assert refused.status_code == 422 and "why" in refused.context["form"].errors
    assert publisher.post(one, ends | {"why": "调离。"}).status_code == 302
    steps = publisher.get(one).context["steps"]
    assert [step["record"].why for step in steps] == ["调离。", "增补。"]
    assert [change["label"] for change in steps[0]["changes"]] == ["止"]
    assert publisher.post(one, ends | {"why": "再次。"}).status_code == 409


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"role": "publisher"}, "role"),
        ({"role": "street-reviewer"}, "role"),
        ({"from_date": "2020-01-01"}, "from_date"),
        ({"until_date": "2020-01-01"}, "until_date"),
        ({"why": " "}, "why"),
        ({"officer": "999999"}, "officer"),
    ],
)
def test_bad_input_is_told_beside_its_field(room, words, field):
    answer = signed_in(room.publisher).post(address(room), form(room.district.officer(Role.AUDITOR), **words))
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert in_section() == []


def test_nobody_appoints_themselves_and_only_who_releases_here_appoints(room):
    helper = room.district.officer(Role.AUDITOR)
    for officer in (room.writer, room.reviewer):
        assert signed_in(officer).post(address(room), form(helper)).status_code == 403
    assert signed_in(room.publisher).post(address(room), form(room.publisher)).status_code == 403
    assert signed_in(room.district.officer(Role.STREET_REVIEWER)).get(address(room)).status_code == 403
    assert in_section() == []


def test_who_releases_one_section_appoints_there_and_nowhere_else(room):
    helper, other = room.district.officer(Role.AUDITOR), room.district.officer(Role.DISTRICT_LEADER)
    elsewhere = room.homes["zh-hans"].get_children().exclude(pk=room.section.pk)[0]
    today = clock.today()
    key = room.section.translation_key
    appoint_to_section(helper, role=Role.PUBLISHER, section=key, from_date=today, by=SETUP)
    given = {"role": Role.REVIEWER, "from_date": today, "by": helper, "why": "试行。"}
    made = appoint_to_section(other, section=key, above=keys_above(room.section), **given)
    with pytest.raises(NotAllowed):
        appoint_to_section(other, section=elsewhere.translation_key, above=keys_above(elsewhere), **given)
    with pytest.raises(WrongState):
        appoint_to_section(other, section=key, above=keys_above(room.section), **given)
    with pytest.raises(NotAllowed):
        appoint_to_section(
            other, section=key, above=keys_above(room.section), **given | {"role": Role.PUBLISHER}
        )
    with pytest.raises(NotAllowed):  # one's own
        end_appointment(
            made, by=other, until_date=today, version=1, why="自行。", above=keys_above(room.section)
        )
    whole = Appointment.objects.get(officer=room.writer)
    with pytest.raises(NotAllowed):  # over the whole site: by set-up
        end_appointment(whole, by=room.publisher, until_date=today, version=1, why="结束。")
    with pytest.raises(Invalid):
        early = today - timedelta(days=2)
        end_appointment(
            made, by=helper, until_date=early, version=1, why="早。", above=keys_above(room.section)
        )
