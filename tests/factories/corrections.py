"""Running lists with a mistake in them, and corrections of it, through the verbs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from relief.applications.models import Application
from relief.decisions.rectify import rectify
from relief.households.correct_name import correct_name
from relief.officers.models import Role
from relief.publicity.correct import RowProposal, propose_correction
from relief.publicity.correction_models import Correction
from relief.publicity.editions import current_entries
from relief.publicity.models import PublicList
from tests.factories import cases
from tests.factories.district import District
from tests.factories.gate import inspect_and_approve

NOTES = {"note_zh": "第1行金额录入有误，现予更正。", "note_en": "The amount in row 1 was entered wrongly."}


def case_in_row(public_list: PublicList, row: int) -> Application:
    entry = current_entries(public_list).get(row_number=row)
    return cases.fresh(Application.objects.get(pk=entry.application_id))


def rectified(district: District, case: Application, amount: str = "512.00") -> Application:
    """The street's reviewer sets another amount, with the reason."""
    return rectify(
        case,
        by=district.officer(Role.STREET_REVIEWER, "101"),
        version=case.version,
        persons=case.proposed_persons or 1,
        amount=Decimal(amount),
        top_up=Decimal("0.00"),
        words="录入时看错一行，金额有误。",
    )


def spelt(district: District, case: Application, name: str) -> Application:
    correct_name(
        case.applicant,
        by=district.officer(Role.COMMUNITY_CLERK, case.area),
        version=case.applicant.version,
        household=case.household,
        name=name,
        words="与身份证核对，姓名有误。",
    )
    return cases.fresh(case)


def proposed(district: District, public_list: PublicList, changes: Sequence[RowProposal]) -> Correction:
    public_list.refresh_from_db()
    by = district.officer(Role.STREET_REVIEWER, "101")
    return propose_correction(public_list, by=by, version=public_list.version, changes=changes, **NOTES)


def approved(district: District, correction: Correction) -> Correction:
    by = district.officer(Role.STREET_PUBLISHER, "101")
    return inspect_and_approve(correction, by=by)


def corrected(district: District, public_list: PublicList, row: int = 1) -> Correction:
    """The amount in a row was wrong: rectified in the case, then corrected on the list by two persons."""
    case = rectified(district, case_in_row(public_list, row))
    return approved(
        district, proposed(district, public_list, [RowProposal("changed", case, "entered-wrongly")])
    )
