"""Listings find what their criteria ask for; home page, feeds and the editor's count say the same."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from portal.pages.criteria import Criteria, Dates, Sort, State, found_in_words
from portal.pages.demo_notices import NOTICES, add_demo_notices
from portal.pages.finding import find
from portal.pages.listing import HomeColumn, ListingPage
from portal.pages.models import HomePage, NoticePage, SectionPage
from portal.pages.seed import add_live, translated
from relief.officers.models import Role
from relief.trail import clock
from tests.factories.district import make_district
from tests.factories.kept import kept
from tests.factories.pages import seeded
from tests.portal.cms.staff import signed_in


@pytest.fixture
def homes(db) -> dict[str, HomePage]:
    return site_with_notices()


@kept
def site_with_notices() -> dict[str, HomePage]:
    homes = seeded()
    add_demo_notices(homes)
    return homes


@pytest.fixture
def section(homes) -> SectionPage:
    return SectionPage.objects.child_of(homes["zh-hans"]).get(slug="notices")


def listing(parent, **asked) -> ListingPage:
    words = {"title": "近期通知", "slug": "recent", "locale": parent.locale}
    page = ListingPage(**words | asked)
    add_live(parent, page)
    return page


def test_the_first_day_that_fits_counts_today():
    assert Criteria(dates=Dates.LAST, days=1).since(date(2026, 3, 2)) == date(2026, 3, 2)
    assert Criteria(dates=Dates.LAST, days=30).since(date(2026, 3, 2)) == date(2026, 2, 1)
    assert Criteria(days=30).since(date(2026, 3, 2)) is None


def test_the_count_says_what_a_limit_leaves_out():
    assert found_in_words(3, 5) == found_in_words(3)
    assert len(found_in_words(6, 5)) > len(found_in_words(6))


def test_criteria_find_by_type_section_date_state_and_order(homes, section):
    home, english = homes["zh-hans"], homes["en"]

    def slugs(where=home, **asked) -> list[str]:
        return [page.slug for page in find(Criteria(**asked), where)]

    newest = [notice.slug for notice in reversed(NOTICES)]
    by_day = sorted(
        newest, key=lambda slug: next(n for n in NOTICES if n.slug == slug).signed_on(clock.today())
    )
    assert slugs() == by_day[::-1]
    assert slugs(sort=Sort.OLDEST) == by_day
    assert slugs(types=("noticepage",), section=section.translation_key) == by_day[::-1]
    assert slugs(types=("nothingpage",)) == []
    assert slugs(english, section=section.translation_key) == by_day[::-1], "the section's twin, by uuid"
    days = {n.slug: (clock.today() - n.signed_on(clock.today())).days - 1 for n in NOTICES}
    fits = [slug for slug in by_day[::-1] if days[slug] < 40]
    assert 0 < len(fits) < len(by_day) and slugs(dates=Dates.LAST, days=40) == fits
    assert slugs(issuer="明河区民政局") == by_day[::-1] == slugs(english, issuer="明河区民政局")
    assert slugs(issuer="别的局") == [] and slugs(topic="guarantee") == []
    assert slugs(state=State.SUPERSEDED) == []


@pytest.mark.parametrize("layout", ["list", "table", "cards"])
def test_a_listing_shows_what_it_finds_in_its_language(homes, section, layout):
    page = listing(section, types=["noticepage"], section=section, limit=2, layout=layout)
    translated(page, {"title": "Recent notices"}, Locale.objects.get(language_code="en"))
    chinese, english = (Client().get(f"{at}/notices/recent/").content.decode() for at in ("", "/en"))
    shown = sorted(NOTICES, key=lambda one: one.signed_on(clock.today()))[-2:]
    for notice in NOTICES:
        assert (notice.zh[0] in chinese) == (notice.en[0] in english) == (notice in shown)
    feed = f"/feeds/pages-{page.translation_key}.atom"
    assert f'href="{feed}"' in chinese and f'href="/en{feed}"' in english


def test_a_table_of_translations_has_the_numbers_that_only_the_chinese_texts_have(
    homes, section, django_assert_max_num_queries
):
    page = listing(section, types=["noticepage"], layout="table", summary="一句话说明。")
    words = {"title": "Recent notices", "summary": "In one line."}
    translated(page, words, Locale.objects.get(language_code="en"))
    chinese = Client().get("/notices/recent/").content.decode()
    Client().get("/en/")  # where the tree begins is remembered
    with django_assert_max_num_queries(15):
        english = Client().get("/en/notices/recent/").content.decode()
    numbers = NoticePage.objects.filter(document_number__gt="").values_list("document_number", flat=True)
    shown = [number for number in numbers if number in chinese]
    assert len(shown) > 2 and all(number in english for number in shown)
    assert "一句话说明。" in chinese and "In one line." in english


def test_feeds_of_sections_and_listings_name_their_pages(homes, section):
    page = listing(section, dates=Dates.LAST, days=40)
    whole, part = (Client().get(reverse("pages:feed", args=[one.translation_key])) for one in (section, page))
    assert whole.headers["Content-Type"].startswith("application/atom+xml")
    assert whole.content.count(b"<entry>") == len(NOTICES) > part.content.count(b"<entry>") > 0
    assert b"http://testserver" not in whole.content
    english = Client().get("/en" + reverse("pages:feed", args=[section.translation_key])).content.decode()
    assert NOTICES[0].en[0] in english and NOTICES[0].zh[0] not in english
    nobody = section.get_children().type(ListingPage).first().get_parent().get_parent()
    assert Client().get(reverse("pages:feed", args=[nobody.translation_key])).status_code == 404


def test_the_home_page_shows_its_columns_else_what_is_new(homes, section):
    usual = Client().get("/").content.decode()
    newest = max(NOTICES, key=lambda one: one.signed_on(clock.today()))
    assert newest.zh[0] in usual and 'href="/notices/"' in usual
    page = listing(section, dates=Dates.LAST, days=1)
    home = homes["zh-hans"]
    HomeColumn.objects.create(page=home, title="只看最早", types=["noticepage"], sort="oldest", limit=1)
    HomeColumn.objects.create(page=home, title="今天", listing=page)
    own = Client().get("/").content.decode()
    oldest = min(NOTICES, key=lambda one: one.signed_on(clock.today()))
    assert "只看最早" in own and oldest.zh[0] in own and newest.zh[0] not in own
    assert '<h2 class="govuk-heading-m">今天' not in own, "an empty column is left out"


def test_a_listing_takes_the_same_queries_whatever_it_finds(homes, section, django_assert_max_num_queries):
    few = listing(section, limit=1)
    many = listing(section, slug="all")
    counts = []
    for page in (few, many):
        Client().get(page.url)  # the process learns where it stands
        with django_assert_max_num_queries(15) as asked:
            Client().get(page.url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_editor_sees_the_count_before_saving(homes, section):
    editor = signed_in(make_district().officer(Role.EDITOR))
    at = reverse("listing_count", args=["zh-hans"])
    asked = {"dates": "any", "days": "30", "state": "public", "sort": "newest", "limit": "0"}
    assert editor.post(at, asked).json()["count"] == len(NOTICES)
    row = {f"columns-0-{name}": value for name, value in asked.items()} | {"columns-0-types": ["noticepage"]}
    row |= {"columns-0-dates": "last", "columns-0-days": "40", "prefix": "columns-0"}
    expected = find(Criteria(dates=Dates.LAST, days=40), homes["zh-hans"]).count()
    assert editor.post(at, row).json()["count"] == expected
    wrong = editor.post(at, asked | {"days": "0"}).json()
    assert wrong["count"] is None and wrong["words"]
    form = editor.get(reverse("wagtailadmin_pages:add", args=["portal", "listingpage", section.pk]))
    assert at in form.content.decode() and "cms/count" in form.content.decode()
    assert at in editor.get(reverse("wagtailadmin_pages:edit", args=[homes["zh-hans"].pk])).content.decode()
