"""Withdrawing a list (撤回), and the names of an ended list for staff only."""

from datetime import timedelta

import pytest

from relief.applications.states import State
from relief.errors import Invalid, NotAllowed, WrongState
from relief.ledger.models import Publication
from relief.officers.models import Role
from relief.publicity.correct import RowProposal
from relief.publicity.correction_models import CorrectionState
from relief.publicity.document import digest_holds, list_document
from relief.publicity.editions import current_entries
from relief.publicity.models import ListState, PublicList, PublicRow
from relief.publicity.queries import newer_version
from relief.publicity.read_names import read_names
from relief.publicity.withdraw_list import withdraw_list
from relief.trail.models import Access
from tests.factories import cases, stages
from tests.factories.corrections import NOTES, case_in_row, proposed
from tests.factories.district import District
from tests.factories.stages import DAY, on

pytestmark = pytest.mark.django_db
THIRD = DAY + timedelta(days=2)


@pytest.fixture
def district():
    return stages.ground()


def withdrawn(district: District, public_list: PublicList) -> PublicList:
    public_list.refresh_from_db()
    return withdraw_list(
        public_list,
        by=district.officer(Role.DISTRICT_ANNOUNCER),
        version=public_list.version,
        reason_class="wrong-cases",
        **NOTES,
    )


def test_a_withdrawn_list_shows_nothing_and_gives_its_cases_back(district):
    stage = stages.running(district)
    with on(THIRD):
        first = case_in_row(stage.list, 1)
        made = proposed(district, stage.list, [RowProposal("removed", first, "looked-into")])
        one = withdrawn(district, stage.list)
        assert (one.state, one.withdrawal_reason) == (ListState.WITHDRAWN, "wrong-cases")
        assert not PublicRow.objects.exists() and list_document(one)["rows"] == []
        assert digest_holds(one)
        assert {case_in_row(one, row).state for row in (1, 2, 3)} == {State.REVIEWED}
        made.refresh_from_db()
        assert made.state == CorrectionState.REJECTED
        assert Publication.objects.order_by("-seq").first().kind == "withdraw"
        again = cases.published(district, batch="2026-01")
        assert (again.revision, newer_version(one).pk) == (2, again.pk)


@pytest.mark.parametrize(
    "role, area, reason, refusal",
    [
        (Role.STREET_PUBLISHER, "101", "wrong-cases", NotAllowed),
        (Role.STREET_REVIEWER, "101", "wrong-cases", NotAllowed),
        (Role.DISTRICT_ANNOUNCER, "", "because", Invalid),
    ],
)
def test_who_withdraws_and_why(district, role, area, reason, refusal):
    """The street can't make a list vanish by itself (decision 28)."""
    stage = stages.running(district)
    with on(THIRD), pytest.raises(refusal):
        withdraw_list(
            stage.list,
            by=district.officer(role, area),
            version=stage.list.version,
            reason_class=reason,
            **NOTES,
        )


@pytest.mark.parametrize("made", [stages.closed, stages.announced])
def test_what_is_over_or_carries_awards_stays(district, made):
    stage = made(district)
    with on(stage.day), pytest.raises(WrongState):
        withdrawn(district, stage.list)


def test_names_of_an_ended_list_are_opened_for_a_purpose_only(district):
    stage = stages.deleted(district)
    entries = list(current_entries(stage.list))
    street = district.officer(Role.STREET_REVIEWER, "101")
    with on(stage.day):
        before = Access.objects.count()
        rows = read_names(stage.list, entries, by=street, purpose="complaint")
        assert [row.row for row in rows] == stage.rows
        assert Access.objects.count() == before + 1
        assert Access.objects.order_by("-pk").first().purpose == "list-names:complaint"
        with pytest.raises(Invalid):
            read_names(stage.list, entries, by=street, purpose="curiosity")
        for role, area in (
            (Role.STREET_REVIEWER, "102"),
            (Role.COMMUNITY_CLERK, "10101"),
            (Role.AUDITOR, ""),
        ):
            with pytest.raises(NotAllowed):
                read_names(stage.list, entries, by=district.officer(role, area), purpose="complaint")


def test_names_in_public_need_no_looking_up(district):
    stage = stages.running(district)
    with on(THIRD), pytest.raises(WrongState):
        read_names(stage.list, [], by=district.officer(Role.STREET_REVIEWER, "101"), purpose="complaint")
