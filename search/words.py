"""Words of a query: only here Chinese is cut by a dictionary; the index never depends on one."""

from __future__ import annotations

from functools import lru_cache

import rjieba

#: what people type around the thing they look for; left out unless nothing else is there
_ASIDE_ZH = """的 了 吗 呢 啊 吧 和 与 及 或 在 是 有 我 要 想 请 请问 怎么 怎样 怎么办 如何 什么 哪些 哪里
哪儿 多少 几 为什么 关于 对于 是否 能否 可以 需要 一下 有没有 是什么 第"""
_ASIDE_EN = """the a an of for to in on at and or is are how do does i my what where which with by from can"""
ASIDE = frozenset([*_ASIDE_ZH.split(), *_ASIDE_EN.split()])


#: what makes a name of a place out of the word before it
_PLACES = frozenset(["街道", "镇", "乡", "村", "社区", "区", "县", "市", "居委会", "街道办", "办事处"])


@lru_cache(maxsize=4096)
def cut(han: str) -> tuple[str, ...]:
    """A run of Chinese characters as words; single ones are glued to a neighbour, for names fall apart.

    So is what makes a place: 和平街道 is one.
    """
    found: list[str] = []
    open_end = False
    for word in rjieba.cut(han):
        if word in ASIDE and not (len(word) == 1 and open_end and len(found[-1]) == 1):
            open_end = False  # but 中和 may be a name
        elif open_end and (len(word) == 1 or len(found[-1]) == 1 or word in _PLACES):
            found[-1] += word
        else:
            found.append(word)
            open_end = True
    return tuple(found)


def begins_word(han: str) -> bool:
    """Whether the first character belongs to a longer word: 年度, but not the 年 of 2026年批前公示."""
    first = next(iter(rjieba.cut(han)), "")
    return len(first) > 1 and bool(rjieba.has_word(first))


def english_forms(word: str) -> tuple[str, ...]:
    """An English word and its plural or singular: standards, standard; policies, policy."""
    forms = [word]
    if len(word) > 3 and word.isascii():
        if word.endswith("ies"):
            forms.append(word[:-3] + "y")
        elif word.endswith("s") and not word.endswith("ss"):
            forms.append(word[:-1])
        elif word.endswith("y"):
            forms.append(word[:-1] + "ies")
        else:
            forms.append(word + "s")
    return tuple(forms)
