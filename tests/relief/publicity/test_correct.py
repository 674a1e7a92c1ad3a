"""Corrections (更正) of a running list: two persons, a new edition, rows with days of their own."""

from datetime import date, timedelta

import pytest

from relief.applications.models import Application
from relief.applications.states import State
from relief.decisions.decide import approve
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.ledger.models import Publication
from relief.officers.models import Role
from relief.publicity.close import close, close_rows, due_for_closing_rows
from relief.publicity.correct import RowProposal, approve_correction, propose_correction, reject_correction
from relief.publicity.correctable import check_notes
from relief.publicity.document import digest_holds, list_document
from relief.publicity.editions import current_entries, last_day_of
from relief.publicity.expire import due_for_row_expiry, expire_names, expire_rows, late_for_expiry
from relief.publicity.models import Entry, PublicList, PublicRow, Retraction
from relief.publicity.queries import entry_of, names_visible, visible_entries, visible_rows
from relief.publicity.reissue import outdated_rows
from relief.trail import clock
from tests.factories import cases, stages
from tests.factories.corrections import (
    NOTES,
    approved,
    case_in_row,
    corrected,
    proposed,
    rectified,
    spelt,
)
from tests.factories.stages import DAY, on

pytestmark = pytest.mark.django_db
THIRD, OVER = DAY + timedelta(days=2), DAY + timedelta(days=7)


@pytest.fixture
def stage(district):
    return stages.running(district)


@pytest.fixture
def district():
    return stages.ground()


def amounts(public_list: PublicList) -> dict[int, str]:
    return {row.row_number: row.row["amount"] for row in visible_rows(public_list)}


def test_changed_row_is_read_from_the_case_and_supersedes(district, stage):
    """architecture §6: a superseding entry with a note, a second approval and a new digest."""
    before = stage.list.digest
    with on(THIRD):
        made = corrected(district, stage.list)
        one = PublicList.objects.get(pk=stage.list.pk)
        assert (one.edition, made.edition, made.digest_before, made.digest_after) == (
            2,
            2,
            before,
            one.digest,
        )
        assert one.digest != before and digest_holds(one)
        assert amounts(one)[1] == "512.00"
        old, new = Entry.objects.filter(public_list=one, row_number=1).order_by("edition")
        assert new.supersedes == old and current_entries(one).count() == 3
        assert not old.public_row.current and new.public_row.current
        assert last_day_of(new) == THIRD + timedelta(days=6)
        assert [entry.edition for entry in entry_of(new.application_id)] == [2]
    newest = Publication.objects.order_by("-seq").first()
    assert (newest.kind, newest.digest) == ("correct", one.digest)


def test_a_row_with_days_of_its_own_stays_when_the_list_closes(district, stage):
    """Only the corrected household's days restart (publicity.restart-after-correction)."""
    with on(THIRD):
        corrected(district, stage.list)
    one = PublicList.objects.get(pk=stage.list.pk)
    with on(OVER):
        assert names_visible(one) and [row.row_number for row in visible_rows(one)] == [1]
        close(one, by=district.officer(Role.STREET_PUBLISHER, "101"), version=one.version)
        assert {case_in_row(one, row).state for row in (2, 3)} == {State.CLEARED}
        assert case_in_row(one, 1).state == State.IN_PUBLICITY
        one.refresh_from_db()
        assert due_for_closing_rows() == [] and [o.pk for o in due_for_row_expiry()] == [one.pk]
        expire_rows(one)
        assert [row.row_number for row in PublicRow.objects.filter(public_list=one)] == [1]
        assert due_for_row_expiry() == []
    with on(THIRD + timedelta(days=7)):
        one.refresh_from_db()
        assert not visible_rows(one).exists() and not visible_entries(one).exists()
        assert [o.pk for o in due_for_closing_rows()] == [one.pk]
        close_rows(one)
        assert case_in_row(one, 1).state == State.CLEARED and due_for_closing_rows() == []
        one.refresh_from_db()
        expire_names(one)
        assert not PublicRow.objects.exists() and digest_holds(PublicList.objects.get(pk=one.pk))


