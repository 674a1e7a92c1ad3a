"""Freeze cases into the entries of a numbered list: for publish (批前公示) and announce (批后公告) alike."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relief.applications.models import Application
from relief.confidential.vault import open_many, subject_of, vaults_of
from relief.households.id_number import age_on
from relief.households.queries import ADULT
from relief.ledger.series import next_number
from relief.publicity.digest import SALT_BYTES, commitment, digest_of, head_document
from relief.publicity.disclose import Facts, columns_for, public_row
from relief.publicity.models import Entry, ListKind, PublicList, PublicRow
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.actor import Acting
from relief.trail.models import Event

ZERO = Decimal(0)


@dataclass(frozen=True)
class Frozen:
    """What freezing gives the list: its number for ever, and the digest over its entries."""

    number: str
    digest: str
    entries: list[Entry]


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
    return [
        Facts(
            row_code=case.row_code,
            name=texts[f"{case.pk}.name"],
            minor=_is_minor(texts[f"{case.pk}.birth"], clock.today()),
            community=case.community_id,
            persons=(case.decided_persons if decided else case.proposed_persons) or case.persons,
            income_per_head=case.income_per_head or ZERO,
            amount=(case.decided_amount if decided else case.proposed_amount) or ZERO,
            top_up=(case.decided_top_up if decided else case.proposed_top_up) or ZERO,
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
    """Write Entry and PublicRow for each case and compute the digest; the caller sets the list."""
    number = list_number(public_list.kind, public_list.area_id, clock.today().year)
    rows = public_rows(cases, public_list, by=by)
    vaults = vaults_of([case.household for case in cases])
    salts = [os.urandom(SALT_BYTES) for _row in rows]
    entries = [
        Entry(
            public_list=public_list,
            row_number=row["row"],
            application_id=case.pk,
            row_code=case.row_code,
            commitment=commitment(salt, row),
            sealed_row=vaults[subject_of(case.household)].seal(
                "entry.row", json.dumps({"salt": salt.hex(), "row": row}, ensure_ascii=False)
            ),
            pre_approval=(pre_approval or {}).get(case.pk),
            event_id=event.pk,
        )
        for case, row, salt in zip(cases, rows, salts, strict=True)
    ]
    Entry.objects.bulk_create(entries, batch_size=500)
    PublicRow.objects.bulk_create(
        [
            PublicRow(
                entry=entry, public_list=public_list, row_number=entry.row_number, salt=salt.hex(), row=row
            )
            for entry, row, salt in zip(entries, rows, salts, strict=True)
        ],
        batch_size=500,
    )
    document = head_document(
        number=number,
        kind=public_list.kind,
        area=public_list.area_id,
        revision=public_list.revision,
        columns=public_list.columns,
        commitments=[entry.commitment for entry in entries],
    )
    return Frozen(number, digest_of(document), entries)


def _is_minor(birth: str, day: date) -> bool:
    """A person without a date of birth counts as a minor: the careful side."""
    try:
        return age_on(date.fromisoformat(birth), day) < ADULT
    except ValueError:
        return True
