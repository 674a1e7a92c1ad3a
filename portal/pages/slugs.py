"""The last part of a page's address, made from its title: pinyin by syllable, in ASCII."""

from __future__ import annotations

import re
import unicodedata
import uuid

from portal.publishing.addresses import shortened
from relief.trail import clock

WORD = re.compile(r"[a-z0-9]+")
#: marks where a title may break: they are no part of a word
SOFT = str.maketrans("", "", "\u00ad\u200b\u2060")


def slug_of(title: str) -> str:
    """`guan-yu-di-bao` for 关于低保, at most 60 characters; a dated one for a title of signs alone."""
    from pypinyin import lazy_pinyin  # its dictionary takes half a second, which only editors wait for

    plain = unicodedata.normalize("NFKD", " ".join(lazy_pinyin(title.translate(SOFT)))).lower()
    words = WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
    return shortened("-".join(words)) or f"{clock.today():%Y%m%d}-{uuid.uuid4().hex[:4]}"
