"""Blind indexes: find a person by ID number, ID tail, whole name, phone or account without storing them."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from relief.confidential.master import index_key
from relief.confidential.models import BlindIndex

VERSION = 1
PURPOSES = ("id-number", "id-tail", "name", "phone", "account", "respondent", "query-code", "row-code")
#: registers of other offices index the same value as the register of persons, so that both can be joined:
#: the dead (死亡信息) and the relatives of staff (近亲属登记)
JOINED = {"death-id": "id-number", "kin-id": "id-number"}


def blind(purpose: str, text: str) -> bytes:
    """Keyed hash of `text`; the purpose is part of it, so a phone never equals an account."""
    purpose = JOINED.get(purpose, purpose)
    if purpose not in PURPOSES:
        raise ValueError(f"no blind index for {purpose}")
    return hmac.digest(index_key(), bytes([VERSION]) + purpose.encode() + b"\0" + text.encode(), "sha256")


def index_rows(subject: str, texts: dict[str, str | None]) -> list[BlindIndex]:
    """Index rows for a subject's texts by purpose; empty texts make none. Not yet written."""
    return [
        BlindIndex(subject=subject, purpose=purpose, version=VERSION, value=blind(purpose, text))
        for purpose, text in texts.items()
        if text
    ]


def subjects_with(purpose: str, texts: Iterable[str]) -> dict[str, list[str]]:
    """For each text the subjects that have it: `{text: [person:<uuid>, …]}`."""
    by_value = {blind(purpose, text): text for text in texts}
    values = list(by_value)
    found: dict[str, list[str]] = {}
    for start in range(0, len(values), 500):
        rows = BlindIndex.objects.filter(purpose=purpose, value__in=values[start : start + 500])
        for value, subject in rows.values_list("value", "subject"):
            found.setdefault(by_value[bytes(value)], []).append(subject)
    return found


def subjects_joined(purpose: str) -> list[tuple[str, str]]:
    """Persons who stand in another register too: `(person:<uuid>, deathrecord:<uuid>)`; two queries.

    `purpose` is one of `JOINED`. No sealed column is opened: equal numbers have equal values.
    """
    persons = BlindIndex.objects.filter(purpose=JOINED[purpose], version=VERSION)
    others = BlindIndex.objects.filter(purpose=purpose, version=VERSION)
    same = OuterRef("value")
    known = persons.filter(Exists(others.filter(value=same))).values_list("value", "subject")
    subject_of = {bytes(value): subject for value, subject in known}
    found = others.filter(Exists(persons.filter(value=same))).order_by("pk").values_list("value", "subject")
    return [(subject_of[bytes(value)], subject) for value, subject in found if bytes(value) in subject_of]
