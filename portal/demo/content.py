"""Makes the demo's pages from its content files, published like every page; what is there already stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from wagtail.models import Locale, Page

from portal.demo.content_body import Kit, body_of
from portal.demo.content_days import public_at
from portal.demo.content_pages import MAKERS, Making, in_order, referred_to, worded
from portal.demo.content_reader import Text, texts_of
from portal.demo.ground import Ground
from portal.demo.play import Script
from portal.pages.above import HOME_DEPTH
from portal.pages.base import PortalPage
from portal.pages.models import HomePage
from portal.pages.seed import CHINESE, ENGLISH, add_live, seed_site
from relief.trail import clock

LANGUAGE = {"zh": CHINESE, "en": ENGLISH}
#: texts that stand on pages that every site has: the page's slug and the column
ON_SITE_PAGES = {"profile/bureau": ("profile", "body"), "disclosure/proactive": ("disclosure", "proactive")}


def site_with_words() -> dict[str, HomePage]:
    """The pages that every site has, those of the bureau with the demo's words."""
    kit = Kit()
    words: dict[str, dict[str, dict[str, Any]]] = {}
    for name, (page, column) in ON_SITE_PAGES.items():
        if Page.objects.filter(depth=HOME_DEPTH + 1, slug=page).exists():
            continue
        text = next(text for text in texts_of(name.split("/")[0]) if text.name == name)
        words[page] = {
            LANGUAGE[language]: {column: body_of(version.body, language, kit)}
            for language, version in text.versions.items()
        }
    return seed_site(words)


def add_content(homes: Mapping[str, HomePage], ground: Ground) -> dict[str, Page]:
    """Publish the content for this ground at once. The Chinese pages by kind/slug; what is there stays."""
    pages: dict[str, Page] = {}
    for _moment in content_script(homes, ground, pages, today=clock.today()):
        pass
    return pages


def content_script(
    homes: Mapping[str, HomePage],
    ground: Ground,
    pages: dict[str, Page],
    *,
    today: date,
    since: datetime | None = None,
) -> Script:
    """Publish each text on its day, the bureau's stock of older ones at `since`; `pages` hears of all.

    The robot of the set-up does it: these are the texts that the bureau brings along. What officers write,
    review and release themselves is played by portal.demo.text_acts.
    """
    making = Making(
        home=homes[CHINESE],
        scale="full" if len(ground.streets) > 1 else "small",
        areas=[place.number for place in ground.places],
        kit=Kit(),
        today=today,
    )
    for moment, text in _planned(making, since or clock.at(today - timedelta(days=380))):
        yield moment
        if text.kind == "notices" and not any(name.startswith("notices/") for name, _ in making.kit.pages):
            _know(making, "notices", making.section("notices"))
        section, make = MAKERS[text.kind]
        _add(making, text, making.section(section), make(text, making), moment)
        pages[text.name] = making.kit.pages[text.name, "zh"]
    _know(making, "notices", making.section("notices"))
    pages.update({name: page for (name, language), page in making.kit.pages.items() if language == "zh"})


def _planned(making: Making, since: datetime) -> list[tuple[datetime, Text]]:
    """When each text goes public: on its day, not before `since` nor before a text that it refers to."""
    days: dict[str, tuple[datetime, Text]] = {}
    for kind in MAKERS:
        texts = making.texts(kind)
        for text in in_order(texts):
            if text.name in ON_SITE_PAGES:
                continue
            moments = [days[name][0] for name in referred_to(text, texts) if name in days]
            if "signed" in text.facts:
                moments.append(public_at(text, making.today))
            days[text.name] = (max(since, *moments) if moments else since, text)
    return sorted(days.values(), key=lambda one: one[0])


def _know(making: Making, kind: str, section: Page) -> None:
    """Pages that are there already can be linked to."""
    for page in section.get_children().live().specific():
        making.kit.pages[f"{kind}/{page.slug}", "zh"] = page
        if twin := page.get_translations().live().first():
            making.kit.pages[f"{kind}/{page.slug}", "en"] = twin


def _add(making: Making, text: Text, section: Page, new: PortalPage, moment: datetime) -> None:
    there = section.get_children().filter(slug=text.slug).first()
    page = there.specific if there else new
    if there is None:
        page.slug, page.locale = text.slug, Locale.objects.get(language_code=CHINESE)
        for name, value in worded(text, "zh", making).items():
            setattr(page, name, value)
        page.first_published_at = public_at(text, making.today) if "signed" in text.facts else moment
        add_live(section, page)
    making.kit.pages[text.name, "zh"] = page
    twin = page.get_translations().first()
    if text.en and twin is None:
        twin = _twin(page, worded(text, "en", making))
        add_live(section.get_translation(twin.locale), twin)
    if twin:
        making.kit.pages[text.name, "en"] = twin


def _twin(page: PortalPage, words: dict[str, Any]) -> PortalPage:
    """The English page. Its facts are read from the Chinese one, so there is nothing to copy but the key."""
    twin = type(page)(slug=page.slug, translation_key=page.translation_key, **words)
    twin.locale = Locale.objects.get(language_code=ENGLISH)
    twin.first_published_at = page.first_published_at
    return twin
