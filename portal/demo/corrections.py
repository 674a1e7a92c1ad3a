"""A list corrected in the demo: a slip mended in the case, then shown by two persons (更正)."""

from __future__ import annotations

from decimal import Decimal

from portal.demo.case import Case
from portal.demo.play import Script
from portal.demo.wording_responses import ELSE, MISTAKEN, RECTIFIED, SPELT_ANEW
from relief.decisions.rectify import rectify
from relief.households.correct_name import correct_name
from relief.officers.models import Role
from relief.publicity.correct import (
    RowProposal,
    approve_correction,
    inspect_correction,
    propose_correction,
)
from relief.publicity.correctable import CorrectionReason
from relief.publicity.correction_models import Correction, RowChange
from relief.publicity.models import PublicList, Response
from relief.publicity.row_of import entry_on

#: yuan per month by which an amount was entered too low
TOO_LOW = Decimal(60)


def mend_amount(case: Case) -> None:
    """The street's reviewer sets the amount right in the case."""
    now = case.case
    assert now.proposed_amount is not None
    case.do(
        rectify,
        case.reviewer,
        persons=now.proposed_persons,
        amount=now.proposed_amount + TOO_LOW,
        top_up=now.proposed_top_up or Decimal(0),
        words=RECTIFIED,
    )


def mend_name(case: Case) -> None:
    """The community's clerk writes the name as the ID card has it."""
    now, (name, _phone) = case.case, case.stage.applicants[case.number]
    right = name[:-1] + MISTAKEN.get(name[-1], ELSE)
    person = now.applicant
    correct_name(
        person,
        by=case.clerk,
        version=person.version,
        household=now.household,
        name=right,
        words=SPELT_ANEW,
    )


def correct_row(
    case: Case, public_list: PublicList, response: Response, reason: CorrectionReason, note: tuple[str, str]
) -> Script:
    """The reviewer proposes that the case's row is read anew; the publisher has it checked and approves."""
    reviewers = case.stage.district.all_in(Role.STREET_REVIEWER, case.plan.street)
    publisher = case.stage.district.all_in(Role.STREET_PUBLISHER, case.plan.street)[-1]
    yield case.diary.later(minutes=case.pace)
    entry = entry_on(public_list, case.case)
    assert entry is not None
    public_list.refresh_from_db()
    note_zh, note_en = (words.format(row=entry.row_number) for words in note)
    proposed = propose_correction(
        public_list,
        by=reviewers[0],
        version=public_list.version,
        changes=[RowProposal(RowChange.CHANGED, case.case, reason, response)],
        note_zh=note_zh,
        note_en=note_en,
    )
    yield case.diary.later(minutes=case.pace)
    inspect_correction(proposed, by=publisher)
    proposed = Correction.objects.get(pk=proposed.pk)
    approve_correction(proposed, by=publisher, version=proposed.version)
