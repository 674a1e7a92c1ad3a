"""What a character counts as: width, case, old and new form, and where it stood in the text as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from opencc import OpenCC

#: Chinese characters, the zero of written years among them
HAN = "〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_PLANES = (0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0)
_LATIN = range(0xC0, 0x250)

#: shown by nobody: soft hyphens, zero widths, marks of direction, halves of a pair
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")
_CHINESE = re.compile(f"[{HAN}]+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")


def clean(text: str, limit: int) -> str:
    """The text without what no reader sees; control characters become spaces. At most `limit` characters."""
    return _CONTROL.sub(" ", _UNSEEN.sub("", text[:limit]))


def holds_within(text: str, part: str) -> bool:
    """Whether wherever `text` stands `part` stands too: words of letters are found whole only."""
    return part in text and is_chinese(text)


def is_chinese(text: str) -> bool:
    """Whether there is nothing but Chinese characters."""
    return bool(_CHINESE.fullmatch(text))


def fold(text: str) -> str:
    """The text in one width, one case and simplified characters; Latin letters without accents."""
    return unicodedata.normalize("NFKC", text).lower().translate(_table())


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the place in `text` that it came from."""
    whole = fold(text)
    if len(whole) == len(text):
        return whole, range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        folded = fold(letter)
        letters.append(folded)
        places.extend([place] * len(folded))
    return "".join(letters), places


@cache
def _table() -> dict[int, str]:
    """Traditional → simplified one character at a time, so that index and query can't differ; accents off."""
    signs = [chr(code) for first, end in _PLANES for code in range(first, end)]
    simple = OpenCC("t2s").convert("\n".join(signs)).split("\n")
    table = {ord(old): new for old, new in zip(signs, simple, strict=True) if old != new and len(new) == 1}
    for code in _LATIN:
        base = unicodedata.normalize("NFKD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    return table
