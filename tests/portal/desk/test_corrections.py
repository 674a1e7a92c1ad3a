"""Corrections at the desk and in public: choose, look, approve; what the page says; names for staff."""

from datetime import timedelta

import pytest
from django.test import Client

from relief.officers.models import Role
from relief.publicity.correct import RowProposal
from relief.publicity.correction_models import Correction
from relief.publicity.models import PublicList
from relief.trail.actor import Robot
from relief.trail.models import Access
from relief.trail.record import record, set_if
from tests.factories import cases, stages
from tests.factories.corrections import NOTES, case_in_row, corrected, proposed, rectified
from tests.factories.gate import quickly
from tests.factories.stages import DAY, on

THIRD = DAY + timedelta(days=2)


@pytest.fixture
def running(district):
    return stages.running(district).list


def send(client: Client, path: str, version: int, **given):
    return client.post(path, {"version": version, **given})


def test_from_the_rectified_case_to_the_public_page(district, seat, running, client):
    """Rectify, propose after looking at both, be refused as the same person, approve, read it in public."""
    with on(THIRD):
        reviewer, publisher = seat(Role.STREET_REVIEWER, "101"), seat(Role.STREET_PUBLISHER, "101")
        case = case_in_row(running, 1)
        page = reviewer.get(f"/desk/cases/{case.number}/rectify/")
        answer = send(
            reviewer,
            f"/desk/cases/{case.number}/rectify/",
            page.context["form"]["version"].value(),
            persons="1",
            amount="512.00",
            top_up="0",
            words="录入时看错一行。",
        )
        assert answer.status_code == 302
        path = f"/desk/lists/{running.code}/correct/"
        version = reviewer.get(path).context["form"]["version"].value()
        given = {"changed": ["1"], "why_changed": "entered-wrongly", "removed": "", **NOTES}
        seen = send(reviewer, path, version, preview="1", **given)
        assert [row.number for row in seen.context["rows"]] == [1]
        assert {change["after"] for change in seen.context["rows"][0].values} == {"512.00"}
        assert send(reviewer, path, version, **given).status_code == 302
        own = reviewer.get(f"{path}approve/")
        assert own.context["own"]
        number = own.context["form"]["version"].value()
        assert send(reviewer, f"{path}approve/", number).status_code == 403
        assert send(publisher, f"{path}approve/", number).status_code == 302
        one = PublicList.objects.get(pk=running.pk)
        for prefix, words in (("", "更正"), ("/en", "Corrected on")):
            body = client.get(f"{prefix}/publicity/{one.number}/").content.decode()
            assert words in body and (NOTES["note_en"] if prefix else NOTES["note_zh"]) in body
        page = client.get(f"/en/publicity/{one.number}/corrections/2/")
        row = page.context["rows"][0]
        assert [(change["before"] != "", change["after"]) for change in row.values] == [(True, "512.00")]
        assert "No-Store" not in page.headers["Cache-Control"] and "noindex" in page.headers["X-Robots-Tag"]
        assert b"no older version" in client.get(f"/en/publicity/{one.number}/corrections/1/").content
        assert client.get(f"/publicity/{one.number}/corrections/3/").status_code == 404


def test_what_the_privacy_check_finds_is_told_by_its_place(district, seat, running):
    """The desk looks before it approves; a finding stops it and names note and form, never the value."""
    with on(THIRD), quickly():
        case = rectified(district, case_in_row(running, 1))
        made = proposed(district, running, [RowProposal("changed", case, "entered-wrongly")])
        event = record("inspect-list", made, actor=Robot("wrong set-up").actor(), area="101")
        made = set_if(made, made.version, {"note_en": "Call 138 1234 5678."}, event)
        publisher, path = (
            seat(Role.STREET_PUBLISHER, "101"),
            f"/desk/lists/{running.code}/correct/approve/",
        )
        assert publisher.get(path).context["findings"] == []
        answer = send(publisher, path, made.version)
        assert answer.status_code == 409
        found = answer.context["findings"]
        assert [(one["kind"], one["place"]) for one in found] == [("手机号", "更正说明（英文）")]
        assert found[0]["mend"] in answer.content.decode()
    assert PublicList.objects.get(pk=running.pk).edition is None


@pytest.mark.parametrize(
    "given, where",
    [
        ({}, "changed"),
        ({"removed": "9"}, "removed"),
        ({"removed": "one"}, "removed"),
        ({"removed": "2", "note_en": " "}, "note_en"),
    ],
)
def test_bad_input_comes_back_at_its_field(district, seat, running, given, where):
    with on(THIRD):
        rectified(district, case_in_row(running, 1))
        reviewer, path = seat(Role.STREET_REVIEWER, "101"), f"/desk/lists/{running.code}/correct/"
        version = PublicList.objects.get(pk=running.pk).version
        answer = send(reviewer, path, version, why_removed="looked-into", **{**NOTES, "removed": "", **given})
        assert answer.status_code == 422 and list(answer.context["form"].errors) == [where]
        assert not Correction.objects.exists()


