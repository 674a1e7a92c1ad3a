"""Short codes that people read aloud and type: 40 bits in 32 symbols, written XXXX-XXXX (核对码, 行码)."""

from __future__ import annotations

import secrets

#: 2–9 and capitals without I and O: none is mistaken for another, none makes a spreadsheet see a number
SYMBOLS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def check_code(digest: str) -> str:
    """The first 40 bits of a hexadecimal digest as `XXXX-XXXX`."""
    return _spell(int(digest[:10], 16))


def random_code() -> str:
    """A fresh row or query code."""
    return _spell(secrets.randbits(40))


def normalise_code(typed: str) -> str:
    """What a person typed, as it would be printed; empty when it can't be a code."""
    text = "".join(typed.upper().split()).replace("-", "").replace("－", "")
    if len(text) != 8 or any(symbol not in SYMBOLS for symbol in text):
        return ""
    return f"{text[:4]}-{text[4:]}"


def _spell(number: int) -> str:
    text = "".join(SYMBOLS[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"{text[:4]}-{text[4:]}"
