"""The index of public texts (公开目录): by theme, issuing body, year and type, with counts."""

import re
from datetime import date

import pytest
from django.test import Client
from wagtail.models import Locale

from portal.pages.interpretation import InterpretationPage
from portal.pages.models import NoticePage, SectionPage
from portal.pages.policy import PolicyPage
from portal.pages.sections import InterpretationSection, PolicySection
from portal.pages.seed import CHINESE, ENGLISH, add_live, translated
from tests.factories.pages import seeded
from tests.factories.texts import removed, taken_down

INDEX = "/disclosure/index/"
SECTIONS = {PolicyPage: PolicySection, InterpretationPage: InterpretationSection, NoticePage: SectionPage}


@pytest.fixture
def homes(db):
    return seeded()


def text(homes, model, slug: str, **more):
    """A public Chinese text of one type."""
    section = SECTIONS[model].objects.child_of(homes[CHINESE]).first()
    words = {"title": slug, "slug": slug, "issuer": "明河区民政局", "topic": "temporary",
             "signed_on": date(2026, 3, 2)}  # fmt: skip
    if model is PolicyPage:
        words["in_force_from"] = date(2026, 4, 1)
    page = model(**{**words, **more}, locale=section.locale)
    add_live(section, page)
    return page


def get(query: str = "", address: str = INDEX) -> str:
    answer = Client().get(address + query)
    assert answer.status_code == 200
    return answer.content.decode()


def offered(html: str, name: str) -> list[str]:
    """The words of one filter's choices."""
    select = re.search(rf'<select[^>]*name="{name}".*?</select>', html, re.DOTALL)
    return [one.strip() for one in re.findall(r"<option[^>]*>(.*?)</option>", select[0] if select else "")]


def test_texts_of_all_types_are_found_by_what_is_said_of_them(homes):
    text(homes, PolicyPage, "policy-a")
    text(homes, NoticePage, "notice-a", issuer="明河区人民政府", signed_on=date(2025, 6, 1), body="<p>文</p>")
    text(homes, InterpretationPage, "interpretation-a", topic="medical")
    everything = get()
    assert all(slug in everything for slug in ("policy-a", "notice-a", "interpretation-a"))
    for query, shown in (
        ("?topic=medical", "interpretation-a"),
        ("?year=2025", "notice-a"),
        ("?issuer=明河区人民政府", "notice-a"),
        ("?type=policypage", "policy-a"),
        ("?topic=temporary&year=2026", "policy-a"),
    ):
        html = get(query)
        others = {"policy-a", "notice-a", "interpretation-a"} - {shown}
        assert shown in html and not any(f"/{slug}/" in html for slug in others), query


def test_choices_say_how_many_fit_beside_the_other_filters(homes):
    text(homes, PolicyPage, "policy-a")
    text(homes, PolicyPage, "policy-b", signed_on=date(2025, 1, 1))
    text(homes, InterpretationPage, "interpretation-a", topic="medical")
    years = [words for words in offered(get(), "year") if "(" in words]
    assert [words.rpartition(" ")[2] for words in years] == ["(2)", "(1)"]
    chosen = get("?topic=medical")
    assert [words for words in offered(chosen, "year") if "2025" in words] == []
    assert sum("(2)" in words for words in offered(chosen, "topic")) == 1  # as if it were not chosen


def test_what_is_not_public_is_not_indexed(homes):
    gone, draft = text(homes, PolicyPage, "gone"), text(homes, PolicyPage, "draft")
    removed(gone), taken_down(draft)
    html = get()
    assert "/policies/gone/" not in html and "/policies/draft/" not in html


def test_it_is_reached_from_the_platform_in_both_languages_and_says_what_is_chinese(homes):
    text(homes, PolicyPage, "only-chinese")
    words = {"title": "On temporary relief", "issuer": "Minghe Bureau"}
    translated(
        text(homes, NoticePage, "both", body="<p>文</p>"), words, Locale.objects.get(language_code=ENGLISH)
    )
    for prefix in ("", "/en"):
        assert f'href="{prefix}{INDEX}"' in get(address=f"{prefix}/disclosure/")
    html = get(address=f"/en{INDEX}")
    assert "On temporary relief" in html and "Minghe Bureau" in " ".join(offered(html, "issuer"))
    assert 'href="/en/policies/only-chinese/" lang="zh-CN"' in html


def test_a_wrong_filter_is_named_and_an_empty_result_leads_out(homes):
    text(homes, PolicyPage, "policy-a")
    assert "policy-a" in get("?topic=nonsense&page=999")
    html = get("?topic=temporary&type=noticepage")
    assert "policy-a" not in html and "?type=noticepage" not in html.partition("<main")[0]


def test_few_queries_whatever_there_is(homes, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr("portal.pages.text_list.PER_PAGE", 2)
    english = Locale.objects.get(language_code=ENGLISH)
    for number, model in enumerate((PolicyPage, InterpretationPage, NoticePage) * 2):
        page = text(homes, model, f"text-{number}")
        if number % 2:
            translated(page, {"title": f"Text {number}"}, english)
    for address in (INDEX, f"/en{INDEX}"):
        get(address=address)
        with django_assert_max_num_queries(15):
            html = get("?page=2", address)
        assert "page=3" in html
