"""Pages of each type from the demo's texts: facts that are said once, words that each language has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from re import compile as pattern
from typing import Any

from wagtail.models import Page

from portal.demo.content_body import Kit, Raw, attachment, body_of
from portal.demo.content_days import dated, signed_on
from portal.demo.content_reader import Text, Words, texts_of
from portal.pages.base import PortalPage
from portal.pages.demo_notices import ISSUER_EN, ISSUER_ZH
from portal.pages.disclosure import DisclosureTextPage
from portal.pages.guide import GuidePage
from portal.pages.interpretation import InterpretationPage, InterpretedPolicy
from portal.pages.notice import NoticePage
from portal.pages.policy import PolicyChange, PolicyPage
from portal.pages.profile import LeaderPage
from portal.pages.report import AnnualReportPage
from portal.pages.statutory_tables import CHAPTERS, Chapter
from portal.pages.validity import ChangeKind

LINKED = pattern(r'"page:([^"]+)"')
ISSUERS = {"zh": ISSUER_ZH, "en": ISSUER_EN}
ISSUED = ("policies", "interpretations", "notices", "reports")
#: documents of each series have index numbers of their own
INDEX_SERIES = {"明民发": "MH", "明民规": "MHG"}
#: rows of the report's table of requests that are no results
NO_RESULTS = ("received", "carried_in", "handled", "carried_out")


@dataclass
class Making:
    """What is needed to make pages: where they go, what they refer to, today."""

    home: Page
    scale: str
    areas: list[str]
    kit: Kit
    today: date

    def texts(self, kind: str) -> list[Text]:
        """The texts of a kind that belong here; what is dated after today isn't written yet."""
        texts = texts_of(kind, scale=self.scale, areas=self.areas)
        return [text for text in texts if signed_on(text, self.today) <= self.today]

    def section(self, path: str) -> Page:
        """The page at an address below the Chinese home page."""
        page = self.home
        for slug in path.split("/"):
            page = page.get_children().get(slug=slug)
        return page.specific


Make = Callable[[Text, Making], PortalPage]


def worded(text: Text, language: str, making: Making) -> dict[str, Any]:
    """The columns that depend on the language."""
    words = dated(text.versions[language], signed_on(text, making.today), language)
    found = {"title": words.title, "summary": words.summary}
    if text.kind in ISSUED:
        found["issuer"] = ISSUERS[language]
    if text.kind == "guides":
        return {**found, **_guide_words(text, words, language, making.kit)}
    column = "blocks" if text.kind == "notices" else "body"
    more = {column: body_of(words.body, language, making.kit)} if words.body else {}
    return {**found, **words.more, **more}


def in_order(texts: list[Text]) -> list[Text]:
    """A policy after those that change it: its relations name them."""
    done: list[Text] = []

    def visit(text: Text) -> None:
        for other, _kind in _changed_by(text, texts):
            visit(other)
        if text not in done:
            done.append(text)

    for text in texts:
        visit(text)
    return done


def referred_to(text: Text, texts: list[Text]) -> set[str]:
    """Names of the texts that must be public before this one; `texts` are those of its kind."""
    named = {f"policies/{slug}" for slug in text.facts.get("interprets", ())}
    named |= {other.name for other, _kind in _changed_by(text, texts)}
    return named | set(text.facts.get("rules", ())) | set(LINKED.findall(repr(text.versions)))


def _changed_by(text: Text, policies: list[Text]) -> Iterator[tuple[Text, ChangeKind]]:
    for other in policies:
        for key, kind in (("amends", ChangeKind.AMENDS), ("repeals", ChangeKind.REPEALS)):
            if text.kind == other.kind and text.slug in other.facts.get(key, ()):
                yield other, kind


def _numbers(text: Text, today: date) -> dict[str, Any]:
    series, number = text.facts["document"]
    signed = signed_on(text, today)
    return {
        "index_number": f"{INDEX_SERIES[series]}-{signed.year}-{number:04d}",
        "document_number": f"{series}〔{signed.year}〕{number}号",
        "signed_on": signed,
        "topic": text.facts["topic"],
    }


