"""The ways in which one text can be read (pure): half-width, without hidden signs, Chinese digits, decoded.

Whoever looks for a private value must find it however it was written.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

#: how deep one encoding may lie within another
DEPTH = 3
#: digits and how many characters stand for each, in order
CHINESE = dict(
    zip("〇零○一壹二贰貳三叁參四肆五伍六陆陸七柒八捌九玖", "000112223334455666778899", strict=True)
)
TEN = "十拾"
IN_CHINESE = re.compile(f"[{''.join(CHINESE)}{TEN}]+")
ENCODED = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
#: digits as hexadecimal ASCII, as an address or a PDF may hold them
HEXADECIMAL = re.compile(
    r"(?<![0-9A-Fa-f])(?:3[0-9]|[2][0-9]|[46][0-9A-Fa-f]|[57][0-9Aa]){8,}(?![0-9A-Fa-f])"
)
#: what separates the digits of a number written in groups
WITHIN = re.compile(r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\ufe00-\ufe0f\uffa0]")


def readings(text: str, depth: int = 0) -> Iterator[str]:
    """The text as its reader may take it: plain first, then with Chinese digits, then what it encodes."""
    plain = tidy(text)
    yield plain
    if IN_CHINESE.search(plain):
        yield IN_CHINESE.sub(lambda found: _number(found[0]), plain)
    if depth < DEPTH:
        for inner in _decoded(plain):
            yield from readings(inner, depth + 1)


def tidy(text: str) -> str:
    """Entities and percent signs resolved, half-width, every script's digits as ASCII, nothing invisible."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "%" in text:
        text = unquote(text)
    if text.isascii():
        return text
    text = WITHIN.sub("", unicodedata.normalize("NFKC", text))
    return "".join(_sign(sign) for sign in text)


def _sign(sign: str) -> str:
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    return "" if category == "Cf" else sign


def _number(digits: str) -> str:
    """一三八 → 138, 二〇一 → 201, 十五 → 15, 二十 → 20, 三十一 → 31."""
    ten = next((sign for sign in digits if sign in TEN), "")
    if not ten:
        return "".join(CHINESE[sign] for sign in digits)
    before, after = digits.split(ten, 1)
    if len(before) > 1 or len(after) > 1 or any(sign in TEN for sign in after):
        return "".join(CHINESE.get(sign, "10") for sign in digits)
    return f"{CHINESE.get(before, '1')}{CHINESE.get(after, '0')}"


def _decoded(text: str) -> Iterator[str]:
    for found in ENCODED.finditer(text):
        yield from _readable(_from_base64(found[0]))
    for found in HEXADECIMAL.finditer(text):
        if len(found[0]) % 2 == 0:
            yield from _readable(bytes.fromhex(found[0]))


def _from_base64(run: str) -> bytes:
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4))
    except (binascii.Error, ValueError):
        return b""


def _readable(data: bytes) -> Iterator[str]:
    """What was encoded, if it is text: UTF-8, UTF-16 or GB 18030."""
    codecs = ("utf-16-le", "utf-16-be") if b"\x00" in data else ("utf-8", "gb18030")
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        text = text.lstrip("\ufeff")
        if text and all(sign.isprintable() or sign in "\r\n\t" for sign in text):
            yield text
            return
