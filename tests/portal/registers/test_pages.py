"""What the three pages of a register show, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relief.officers.models import Role
from relief.trail.row_history import row_history
from tests.factories import cases
from tests.portal.cms.staff import district_with_rights, signed_in


@pytest.fixture
def district(db):
    return district_with_rights()


def queries(client, address: str) -> int:
    client.get(address)  # what a process computes once
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("register", ["households", "persons", "applications"])
def test_a_list_costs_the_same_for_any_number_of_rows(district, register):
    client = signed_in(district.officer(Role.STREET_REVIEWER, "101"))
    cases.submitted(district, "10101")
    few = queries(client, f"/cms/registers/{register}/")
    for community in ("10101", "10102", "10101", "10102", "10101"):
        cases.submitted(district, community)
    assert queries(client, f"/cms/registers/{register}/") == few
    assert few <= 25


def test_history_costs_the_same_for_any_number_of_changes(district):
    client = signed_in(district.officer(Role.STREET_REVIEWER, "101"))
    short, long = cases.accepted(district, "10101"), cases.reviewed(district, "10101")
    assert len(row_history(long)) > len(row_history(short))
    counts = [queries(client, f"/cms/registers/applications/history/{case.pk}/") for case in (short, long)]
    assert counts[0] == counts[1] <= 22


def test_history_tells_act_person_and_difference(district):
    case = cases.reviewed(district, "10101")
    steps = row_history(case)
    assert [step.record.history_id for step in steps] == sorted(
        (step.record.history_id for step in steps), reverse=True
    )
    assert steps[-1].change.born and not any(step.change.born for step in steps[:-1])
    newest = {change.name: (change.before, change.after) for change in steps[0].change.changes}
    assert newest["state"] == ("examined", "reviewed")
    assert steps[0].event.act == "review"

    client = signed_in(district.officer(Role.AUDITOR))
    page = client.get(f"/cms/registers/applications/history/{case.pk}/").content.decode()
    reviewer = district.officer(Role.STREET_REVIEWER, "101")
    assert reviewer.name in page
    assert "<del>" in page and "<ins>" in page
    assert client.get(f"/cms/registers/applications/history/{case.pk}/?p=99").status_code == 200


def test_history_pages_meet_at_the_seam(district):
    case = cases.reviewed(district, "10101")
    whole = row_history(case)
    first, second = row_history(case, start=0, count=3), row_history(case, start=3, count=50)
    assert [s.record.pk for s in first + second] == [s.record.pk for s in whole]
    assert [s.change for s in first + second] == [s.change for s in whole]


def test_sealed_columns_say_that_they_changed_and_no_more(district):
    home = cases.household(district)
    (birth,) = row_history(home)
    sealed = {change.name for change in birth.change.changes if change.sealed}
    assert sealed == {"address", "phone"}
    client = signed_in(district.officer(Role.AUDITOR))
    record = client.get(f"/cms/registers/households/inspect/{home.pk}/").content.decode()
    assert "●●●" in record and home.number in record