def _policy(text: Text, making: Making) -> PolicyPage:
    page = PolicyPage(**_numbers(text, making.today), in_force_from=text.facts["in_force"].on(making.today))
    page.changed_by = [
        PolicyChange(kind=kind.value, by=making.kit.pages[other.name, "zh"])
        for other, kind in _changed_by(text, making.texts("policies"))
    ]
    return page


def _interpretation(text: Text, making: Making) -> InterpretationPage:
    named = [making.kit.page(f"policies/{slug}", "zh") for slug in text.facts["interprets"]]
    explained = [page.specific for page in named if page]
    signed = signed_on(text, making.today)
    page = InterpretationPage(
        index_number=f"MHJ-{signed:%Y-%m%d}", signed_on=signed, topic=explained[0].topic
    )
    page.policies = [InterpretedPolicy(policy=policy) for policy in explained]
    return page


def _notice(text: Text, making: Making) -> NoticePage:
    deadline = text.facts.get("deadline")
    return NoticePage(**_numbers(text, making.today), deadline=deadline and deadline.on(making.today))


def _guide(text: Text, _making: Making) -> GuidePage:
    return GuidePage(number=text.facts["number"])


def _guide_words(text: Text, words: Words, language: str, kit: Kit) -> dict[str, Any]:
    more = dict(words.more)
    hours, phone = more.pop("hours"), more.pop("phone")
    rules = [kit.page(name, "zh") for name in text.facts["rules"]]
    lists: dict[str, list[Raw]] = {
        "papers": [_item("paper", {"text": what, "note": note}) for what, note in more.pop("papers")],
        "steps": [_item("step", step) for step in more.pop("steps")],
        "faq": [_item("question", {"question": q, "answer": f"<p>{a}</p>"}) for q, a in more.pop("faq")],
        "forms": [_item("form", attachment(key, language, kit)) for key in text.facts["forms"]],
        "basis": [_item("page", rule.pk) for rule in rules if rule]
        + [_item("text", words) for words in more.pop("basis")],
        "places": [
            _item("place", {"name": name, "address": address, "hours": hours, "phone": phone, "note": ""})
            for name, address in more.pop("places")
        ],
        "body": [_item("standard", {"name": name, "caption": ""}) for name in text.facts["standards"]],
    }
    return {**more, **lists}


def _item(kind: str, value: Any) -> Raw:
    return {"type": kind, "value": value}


def _report(text: Text, making: Making) -> AnnualReportPage:
    tables = {code: completed(CHAPTERS[code], text.facts.get(code, {})) for code in CHAPTERS}
    return AnnualReportPage(year=text.facts["year"], signed_on=signed_on(text, making.today), **tables)


def completed(chapter: Chapter, counts: Mapping[str, int]) -> dict[str, int | str]:
    """All cells of a chapter: what isn't named is nothing, sums follow from what is; amounts are texts."""
    grids = chapter.cells()
    cells = {code: counts.get(code, 0) for code in grids}
    places = {code: tuple(code.split(".")) for code in cells}
    for code, (row, column) in places.items():
        if row == "handled" and column != "total":
            results = [one for one, (r, c) in places.items() if c == column and r not in NO_RESULTS]
            cells[code] = sum(cells[one] for one in results)
    for code, (row, column) in places.items():
        if column == "total":
            cells[code] = sum(cells[one] for one, (r, c) in places.items() if r == row and c != "total")
    return {code: str(count) if grids[code].money else count for code, count in cells.items()}


def _leader(_text: Text, _making: Making) -> LeaderPage:
    return LeaderPage()


def _disclosure_text(_text: Text, _making: Making) -> DisclosureTextPage:
    return DisclosureTextPage()


#: in the order in which they can refer to each other: kind → address of the section, who makes the page
MAKERS: dict[str, tuple[str, Make]] = {
    "policies": ("policies", _policy),
    "interpretations": ("interpretations", _interpretation),
    "notices": ("notices", _notice),
    "guides": ("guides", _guide),
    "reports": ("annual-reports", _report),
    "leaders": ("profile", _leader),
    "disclosure": ("disclosure", _disclosure_text),
}