@pytest.mark.parametrize("setting, restarts", [("row", True), ("none", False)])
def test_the_setting_says_whether_days_restart(district, stage, setting, restarts, monkeypatch):
    from relief.publicity import next_edition

    class Value:
        text = setting

    given = next_edition.in_force
    monkeypatch.setattr(
        next_edition, "in_force", lambda name, day: Value if "restart" in name else given(name, day)
    )
    with on(THIRD):
        corrected(district, stage.list)
    assert (
        current_entries(PublicList.objects.get(pk=stage.list.pk)).get(row_number=1).ends_on is not None
    ) == restarts


def test_a_withheld_name_goes_at_once_from_every_edition(district, stage):
    with on(THIRD):
        case = case_in_row(stage.list, 1)
        withhold(case)
        case = cases.fresh(case)
        assert [entry.application_id for entry in outdated_rows(stage.list)] == [case.pk]
        approved(district, proposed(district, stage.list, [RowProposal("changed", case, "name-withheld")]))
        one = PublicList.objects.get(pk=stage.list.pk)
        assert visible_rows(one).get(row_number=1).row["name"] == "withheld-on-request"
        assert PublicRow.objects.filter(public_list=one, row_number=1).count() == 1
        assert current_entries(one).get(row_number=1).ends_on is None


def withhold(case: Application) -> None:
    from relief.trail.actor import Robot
    from relief.trail.record import record, set_if

    event = record("withhold-name", case, actor=Robot("test").actor(), area=case.area)
    set_if(case, case.version, {"name_withheld": True}, event)


def test_spelling_of_a_name(district, stage):
    with on(THIRD):
        case = spelt(district, case_in_row(stage.list, 1), "司马长风")
        assert [entry.row_number for entry in outdated_rows(stage.list)] == [1]
        approved(district, proposed(district, stage.list, [RowProposal("changed", case, "entered-wrongly")]))
        one = PublicList.objects.get(pk=stage.list.pk)
        assert visible_rows(one).get(row_number=1).row["name"] == "司**风"
        assert outdated_rows(one) == [] and current_entries(one).get(row_number=1).ends_on is None


def test_added_row_joins_with_its_own_days(district, stage):
    with on(THIRD):
        late = cases.reviewed(district, "10102")
        cases.matched(district)
        late = cases.fresh(late)
        approved(district, proposed(district, stage.list, [RowProposal("added", late, "left-out")]))
        one = PublicList.objects.get(pk=stage.list.pk)
        assert (one.entry_count, sorted(amounts(one))) == (4, [1, 2, 3, 4])
        assert cases.fresh(late).state == State.IN_PUBLICITY
        entry = current_entries(one).get(row_number=4)
        assert (entry.edition, entry.ends_on) == (2, THIRD + timedelta(days=6))
        assert one.names_until == entry.ends_on


def test_removed_row_leaves_digest_and_list(district, stage):
    with on(THIRD):
        case = case_in_row(stage.list, 2)
        approved(
            district, proposed(district, stage.list, [RowProposal("removed", case, "listed-by-mistake")])
        )
        one = PublicList.objects.get(pk=stage.list.pk)
        document = list_document(one)
        assert sorted(amounts(one)) == [1, 3] and one.entry_count == 2 and digest_holds(one)
        assert document["left"] == [] and len(document["commitments"]) == 2
        assert document["removed"] == [{"row": 2, "edition": 2, "reason": "listed-by-mistake"}]
        assert cases.fresh(case).state == State.REVIEWED
        retraction = Retraction.objects.get()
        assert (retraction.edition, retraction.reason) == (2, "listed-by-mistake")


