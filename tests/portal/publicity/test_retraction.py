"""A row that leaves its list before its time: gone from every form at once, and the digest still verifies."""

import pytest

from relief.applications.models import Application
from relief.applications.withdraw import withdraw
from relief.decisions.decide import refuse, return_for_correction
from relief.decisions.terminate import TerminationReason, terminate
from relief.ledger.models import Publication
from relief.officers.models import Role
from relief.publicity.document import digest_holds
from relief.publicity.models import PublicRow, Response, ResponseKind, Retraction
from relief.trail.models import Event
from relief.trail.verify import differences
from tests.factories import cases, stages
from tests.factories.objections import objected, opined, reviewed_by_neighbours
from tests.factories.pages import make_pages
from tests.portal.publicity import reading

pytestmark = pytest.mark.django_db
LEFT = "this row has left the list"


@pytest.fixture
def ground():
    """(district, running list on its third day, its first case)."""
    district = stages.ground()
    stage = stages.running(district)
    first = stage.list.entries.order_by("row_number")[0]
    return district, stage, Application.objects.get(pk=first.application_id)


def withdrawn(district, case):
    case = cases.fresh(case)
    return withdraw(
        case, by=district.officer(Role.STREET_ACCEPTOR, "101"), version=case.version, words="本人要求撤回。"
    )


def terminated(district, case):
    case = cases.fresh(case)
    by = district.officer(Role.STREET_REVIEWER, "101")
    reason = TerminationReason.values[0]
    return terminate(case, by=by, version=case.version, reason=reason, words="拒不配合。")


def returned(district, case):
    objected(district, case)
    case = cases.fresh(case)
    by = district.officer(Role.STREET_REVIEWER, "101")
    return return_for_correction(case, by=by, version=case.version, words="收入需重新核实。")


def refused(district, case):
    objected(district, case)
    reviewed_by_neighbours(district, case)
    case = opined(district, case, recommended=False)
    by = district.officer(Role.DISTRICT_APPROVER)
    return refuse(case, by=by, version=case.version, reason="property-above-limit", words="房产超限。")


@pytest.mark.parametrize(
    ("leave", "state", "response"),
    [
        (withdrawn, "withdrawn", None),  # 57号 art 4
        (terminated, "terminated", None),  # art 29
        (returned, "accepted", "upheld"),  # art 19: published wrongly
        (refused, "refused", "upheld"),  # art 21
    ],
)
def test_the_row_leaves_with_its_case(client, ground, leave, state, response):
    district, stage, case = ground
    row = stage.rows[0]
    with stages.on(stage.day):
        tag = client.get(stage.path)["ETag"]
        assert leave(district, case).state == state
        assert client.get(stage.path, headers={"If-None-Match": tag}).status_code == 200
        assert not PublicRow.objects.filter(entry__application_id=case.pk).exists()
        retraction = Retraction.objects.get()
        event = Event.objects.get(pk=retraction.event_id)
        assert (event.act, event.subject_kind) == ("retract", "publiclist")
        assert Event.objects.get(pk=event.cause_id).to_state == state
        last = Publication.objects.filter(kind="retract").get()
        assert (last.ref, last.digest) == (stage.list.number, stage.list.digest)
        every_form_tells(client, stage, row)
    assert [one.state for one in Response.objects.all()] == ([response] if response else [])
    assert list(differences()) == []


