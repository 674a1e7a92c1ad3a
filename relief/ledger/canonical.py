"""Canonical JSON: one value, one byte string, so that anyone can recompute a digest.

UTF-8, NFC, keys sorted and ASCII, no spaces; only objects, lists, strings, integers, booleans and null.
Money is a string with two decimals (`"1326.00"`), a date an ISO string.
Vectors: `tests/relief/ledger/vectors.json`.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any


def canonical(value: Any) -> bytes:
    """The canonical bytes of `value`.

    Raises TypeError for floats and foreign types, ValueError for keys that are not ASCII.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str) or not key.isascii():
                raise ValueError(f"canonical keys are ASCII strings, not {key!r}")
        return {key: _plain(item) for key, item in value.items()}
    raise TypeError(f"no canonical form for {type(value).__name__}")