def test_who_may_propose_and_approve(district, stage):
    """Four eyes: never the proposer; nobody of another street or of the community."""
    with on(THIRD):
        case = rectified(district, case_in_row(stage.list, 1))
        change = [RowProposal("changed", case, "entered-wrongly")]
        for role, area in ((Role.COMMUNITY_CLERK, "10101"), (Role.STREET_REVIEWER, "102")):
            with pytest.raises(NotAllowed):
                propose_correction(
                    stage.list,
                    by=district.officer(role, area),
                    version=stage.list.version,
                    changes=change,
                    **NOTES,
                )
        made = proposed(district, stage.list, change)
        with pytest.raises(NotAllowed):
            approve_correction(made, by=district.officer(Role.STREET_REVIEWER, "101"), version=made.version)
        with pytest.raises(Blocked):
            proposed(district, stage.list, change)
        rejected = reject_correction(
            made, by=district.officer(Role.STREET_PUBLISHER, "101"), version=made.version
        )
        with pytest.raises(WrongState):
            approved(district, rejected)
        assert PublicList.objects.get(pk=stage.list.pk).edition is None


def test_what_is_refused(district, stage):
    with on(THIRD):
        case, other = case_in_row(stage.list, 1), case_in_row(stage.list, 2)
        for changes, refusal in (
            ([], Invalid),
            ([RowProposal("changed", case, "left-out")], Invalid),
            ([RowProposal("changed", case, "entered-wrongly")], Blocked),
            ([RowProposal("added", other, "left-out")], Blocked),
            ([RowProposal("removed", other, "looked-into")] * 2, Invalid),
        ):
            with pytest.raises(refusal):
                proposed(district, stage.list, changes)
        remove = [RowProposal("removed", other, "looked-into")]
        with pytest.raises(Invalid):
            propose_correction(
                stage.list,
                by=district.officer(Role.STREET_REVIEWER, "101"),
                version=PublicList.objects.get(pk=stage.list.pk).version,
                changes=remove,
                note_zh="更正",
                note_en=" ",
            )
    with on(OVER), pytest.raises(WrongState):
        proposed(district, stage.list, remove)


def test_a_case_changed_after_the_proposal_is_stale(district, stage):
    with on(THIRD):
        case = rectified(district, case_in_row(stage.list, 1))
        made = proposed(district, stage.list, [RowProposal("changed", case, "entered-wrongly")])
        rectified(district, case, "640.00")
        with pytest.raises(Stale):
            approved(district, made)


def test_the_district_approves_only_what_the_public_saw(district, stage):
    """Rectified and not corrected before the list closed: approval is blocked, the case can be returned."""
    with on(THIRD):
        rectified(district, case_in_row(stage.list, 1))
    with on(OVER):
        cases.closed(district, stage.list)
        case = case_in_row(stage.list, 1)
        with pytest.raises(Blocked) as refused:
            approve(case, by=district.officer(Role.DISTRICT_APPROVER), version=case.version)
        assert [reason.code for reason in refused.value.reasons] == ["row-outdated"]
        other = case_in_row(stage.list, 2)
        approve(other, by=district.officer(Role.DISTRICT_APPROVER), version=other.version)


def test_a_late_expiry_is_told(stage):
    with clock.moved_to(clock.at(OVER, 3)):
        assert late_for_expiry() == []
    with clock.moved_to(clock.at(OVER, 9)):
        assert [one.pk for one in late_for_expiry()] == [stage.list.pk]


@pytest.mark.parametrize(
    ("note", "private"),
    [
        ("家庭人口登记有误，已于2026年3月5日更正。", False),
        ("有疑问请拨打 0400-000-0000。", False),
        ("请联系户主 13800001111。", True),
        ("户主 1 3 8 0 0 0 0 1 1 1 1", True),
        ("户主生于1961年4月5日。", True),
        ("地址应为安宁里3号楼201室。", True),
    ],
)
def test_a_note_that_tells_something_private_is_refused(note: str, private: bool) -> None:
    with clock.moved_to(clock.at(date(2026, 3, 6))):
        if private:
            with pytest.raises(Invalid) as refused:
                check_notes(note, "Corrected.")
            assert [reason.code for reason in refused.value.fields["note_zh"]] == ["private"]
        else:
            assert check_notes(note, "Corrected.") == (note, "Corrected.")
