"""The list as data: the canonical document, rows while names are shown, check of a printed code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from relief.ledger.codes import normalise_code
from relief.publicity.amounts import as_data
from relief.publicity.correction_models import Correction
from relief.publicity.digest import digest_of, head_document
from relief.publicity.editions import current_entries
from relief.publicity.models import ListKind, ListState, PublicList
from relief.publicity.older import replaced_by
from relief.publicity.queries import visible_rows
from relief.publicity.tally import PARTS, ResponseCounts, left_rows, removed_rows, response_counts
from relief.trail import clock

LIST_NUMBER = re.compile(r"[a-z]{2}-[0-9]{3,5}-[0-9]{4}-[0-9]{3,6}")


def list_document(public_list: PublicList) -> dict[str, Any]:
    """The JSON form: what the digest covers, then digest, titles, period, and rows with salts while shown.

    A row that left the list is named in `left`; its commitment stays, so the digest still verifies.
    """
    rows = list(document_rows(public_list))
    return {**document_without_rows(public_list, len(rows)), "rows": rows}


def document_rows(public_list: PublicList) -> Iterator[dict[str, Any]]:
    """The rows of the JSON form with their salts, one by one; none when the names' time is over."""
    rows = visible_rows(public_list).values_list("salt", "row")
    for salt, row in rows.iterator(chunk_size=500):
        yield {"salt": salt, "row": row}


def document_without_rows(
    public_list: PublicList, shown: int, counts: ResponseCounts | None = None
) -> dict[str, Any]:
    """All of the JSON form but its rows, of which `shown` are shown; `counts` saves asking for responses."""
    head = head_of(public_list)
    left = left_rows(public_list) if shown < public_list.entry_count else []
    return {
        **head,
        "digest": public_list.digest,
        "check_code": public_list.check_code,
        "state": public_list.state,
        "title": {"zh": public_list.title_zh, "en": public_list.title_en},
        "labels": public_list.labels,
        "published_at": _moment(public_list.published_at),
        "period": {
            "first_day": _iso(public_list.starts_on),
            "last_day": _iso(public_list.ends_on),
            "names_until": _iso(public_list.names_until),
        },
        "entries": public_list.entry_count,
        "persons": public_list.person_count,
        "amount_sum": as_data(public_list.amount_sum),
        "edition": public_list.edition or 1,
        "removed": [
            {"row": one.number, "edition": one.edition, "reason": one.reason}
            for one in removed_rows(public_list)
        ],
        "left": [{"row": one.number, "on": one.on.isoformat()} for one in left],
        **_responses(public_list, counts),
    }


def _responses(public_list: PublicList, counts: ResponseCounts | None) -> dict[str, Any]:
    """Counts of responses by kind; an announcement takes none. See `Shown.data` for how a count stands."""
    if public_list.kind != ListKind.PRE_APPROVAL:
        return {}
    counts = counts or response_counts(public_list)
    by_kind = {
        one.kind.value: {
            **{name: getattr(one, name).data for name in ("received", *PARTS)},
            "days_to_answer": one.days,
        }
        for one in counts.kinds
    }
    return {"responses": {"small_count": counts.small, "by_kind": by_kind}}


def head_of(public_list: PublicList) -> dict[str, Any]:
    """The part of the document that the digest is taken of, from the current edition's entries."""
    assert public_list.number is not None
    return head_document(
        number=public_list.number,
        kind=public_list.kind,
        area=public_list.area_id,
        revision=public_list.revision,
        columns=public_list.columns,
        commitments=list(current_entries(public_list).values_list("commitment", flat=True)),
    )


def digest_holds(public_list: PublicList) -> bool:
    """Whether the stored digest is the digest of the stored entries."""
    return digest_of(head_of(public_list)) == public_list.digest


@dataclass(frozen=True)
class Verdict:
    """Answer to a check: `match`, `corrected`, `withdrawn`, `mismatch` or `unknown`.

    A `corrected` copy is an earlier edition; `correction` is what replaced it.
    """

    answer: str
    public_list: PublicList | None = None
    correction: Correction | None = None


def verify(number: str, typed: str) -> Verdict:
    """Compare what stands on a poster or screen, a full digest or an 8-character code, with the list."""
    asked = number.strip().lower()
    if not LIST_NUMBER.fullmatch(asked):
        return Verdict("unknown")
    public_list = PublicList.objects.filter(number=asked).select_related("area").first()
    if public_list is None:
        return Verdict("unknown")
    text = "".join(typed.split()).lower()
    matches = text == public_list.digest or normalise_code(typed) == public_list.check_code
    correction = None if matches else replaced_by(public_list, typed)
    if not matches and correction is None:
        return Verdict("mismatch", public_list)
    if public_list.state == ListState.WITHDRAWN:
        return Verdict("withdrawn", public_list)
    return Verdict("corrected" if correction else "match", public_list, correction)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime | None) -> str | None:
    """In Shanghai's time: the day that the paper says, also at night."""
    return at.astimezone(clock.SHANGHAI).isoformat() if at else None
