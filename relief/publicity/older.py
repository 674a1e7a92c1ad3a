"""Earlier editions of a list (更正前的版本): a copy that was right once is told from one that never was."""

from __future__ import annotations

from relief.ledger.codes import check_code, normalise_code
from relief.publicity.correction_models import Correction, CorrectionState
from relief.publicity.models import PublicList


def replaced_by(public_list: PublicList, typed: str) -> Correction | None:
    """The correction that replaced the edition with this digest or check code; None when there was none."""
    if not public_list.edition:
        return None
    text, code = "".join(typed.split()).lower(), normalise_code(typed)
    done = Correction.objects.filter(public_list=public_list, state=CorrectionState.APPROVED)
    for correction in done.exclude(digest_before="").order_by("edition"):
        if text == correction.digest_before or (code and code == check_code(correction.digest_before)):
            return correction
    return None
