"""Facts that are no language are read from the Chinese page: a translation states none of its own."""

from datetime import date

import pytest
from django.apps import apps
from django.test import Client, RequestFactory
from django.utils.translation import gettext
from wagtail.models import Locale

from portal.pages.guide import GuideIndexPage, GuidePage
from portal.pages.profile import LeaderPage, ProfilePage
from portal.pages.report import AnnualReportPage
from portal.pages.seed import CHINESE, ENGLISH, add_live, translated
from portal.pages.source import SourcedPage
from portal.pages.statutory_tables import CHAPTERS
from relief.officers.models import Officer, Role
from tests.factories.district import make_district
from tests.factories.pages import seeded
from tests.portal.pages.reports import add_report, zeros

SOURCED = [model for model in apps.get_models() if issubclass(model, SourcedPage) and model.SOURCE_FIELDS]


@pytest.fixture
def homes(db):
    return seeded()


def english() -> Locale:
    return Locale.objects.get(language_code=ENGLISH)


def get(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def guide(homes) -> GuidePage:
    index = GuideIndexPage.objects.child_of(homes[CHINESE]).get()
    words = "<p>有</p>"
    place = {"name": "窗口", "address": "", "hours": "8:30", "phone": "0400-000-0000"}
    page = GuidePage(
        title="申请低保", slug="guarantee", number="MH-BS-01", who=words, remedy=words, decides="民政局",
        papers=[("paper", {"text": "户口簿", "note": ""})], limit="30日", places=[("place", place)],
        steps=[("step", {"title": "受理", "text": words, "who": "", "days": ""})],
        basis=[("text", "《办法》")], locale=index.locale,
    )  # fmt: skip
    add_live(index, page)
    return page


def leader(homes, name: str) -> LeaderPage:
    profile = ProfilePage.objects.child_of(homes[CHINESE]).get()
    page = LeaderPage(title=name, slug=f"leader-{name}", position="局长", duties="<p>全面工作</p>")
    page.locale = profile.locale
    add_live(profile, page)
    return page


def form_of(page, officer: Officer) -> str:
    """The form of the edit view, drawn."""
    handler = type(page).get_edit_handler()
    form = handler.get_form_class()(instance=page, parent_page=page.get_parent())
    request = RequestFactory().get("/")
    request.user = officer.account
    return handler.get_bound_panel(instance=page, request=request, form=form).render_html()


@pytest.mark.parametrize("model", SOURCED, ids=lambda model: model.__name__)
def test_the_form_of_a_translation_offers_none_of_them(homes, model):
    source = model(locale=homes[CHINESE].locale, title="一")
    twin = model(locale=homes[ENGLISH].locale, title="One", translation_key=source.translation_key)
    twin.__dict__["_chinese"] = source
    form_class = model.get_edit_handler().get_form_class()
    offered = form_class(instance=source, parent_page=homes[CHINESE])
    left = form_class(instance=twin, parent_page=homes[ENGLISH])
    assert set(model.SOURCE_FIELDS) & set(offered.fields)
    assert not set(model.SOURCE_FIELDS) & set(left.fields)
    assert not set(model.SOURCE_RELATIONS) & set(left.formsets)


def test_a_guide_shows_the_number_of_its_source_whatever_its_own_column_holds(homes):
    twin = translated(guide(homes), {"title": "Apply", "number": "XX-99"}, english())
    assert twin.number == "" and not twin.suspended
    GuidePage.objects.filter(pk=twin.pk).update(number="XX-99", suspended=True)
    text = get("/en/guides/guarantee/")
    assert "MH-BS-01" in text and "XX-99" not in text and "suspended" not in text
    assert "suspended" not in get("/en/guides/")


def test_a_report_shows_tables_and_days_of_its_source_whatever_its_own_columns_hold(homes):
    page = add_report(homes, 2024, signed_on=date(2025, 1, 20))
    twin = translated(page, {"title": "Report", "slug": "2024"}, english())
    assert (twin.year, twin.signed_on, twin.requests) == (None, None, {})
    shown = get("/en/annual-reports/2024/")
    own = zeros(CHAPTERS["proactive"]) | {"normative.made": 7777}
    AnnualReportPage.objects.filter(pk=twin.pk).update(year=2011, signed_on=date(2012, 2, 2), proactive=own)
    text = get("/en/annual-reports/2024/")
    assert "7777" not in text and "2012" not in text
    assert text.count("<td") == shown.count("<td") and ">14<" in text
    twin.refresh_from_db()
    twin.full_clean()
    assert (twin.year, twin.proactive) == (None, {})  # a new version forgets them again


def test_leaders_stand_in_the_order_of_the_chinese_pages(homes):
    first, second = leader(homes, "甲"), leader(homes, "乙")
    translated(second, {"title": "Second", "position": "Deputy"}, english())
    translated(first, {"title": "First", "position": "Head"}, english())
    text = get("/en/profile/")
    assert text.index("First") < text.index("Second")


def test_whoever_changes_a_fact_is_told_on_which_translation_it_shows(homes):
    page = guide(homes)
    officer = make_district().officer(Role.EDITOR)
    assert "Apply for it" not in form_of(page, officer)
    twin = translated(page, {"title": "Apply for it"}, english())
    assert "“Apply for it”" in form_of(GuidePage.objects.get(pk=page.pk), officer)
    told = form_of(GuidePage.objects.get(pk=twin.pk), officer)
    assert gettext("Read from the Chinese page: change it there.") in told and 'name="number"' not in told
