"""The editions of a list for its desk page: corrections made and waiting, and what the officer may do."""

from collections.abc import Collection
from typing import Any

from portal.publicity.addresses import correction_path
from relief.officers.models import Appointment, ScopeKind
from relief.places.scope import contains
from relief.publicity.correctable import CORRECTED_BY, why_not_correctable
from relief.publicity.correction_models import CorrectionState
from relief.publicity.models import ListState, PublicList
from relief.publicity.queries import names_visible
from relief.publicity.read_names import READ_NAMES
from relief.publicity.withdraw_list import WITHDRAWN_BY, WithdrawalReason, why_not_withdrawn


def editions_context(one: PublicList, held: list[Appointment]) -> dict[str, Any]:
    """Nothing of a list that was never published; one query else."""
    if not one.number:
        return {}
    corrections = list(one.corrections.order_by("-pk"))
    waiting = next((row for row in corrections if row.state == CorrectionState.PROPOSED), None)
    corrects = why_not_correctable(one) is None and _holds(held, CORRECTED_BY[one.kind], one.area_id)
    reads = _holds(held, READ_NAMES, one.area_id) and not names_visible(one)
    return {
        "corrections": [
            (row, correction_path(one, row.edition))
            for row in corrections
            if row.state == CorrectionState.APPROVED
        ],
        "waiting_correction": waiting,
        "can_correct": corrects and waiting is None,
        "can_decide_correction": corrects and waiting is not None,
        "can_withdraw": why_not_withdrawn(one) is None and _holds(held, WITHDRAWN_BY, one.area_id),
        "can_read_names": reads,
        "withdrawal": WithdrawalReason(one.withdrawal_reason).label
        if one.state == ListState.WITHDRAWN and one.withdrawal_reason
        else "",
    }


def _holds(held: list[Appointment], roles: Collection[str], area: str) -> bool:
    return any(
        one.role in roles and one.scope_kind == ScopeKind.AREA and contains(one.scope_code, area)
        for one in held
    )
