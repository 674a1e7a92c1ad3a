"""The digest of a list and the commitments of its rows (pure): schema `list/1`.

commitment = SHA-256(16-byte salt ‖ canonical row); digest = SHA-256 of canonical JSON {schema, number, kind,
area, revision, columns, commitments}. Period, titles and addresses stay outside. When names are deleted the
commitments stay, so the digest still verifies. Test vectors: tests/relief/publicity/vectors.json.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from relief.ledger.canonical import canonical, sha256_hex

SCHEMA = "list/1"
SALT_BYTES = 16


def commitment(salt: bytes, row: Mapping[str, Any]) -> str:
    """Hexadecimal commitment to one public row."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    return hashlib.sha256(salt + canonical(dict(row))).hexdigest()


def head_document(
    *, number: str, kind: str, area: str, revision: int, columns: Sequence[str], commitments: Sequence[str]
) -> dict[str, Any]:
    """What the digest is taken of."""
    return {
        "schema": SCHEMA,
        "number": number,
        "kind": kind,
        "area": area,
        "revision": revision,
        "columns": list(columns),
        "commitments": list(commitments),
    }


def digest_of(document: Mapping[str, Any]) -> str:
    """Hexadecimal SHA-256 of the canonical document."""
    return sha256_hex(canonical(dict(document)))
