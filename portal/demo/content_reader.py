"""Reads the demo's content files: one page a file, in Chinese and, where readers expect it, in English.

`portal/demo/content/<kind>/NN-<slug>.toml`. Whatever is wrong is told with file and key, before any page.
Days are dates or `"today-12"`, `"today+5"`: notices of a demo must not grow old.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from portal.demo.content_blocks import Block, WrongBlock, html_of, read_block

FOLDER = Path(__file__).parent / "content"
LANGUAGES = ("zh", "en")
#: longest values of the columns that hold them
LONGEST = {"title": 120, "summary": 200}
NAME = re.compile(r"\d\d-([a-z0-9-]+)\Z|(\d{4})\Z")
DAY = re.compile(r"today([+-]\d+)?\Z")


class WrongContent(ValueError):
    """A content file that can't be used; the text names file and key."""


@dataclass(frozen=True)
class Day:
    """A date, or days from today."""

    fixed: date | None = None
    offset: int = 0

    def on(self, today: date) -> date:
        return self.fixed or today + timedelta(days=self.offset)


@dataclass(frozen=True)
class Words:
    """A page in one language: title, summary, blocks, and what its kind has besides."""

    title: str
    summary: str
    body: tuple[Block, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """One page as it stands in its file. `facts` don't depend on the language."""

    kind: str
    slug: str
    small: bool
    facts: Mapping[str, Any]
    zh: Words
    en: Words | None

    @property
    def name(self) -> str:
        """By which links and other files refer to it."""
        return f"{self.kind}/{self.slug}"

    @property
    def versions(self) -> dict[str, Words]:
        return {"zh": self.zh} if self.en is None else {"zh": self.zh, "en": self.en}


Check = Callable[[Any], Any]


def _string(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongBlock("is no text")
    return value


def _html(value: Any) -> str:
    return html_of(_string(value))


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongBlock("is no whole number")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise WrongBlock("is neither true nor false")
    return value


def _day(value: Any) -> Day:
    if isinstance(value, date):
        return Day(fixed=value)
    found = DAY.match(_string(value))
    if not found:
        raise WrongBlock(f"{value!r} is neither a date nor today-N")
    return Day(offset=int(found[1] or 0))


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(_string(one) for one in value)


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    for pair in value:
        if len(pair) != 2:
            raise WrongBlock(f"{pair!r} is no pair")
    return tuple((_string(first), _string(second)) for first, second in value)


def _document(value: Any) -> tuple[str, int]:
    series, number = value
    return _string(series), _whole(number)


def _counts(value: Any) -> dict[str, int]:
    return {_string(cell): _whole(count) for cell, count in value.items()}


def _body(value: Any) -> tuple[Block, ...]:
    return tuple(read_block(raw) for raw in value)


def _steps(value: Any) -> tuple[dict[str, str], ...]:
    for step in value:
        if set(step) != {"title", "who", "days", "text"}:
            raise WrongBlock(f"{step!r} needs title, who, days and text")
    return tuple({**step, "text": html_of(step["text"])} for step in value)


def _withdrawn(value: Any) -> dict[str, Any]:
    if set(value) != {"kind", "date", "replaced_by", "reason_zh", "reason_en"}:
        raise WrongBlock("needs kind, date, replaced_by, reason_zh and reason_en")
    if value["kind"] not in ("superseded", "removed"):
        raise WrongBlock(f"kind {value['kind']!r} is neither superseded nor removed")
    return {**value, "date": _day(value["date"])}


FACTS: dict[str, Check] = {
    "small": _flag,
    "needs_area": _string,
    "document": _document,
    "signed": _day,
    "in_force": _day,
    "deadline": _day,
    "topic": _string,
    "amends": _strings,
    "repeals": _strings,
    "withdrawn": _withdrawn,
    "interprets": _strings,
    "catalogue": _whole,
    "number": _string,
    "standards": _strings,
    "rules": _strings,
    "forms": _strings,
    "year": _whole,
    "proactive": _counts,
    "requests": _counts,
    "disputes": _counts,
    "order": _whole,
}
WORDS: dict[str, Check] = {
    "body": _body,
    "papers": _pairs,
    "places": _pairs,
    "faq": _pairs,
    "steps": _steps,
    "basis": _strings,
    **dict.fromkeys(("who", "how_much", "from_when", "position", "reception"), _string),
    **dict.fromkeys(("decides", "limit", "cost", "clock_from", "clock_until", "silence"), _string),
    **dict.fromkeys(("hours", "phone"), _string),
    **dict.fromkeys(("remedy", "duties", "biography"), _html),
    **dict.fromkeys(
        ("overview", "proactive_text", "requests_text", "disputes_text", "problems", "other_matters"), _html
    ),
}


@dataclass(frozen=True)
class Kind:
    """What a file of a kind must say, and may say, besides `small`, `needs_area`, title and summary."""

    facts: frozenset[str]
    words: frozenset[str]
    may: frozenset[str] = frozenset()


def _kind(facts: str, words: str, may: str = "") -> Kind:
    return Kind(frozenset(facts.split()), frozenset(words.split()), frozenset(may.split()))


KINDS = {
    "policies": _kind("document signed in_force topic", "body", "amends repeals withdrawn"),
    "interpretations": _kind("interprets signed", "who how_much from_when body"),
    "notices": _kind("document signed topic", "body", "deadline catalogue"),
    "guides": _kind(
        "number topic standards rules forms",
        "who papers steps decides limit clock_from clock_until silence cost places hours phone "
        "remedy basis faq",
        "catalogue",
    ),
    "reports": _kind(
        "year signed proactive requests",
        "overview proactive_text requests_text disputes_text problems other_matters",
        "disputes",
    ),
    "profile": _kind("", "body"),
    "leaders": _kind("order", "position duties biography reception"),
    "disclosure": _kind("", "body"),
}


@cache
def all_texts() -> tuple[Text, ...]:
    """Every page of the content, by kind and in the order of the files. Raises WrongContent."""
    return tuple(read_text(path) for kind in KINDS for path in sorted((FOLDER / kind).glob("*.toml")))


def texts_of(kind: str, *, scale: str = "full", areas: Iterable[str] = ()) -> list[Text]:
    """The pages of one kind that belong into a demo of this scale, with these areas."""
    known = set(areas)
    return [
        text
        for text in all_texts()
        if text.kind == kind
        and (scale == "full" or text.small)
        and (not text.facts.get("needs_area") or text.facts["needs_area"] in known)
    ]


def read_text(path: Path) -> Text:
    """The page in one file. Raises WrongContent."""
    where = f"{path.parent.name}/{path.name}"
    found = NAME.match(path.stem)
    if not found:
        raise WrongContent(f"{where}: the name must be NN-slug.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    kind = KINDS[path.parent.name]
    words = {language: raw.pop(language, None) for language in LANGUAGES}
    facts = _checked(raw, kind.facts, kind.may | {"small", "needs_area"}, FACTS, where)
    if words["zh"] is None:
        raise WrongContent(f"{where}: [zh] is missing")
    return Text(
        kind=path.parent.name,
        slug=found[1] or found[2],
        small=facts.pop("small", False),
        facts=facts,
        zh=_words(words["zh"], kind, f"{where} [zh]"),
        en=_words(words["en"], kind, f"{where} [en]") if words["en"] else None,
    )


def _words(raw: dict[str, Any], kind: Kind, where: str) -> Words:
    checks = {**WORDS, "title": _string, "summary": _string, "phrased_title": _string}
    found = _checked(raw, kind.words | {"title", "summary"}, frozenset({"phrased_title"}), checks, where)
    for key, longest in LONGEST.items():
        if len(found[key]) > longest:
            raise WrongContent(f"{where}: {key}: {len(found[key])} characters are more than {longest}")
    title, summary, body = found.pop("title"), found.pop("summary"), found.pop("body", ())
    return Words(title, summary, body, found)


def _checked(
    raw: Mapping[str, Any],
    needed: frozenset[str],
    may: frozenset[str],
    checks: Mapping[str, Check],
    where: str,
) -> dict[str, Any]:
    for key in sorted(needed - set(raw)):
        raise WrongContent(f"{where}: {key}: is missing")
    found = {}
    for key, value in raw.items():
        if key not in needed | may:
            raise WrongContent(f"{where}: {key}: is not known here")
        try:
            found[key] = checks[key](value)
        except (WrongBlock, TypeError, ValueError) as problem:
            raise WrongContent(f"{where}: {key}: {problem}") from problem
    return found