def every_form_tells(client, stage, row):
    """Page, print (the same page), CSV, JSON, history, check and index; in none a private word of the row."""
    html = client.get("/en" + stage.path).content.decode()
    table = b"".join(client.get(f"/en{stage.path}data.csv").streaming_content)
    data = client.get(f"{stage.path}data.json")
    past = client.get(f"/en{stage.path}history/").content.decode()
    check = client.get(f"/en/verify/{stage.list.number}/{stage.list.digest}").content.decode()
    assert reading.page_rows(html)[0] == ["1", LEFT]
    assert reading.csv_rows(table)[0] == ["1", LEFT, "", "", "", ""]
    assert (len(reading.page_rows(html)), len(reading.csv_rows(table))) == (3, 3)
    document = data.json()
    assert document["left"] == [{"row": 1, "on": stage.day.isoformat()}]
    assert [one["row"]["row"] for one in document["rows"]] == [2, 3]
    for one in document["rows"]:
        place = one["row"]["row"] - 1
        assert reading.commitment(one["salt"], one["row"]) == document["commitments"][place]
    assert reading.digest(document) == document["digest"] == stage.list.digest
    assert digest_holds(stage.list)
    assert "Row 1 left the list" in past and "publication journal no." in past
    assert "1 row has left the list since it was published" in check
    texts = (html, table.decode(), data.content.decode(), past, check)
    assert [text for text in texts if str(row["code"]) in text] == []


def test_the_row_is_found_by_number_and_code_and_says_that_it_left(client, ground):
    district, stage, case = ground
    with stages.on(stage.day):
        withdrawn(district, case)
        for typed in ("1", stage.rows[0]["code"]):
            html = client.get(f"/en{stage.path}?row={typed}").content.decode()
            assert reading.page_rows(html) == [["1", LEFT]], typed
        html = client.get(f"/en{stage.path}?community={case.community_id}").content.decode()
        assert LEFT not in html  # its community is not told any more


def test_the_index_counts_who_left(client, ground):
    district, stage, case = ground
    make_pages()
    with stages.on(stage.day):
        assert "has left" not in client.get("/en/publicity/").content.decode()
        withdrawn(district, case)
        assert "1 has left" in client.get("/en/publicity/").content.decode()


def test_after_the_names_time_nothing_is_left_to_retract(client):
    district = stages.ground()
    stage = stages.closed(district)
    case = Application.objects.get(pk=stage.list.entries.order_by("row_number")[0].application_id)
    with stages.on(stage.day):
        withdrawn(district, case)
    assert not Retraction.objects.exists()
    assert not Publication.objects.filter(kind="retract").exists()


def test_a_refused_withdrawal_leaves_the_row(client, ground):
    _district, stage, case = ground
    with stages.on(stage.day), pytest.raises(Exception, match="yours|area|辖区"):
        withdraw(case, by=_district.officer(Role.STREET_ACCEPTOR, "102"), version=case.version, words="撤回")
    assert PublicRow.objects.filter(entry__application_id=case.pk).exists()


def test_objections_are_counted_in_public(client, ground):
    district, stage, case = ground
    other = Application.objects.get(pk=stage.list.entries.order_by("row_number")[1].application_id)
    with stages.on(stage.day):
        document = client.get(f"{stage.path}data.json").json()
        nothing = dict.fromkeys(("received", "upheld", "refused", "open", "ended"), 0)
        assert document["responses"]["small_count"] == 3
        assert set(document["responses"]["by_kind"]) == set(ResponseKind.values)
        assert document["responses"]["by_kind"]["left-out"] == {**nothing, "days_to_answer": None}
        assert "Responses to this list" in client.get("/en" + stage.path).content.decode()
        tags = [client.get(stage.path)["ETag"]]
        objected(district, case)
        tags.append(client.get(stage.path)["ETag"])
        objected(district, case, name="吴明")
        objected(district, other, name="")
        reviewed_by_neighbours(district, case)
        opined(district, case, recommended=True)
        tags.append(client.get(stage.path)["ETag"])
        document = client.get(f"{stage.path}data.json").json()
        html = client.get("/en" + stage.path).content.decode()
    said = document["responses"]["by_kind"]["not-eligible"]
    assert {key: said[key] for key in ("received", "upheld", "refused", "open", "ended")} == {
        "received": 3,
        "upheld": 0,
        "refused": "<3",
        "open": "<3",
        "ended": 0,
    }
    assert len(set(tags)) == 3
    assert html.count("fewer than 3") == 2
    for private in ("周正", "吴明", "138 0000 1111", "13800001111", "出租房"):
        assert private not in html