def test_queries_do_not_grow_with_the_rows(district, client, running, django_assert_max_num_queries):
    with on(THIRD):
        corrected(district, running)
        path = f"/publicity/{PublicList.objects.get(pk=running.pk).number}/corrections/2/"
        with django_assert_max_num_queries(14):
            client.get(path)


def test_names_over_leave_row_numbers_and_reasons(district, running, client):
    """Expiry in every form: side by side, page, files; digest and check code still answer."""
    with on(THIRD):
        corrected(district, running)
    one = PublicList.objects.get(pk=running.pk)
    with on(one.names_until + timedelta(days=1)):
        page = client.get(f"/publicity/{one.number}/corrections/2/")
        assert page.context["rows"][0].values == [] and page.context["rows"][0].number == 1
        assert client.get(f"/publicity/{one.number}/data.csv").status_code == 410
        assert client.get(f"/publicity/{one.number}/data.json").json()["rows"] == []
        assert "shown" not in client.get(f"/publicity/{one.number}/").context
        assert client.get(f"/verify/{one.number}/{one.check_code}").status_code == 200


def test_only_late_rows_are_left_in_every_form(district, running, client):
    with on(THIRD):
        corrected(district, running)
    one = PublicList.objects.get(pk=running.pk)
    with on(DAY + timedelta(days=7)):
        page = client.get(f"/publicity/{one.number}/")
        assert [cells[0].html for cells in page.context["rows"]] == ["1"]
        assert page.context["late_rows"] == [1]
        code = page.context["rows"][0][1].html
        assert f'href="/publicity/{one.number}/respond/?row=' in code, "one can still respond to it"
        rows = client.get(f"/publicity/{one.number}/data.json").json()["rows"]
        assert [row["row"]["row"] for row in rows] == [1]
        lines = b"".join(client.get(f"/publicity/{one.number}/data.csv").streaming_content).splitlines()
        assert len(lines) == 2


def test_withdrawn_by_the_district_with_its_reason_in_public(district, seat, running, client):
    with on(THIRD):
        district_seat, path = seat(Role.DISTRICT_ANNOUNCER), f"/desk/lists/{running.code}/withdraw/"
        version = district_seat.get(path).context["form"]["version"].value()
        assert send(district_seat, path, version, reason_class="wrong-data", **NOTES).status_code == 302
        body = client.get(f"/en/publicity/{running.number}/").content.decode()
        assert NOTES["note_en"] in body and "much of its data was wrong" in body
        assert seat(Role.STREET_PUBLISHER, "101").get(path).status_code == 403


def test_names_for_staff_are_marked_and_logged(district, seat):
    stage = stages.deleted(district)
    with on(stage.day):
        reviewer, path = seat(Role.STREET_REVIEWER, "101"), f"/desk/lists/{stage.list.code}/names/"
        asked = reviewer.get(path)
        assert asked.status_code == 200 and "rows" not in asked.context
        assert reviewer.post(path, {"page": "1"}).status_code in (403, 422)


def test_names_of_the_streets_own_list(district, seat):
    stage = stages.decided(district)
    with on(stage.day):
        reviewer, path = seat(Role.STREET_REVIEWER, "101"), f"/desk/lists/{stage.list.code}/names/"
        answer = reviewer.post(path, {"page": "1", "purpose": "complaint"})
        assert len(answer.context["rows"]) == 3 and answer.context["mark"] in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert Access.objects.order_by("-pk").first().purpose == "list-names:complaint"
        assert reviewer.post(path, {"page": "1"}).status_code == 422
        assert seat(Role.AUDITOR).get(path).status_code == 403


def test_the_start_page_and_the_watcher_raise_the_alarm(district, seat, running):
    with on(DAY + timedelta(days=7), 9):
        client = seat(Role.DISTRICT_LEADER)
        assert client.get("/desk/").context["alarms"]
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["alarms"]["expiry"]) == (200, "late")


def test_spelling_of_a_name_at_the_desk(district, seat, running):
    with on(THIRD):
        case = case_in_row(running, 1)
        clerk, path = seat(Role.COMMUNITY_CLERK, case.area), f"/desk/cases/{case.number}/correct-name/"
        version = clerk.get(path).context["form"]["version"].value()
        assert send(clerk, path, version, spelling="司马长风", words="与身份证核对。").status_code == 302
        assert send(clerk, path, version, spelling="司马长风", words="再次。").status_code == 409
        shown = seat(Role.STREET_REVIEWER, "101").get(f"/desk/lists/{running.code}/correct/")
        assert [value for value, _label in shown.context["form"].fields["changed"].choices] == ["1"]
        assert cases.fresh(case).applicant.version == version + 1
