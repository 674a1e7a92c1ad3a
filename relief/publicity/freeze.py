"""Freeze cases into the entries of a numbered list: for publish (批前公示) and announce (批后公告) alike."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from relief.applications.models import Application
from relief.confidential.vault import open_many, subject_of, vaults_of
from relief.households.id_number import age_on
from relief.households.models import Household
from relief.households.queries import ADULT
from relief.ledger.series import next_number
from relief.publicity.amounts import sum_of
from relief.publicity.digest import SALT_BYTES, commitment, digest_of, head_document
from relief.publicity.disclose import Facts, columns_for, public_row
from relief.publicity.first_shown import first_shown
from relief.publicity.models import Entry, ListKind, PublicList, PublicRow
from relief.publicity.verdict import bind, require_passed
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.actor import Acting
from relief.trail.models import Event

ZERO = Decimal(0)


@dataclass(frozen=True)
class Place:
    """Whose row it is: the household that can prove it, the case or award behind it, its earlier entry."""

    household: Household
    row_code: str
    application_id: int | None = None
    award_id: int | None = None
    pre_approval: Entry | None = None


@dataclass(frozen=True)
class Frozen:
    """What freezing gives the list: number for ever, digest over its entries, metadata as `columns`."""

    number: str
    digest: str
    entries: list[Entry]
    columns: dict[str, Any]


def list_number(kind: str, area: str, year: int) -> str:
    """The next number of a kind, street and year: `gs-101-2026-003`."""
    return f"{kind}-{area}-{year}-{next_number(f'list:{kind}:{area}:{year}'):03d}"


def facts_of(cases: Sequence[Application], kind: str, *, by: Acting) -> list[Facts]:
    """What disclosure may pick from, in the order of `cases`; opening names is logged once for the list."""
    values = {}
    for case in cases:
        values[f"{case.pk}.name"] = ("person.name", case.applicant.name)
        values[f"{case.pk}.birth"] = ("person.birth-date", case.applicant.birth_date)
    texts = open_many(values, by=by, purpose=f"disclose-{kind}")
    decided = kind == ListKind.ANNOUNCEMENT
    today, earlier = clock.today(), first_shown([case.pk for case in cases])
    first = {pk: shown.day for pk, shown in earlier.items()}
    return [
        Facts(
            row_code=case.row_code,
            name=texts[f"{case.pk}.name"],
            minor=is_minor(texts[f"{case.pk}.birth"], first.get(case.pk, today)),
            kept_masked=case.pk in earlier and earlier[case.pk].masked,
            community=case.community_id,
            persons=(case.decided_persons if decided else case.proposed_persons) or case.persons,
            income_per_head=case.income_per_head or ZERO,
            amount=(case.decided_amount if decided else case.proposed_amount) or ZERO,
            top_up=(case.decided_top_up if decided else case.proposed_top_up) or ZERO,
            withheld=bool(case.name_withheld),
        )
        for case in cases
    ]


def public_rows(
    cases: Sequence[Application], public_list: PublicList, *, by: Acting
) -> list[dict[str, int | str]]:
    """The rows as the public will see them: the list builder's preview and the frozen list are the same."""
    masking = in_force(f"disclosure.{public_list.kind}.names", clock.today()).text
    columns = columns_for(public_list.columns)
    facts = facts_of(cases, public_list.kind, by=by)
    return [public_row(number, fact, columns, masking) for number, fact in enumerate(facts, start=1)]


def freeze(
    public_list: PublicList,
    cases: Sequence[Application],
    *,
    by: Acting,
    event: Event,
    pre_approval: Mapping[int, Entry] | None = None,
) -> Frozen:
    """Write Entry and PublicRow for each case and compute the digest; the caller sets the list.

    Raises Blocked unless the gate has passed exactly these rows.
    """
    rows = public_rows(cases, public_list, by=by)
    bind(require_passed(public_list, rows), public_list, event)
    earlier = pre_approval or {}
    places = [Place(case.household, case.row_code, case.pk, None, earlier.get(case.pk)) for case in cases]
    frozen = freeze_rows(public_list, places, rows, event=event)
    frozen.columns["kin_count"] = sum(case.kin_registered for case in cases)
    return frozen


def freeze_rows(
    public_list: PublicList, places: Sequence[Place], rows: Sequence[dict[str, int | str]], *, event: Event
) -> Frozen:
    """Write Entry and PublicRow for each place and row and compute the digest; the caller sets the list.

    A list of fewer households than the setting asks has commitments and no public row: counts only.
    """
    number = list_number(public_list.kind, public_list.area_id, clock.today().year)
    entries = []
    shown = []
    vaults = vaults_of([place.household for place in places])
    for place, row in zip(places, rows, strict=True):
        salt = os.urandom(SALT_BYTES)
        sealed = json.dumps({"salt": salt.hex(), "row": row}, ensure_ascii=False)
        entry = Entry(
            public_list=public_list,
            row_number=row["row"],
            application_id=place.application_id,
            award_id=place.award_id,
            row_code=place.row_code,
            commitment=commitment(salt, row),
            sealed_row=vaults[subject_of(place.household)].seal("entry.row", sealed),
            pre_approval=place.pre_approval,
            event_id=event.pk,
        )
        entries.append(entry)
        shown.append(
            PublicRow(entry=entry, public_list=public_list, row_number=row["row"], salt=salt.hex(), row=row)
        )
    Entry.objects.bulk_create(entries, batch_size=500)
    for row_, entry in zip(shown, entries, strict=True):
        row_.entry = entry  # its key is known only now
    counts_only = shows_counts_only(public_list.kind, len(rows))
    if not counts_only:
        PublicRow.objects.bulk_create(shown, batch_size=500)
    frozen = _frozen(public_list, number, entries)
    frozen.columns["counts_only"] = counts_only
    frozen.columns["amount_sum"] = sum_of(public_list, rows, counts_only=counts_only)
    return frozen


def shows_counts_only(kind: str, households: int) -> bool:
    """Whether a list is too small to show rows today: fewer households than `disclosure.<kind>.least`."""
    return households < in_force(f"disclosure.{kind}.least", clock.today()).number


def _frozen(public_list: PublicList, number: str, entries: list[Entry]) -> Frozen:
    document = head_document(
        number=number,
        kind=public_list.kind,
        area=public_list.area_id,
        revision=public_list.revision,
        columns=public_list.columns,
        commitments=[entry.commitment for entry in entries],
    )
    digest = digest_of(document)
    columns = {
        "number": number,
        "digest": digest,
        "index_number": f"MZ-{number.upper()}",
        "document_number": document_number(public_list, number),
        "published_at": clock.now(),
    }
    return Frozen(number, digest, entries, columns)


def document_number(public_list: PublicList, number: str) -> str:
    """发文字号: the issuing street's short word, the year and the list's number of that year."""
    _kind, _area, year, sequence = number.split("-")
    word = {"gs": "公示", "gg": "公告", "bg": "变更公告", "cs": "长期公示"}[public_list.kind]
    return f"{public_list.area.name_zh[:2]}救助{word}〔{year}〕{int(sequence)}号"


def is_minor(birth: str, day: date) -> bool:
    """Whether the name is withheld by law: a person without a date of birth counts as a minor."""
    try:
        return age_on(date.fromisoformat(birth), day) < ADULT
    except ValueError:
        return True
