"""No correction goes out unread: the gate looks at rows, names, title and notes (issue 5, items 7, 10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from relief.errors import Blocked, NotAllowed, Stale
from relief.officers.models import Officer, Role
from relief.publicity.correct import RowProposal, approve_correction, inspect_correction, reject_correction
from relief.publicity.correction_models import Correction
from relief.publicity.gate import inspect_list
from relief.publicity.gate_models import GateVerdict
from relief.publicity.models import PublicList
from relief.publicity.verdict import fingerprint
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from tests.factories import cases, stages
from tests.factories.corrections import case_in_row, proposed, rectified, spelt
from tests.factories.district import District
from tests.factories.gate import quickly
from tests.factories.stages import DAY, on

pytestmark = pytest.mark.django_db
THIRD = DAY + timedelta(days=2)
PHONE = "138 1234 5678"


@pytest.fixture
def district():
    return stages.ground()


@pytest.fixture
def running(district):
    return stages.running(district).list


def second(district: District) -> Officer:
    return district.officer(Role.STREET_PUBLISHER, "101")


def corrected_amount(district: District, public_list: PublicList) -> Correction:
    case = rectified(district, case_in_row(public_list, 1))
    return proposed(district, public_list, [RowProposal("changed", case, "entered-wrongly")])


def as_set_up_wrongly(subject: Any, **columns: Any) -> Any:
    """What no verb would write."""
    event = record("inspect-list", subject, actor=Robot("wrong set-up").actor(), area="101")
    return set_if(subject, subject.version, columns, event)


def in_a_note(district: District, running: PublicList) -> Correction:
    made = corrected_amount(district, running)
    return as_set_up_wrongly(made, note_zh=f"请拨打户主电话 {PHONE}。")


def in_the_other_note(district: District, running: PublicList) -> Correction:
    return as_set_up_wrongly(corrected_amount(district, running), note_en="Born on 5 March 1960.")


def in_a_title(district: District, running: PublicList) -> Correction:
    running.refresh_from_db()
    return corrected_amount(district, as_set_up_wrongly(running, title_zh=f"名单 {PHONE}"))


def in_a_name(district: District, running: PublicList) -> Correction:
    """A name printed in full by the setting, which is a number."""
    enter_standard(
        "disclosure.gs.names",
        kind=Kind.CHOICE,
        value="full",
        from_date=THIRD,
        clause=Clause.objects.get(key="local"),
    )
    late = spelt(district, cases.reviewed(district, "10102"), f"王{PHONE}")
    cases.matched(district)
    return proposed(district, running, [RowProposal("added", cases.fresh(late), "left-out")])


@pytest.mark.parametrize(
    ("plant", "place"),
    [
        (in_a_note, ["also", "zh"]),
        (in_the_other_note, ["also", "en"]),
        (in_a_title, ["title", "zh"]),
        (in_a_name, ["row", 4, "name"]),
    ],
)
def test_what_is_planted_stops_the_approval(
    district, running, plant: Callable[[District, PublicList], Correction], place
):
    with on(THIRD), quickly():
        made = plant(district, running)
        verdict = inspect_correction(made, by=second(district))
        assert place in [found["place"] for found in verdict.findings if found["form"] == "data"]
        assert PHONE not in str(verdict.findings)
        assert refusal(district, made) == "gate-found"
    assert PublicList.objects.get(pk=running.pk).edition is None


def refusal(district: District, made: Correction) -> str:
    with pytest.raises(Blocked) as refused:
        approve_correction(made, by=second(district), version=made.version)
    return refused.value.reasons[0].code


def test_without_a_verdict_nothing_is_approved(district, running):
    with on(THIRD):
        assert refusal(district, corrected_amount(district, running)) == "gate-not-passed"


def test_a_verdict_on_other_rows_or_notes_does_not_count(district, running):
    """On the list as it stands, on another proposal, on other words, on a name masked otherwise."""
    publisher = second(district)
    with on(THIRD), quickly():
        other = proposed(district, running, [RowProposal("removed", case_in_row(running, 2), "looked-into")])
        inspect_list(running, by=publisher)
        inspect_correction(other, by=publisher)
        reject_correction(other, by=publisher, version=other.version)
        made = corrected_amount(district, running)
        assert refusal(district, made) == "gate-not-passed"
        inspect_correction(made, by=publisher)
        changed = as_set_up_wrongly(made, note_zh="另一个说明。")
        assert refusal(district, changed) == "gate-not-passed"
        inspect_correction(changed, by=publisher)
        approve_correction(changed, by=publisher, version=changed.version)
    assert PublicList.objects.get(pk=running.pk).edition == 2


def test_all_real_forms_of_the_next_edition_pass_and_are_what_is_frozen(district, running):
    """The verdict is bound to the rows that the edition then shows, to the letter."""
    with on(THIRD):
        late = cases.reviewed(district, "10102")
        cases.matched(district)
        case = rectified(district, case_in_row(running, 1))
        made = proposed(
            district,
            running,
            [
                RowProposal("changed", case, "entered-wrongly"),
                RowProposal("removed", case_in_row(running, 2), "looked-into"),
                RowProposal("added", cases.fresh(late), "left-out"),
            ],
        )
        verdict = inspect_correction(made, by=second(district))
        assert (verdict.passed, verdict.findings) == (True, [])
        assert {told["form"] for told in verdict.forms} >= {"data", "page.zh", "poster.zh", "json.zh"}
        approve_correction(made, by=second(district), version=made.version)
        one = PublicList.objects.get(pk=running.pk)
        rows = list(one.public_rows.filter(current=True).order_by("row_number").values_list("row", flat=True))
        assert [row["row"] for row in rows] == [1, 3, 4]
        notes = {"zh": made.note_zh, "en": made.note_en}
        assert fingerprint(one, rows, notes) == verdict.fingerprint


def test_who_may_not_approve_has_nothing_inspected(district, running):
    """The proposer, and whose case was changed meanwhile: names are not opened for nothing."""
    with on(THIRD), quickly():
        made = corrected_amount(district, running)
        with pytest.raises(NotAllowed):
            inspect_correction(made, by=district.officer(Role.STREET_REVIEWER, "101"))
        rectified(district, case_in_row(running, 1), "498.00")
        with pytest.raises(Stale):
            inspect_correction(made, by=second(district))
    assert not GateVerdict.objects.filter(event_id__gt=made.rows.get().event_id).exists()
