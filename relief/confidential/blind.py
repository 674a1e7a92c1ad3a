"""Blind indexes: find a person by ID number, ID tail, whole name, phone or account without storing them."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from relief.confidential.master import index_key
from relief.confidential.models import BlindIndex

VERSION = 1
PURPOSES = ("id-number", "id-tail", "name", "phone", "account", "respondent")


def blind(purpose: str, text: str) -> bytes:
    """Keyed hash of `text`; the purpose is part of it, so a phone never equals an account."""
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
