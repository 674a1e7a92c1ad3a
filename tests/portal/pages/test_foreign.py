"""A page that nobody has translated: under the English address all its words are marked as Chinese."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.test import Client

from portal.pages.base import PortalPage
from portal.pages.collection import CollectionPage
from portal.pages.disclosure import DisclosurePage, DisclosureTextPage
from portal.pages.listing import ListingPage
from portal.pages.models import HomePage, SectionPage
from portal.pages.profile import LeaderPage, ProfilePage
from portal.pages.seed import CHINESE, ENGLISH, SECTIONS, add_live
from relief.trail import clock
from tests.factories.pages import seeded
from tests.factories.texts import taken_down
from tests.portal.pages.reports import add_report
from tests.portal.pages.service import below, guide
from tests.portal.pages.texts import TODAY, interpretation, notice, policy, section

HAN = re.compile(r"[\u4e00-\u9fff]")
BODY = [
    {"type": "heading", "value": {"text": "总则", "level": "2", "anchor": "section-1"}},
    {
        "type": "article",
        "value": {"number": "第一条", "title": "", "text": "<p>照办。</p>", "anchor": "article-1"},
    },
]
WORDS = {"summary": "一句话说明。", "body": BODY}


@pytest.fixture
def homes(db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with clock.moved_to(clock.at(TODAY)):
        yield seeded()


def unmarked(address: str) -> list[str]:
    """What stands in Chinese on an English page without being marked so."""
    answer = Client().get(address)
    assert answer.status_code == 200, address
    main = BeautifulSoup(answer.content, "html.parser").find("body")
    return [
        str(words).strip()
        for words in main.find_all(string=HAN)
        if words.parent.name != "script" and words.find_parent(lang=True)["lang"] != "zh-CN"
    ]


def texts(homes) -> list[PortalPage]:
    """An untranslated page of every type that stands below a section."""
    home = homes[CHINESE]
    ruling = policy(home, "1", **WORDS)
    said = interpretation(home, "2", ruling, **WORDS, who="低保家庭", how_much="每月", from_when="本月")
    told = notice(home, "3", summary="一句话说明。", blocks=BODY, deadline=date(2026, 3, 31))
    one = guide(homes, suspended=True, suspended_words="系统升级。", alternative="请到窗口办理。")
    leader = {"title": "郁怀远", "slug": "director", "position": "局长", "duties": "<p>主持全面工作。</p>"}
    groups = [("group", {"title": "怎么办", "text": "先看这里", "pages": [one, told]})]
    found = {"types": ["policypage", "noticepage"], "locale": home.locale, "intro": "<p>说明</p>"}
    listings = [
        ListingPage(title=f"自动列表{layout}", slug=f"found-{layout}", layout=layout, **found)
        for layout in ("list", "table", "cards")
    ]
    inner = SectionPage(
        title="下级栏目", slug="inner", summary="一句话说明。", intro="<p>说明</p>", locale=home.locale
    )
    collection = CollectionPage(
        title="低保专题",
        slug="about",
        summary="一句话",
        intro="<p>说明</p>",
        groups=groups,
        locale=home.locale,
    )
    for page, parent in (
        (collection, home),
        (inner, section(home, "notices")),
        *((a, home) for a in listings),
    ):
        add_live(parent, page)
    return [
        ruling, said, told, one, collection, inner, *listings,
        below(homes, ProfilePage, LeaderPage(**leader, biography="<p>简历</p>", reception="每周一")),
        below(homes, DisclosurePage, DisclosureTextPage(title="指南", slug="guide", **WORDS)),
        add_report(homes, 2025, issuer="明河区民政局", summary="一句话说明。"),
    ]  # fmt: skip


def test_every_type_of_page_marks_its_words_and_so_does_its_section(homes):
    pages = texts(homes)
    sections = [leaf.page_type.objects.child_of(homes[CHINESE]).get(slug=leaf.slug) for leaf in SECTIONS]
    types = {model for model in apps.get_models() if issubclass(model, PortalPage)}
    assert types == {type(page) for page in (*pages, *sections)} | {HomePage}
    for leaf in SECTIONS:
        taken_down(leaf.page_type.objects.child_of(homes[ENGLISH]).get(slug=leaf.slug))
    for page in (*pages, *sections):
        assert unmarked(f"/en{page.get_url()}") == [], page.get_url()
        if page.record.was_public:
            assert unmarked(f"/en/page-history/{page.record.code}/") == []


def test_the_headings_of_a_guide_are_in_the_language_of_its_words(homes):
    guide(homes, suspended=True, alternative="请到窗口办理。")
    text = Client().get("/en/guides/guarantee/").content.decode()
    assert "Instead:" in text and "If you disagree" not in text and "不服怎么办" in text
