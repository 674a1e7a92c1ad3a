"""The pages that every site has, and what editors make of them."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page, Site

from portal.pages.demo_notices import NOTICES, add_demo_notices
from portal.pages.models import HomePage, NoticePage, PublicityIndexPage, SectionPage
from relief.officers.models import Role
from tests.factories.district import make_district
from tests.factories.pages import seeded
from tests.factories.texts import taken_down
from tests.portal.cms.staff import signed_in


@pytest.fixture
def homes(db):
    return seeded()


@pytest.fixture
def section(homes) -> SectionPage:
    return SectionPage.objects.child_of(homes["zh-hans"]).get(slug="notices")


@pytest.fixture
def notices(homes) -> list[NoticePage]:
    return add_demo_notices(homes)


@pytest.fixture
def editor(homes):
    return signed_in(make_district().officer(Role.EDITOR))


def test_seeding_again_changes_nothing(homes):
    def state():
        pages = Page.objects.order_by("pk").values_list("pk", "path", "slug", "title", "latest_revision_id")
        return list(pages), list(Site.objects.values()), GroupPagePermission.objects.count()

    before = state()
    call_command("seed_site")
    assert state() == before
    assert HomePage.objects.count() == 2
    assert not Page.objects.filter(title__startswith="Welcome").exists()


@pytest.mark.parametrize("address", ["/", "/publicity/", "/announcements/", "/notices/"])
def test_every_page_is_there_in_both_languages_and_asked_for_each_time(homes, address):
    for prefix, language in (("", "zh-CN"), ("/en", "en")):
        answer = Client().get(prefix + address)
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in answer.content.decode()
        assert answer.headers["Cache-Control"] == "no-cache"
        assert not answer.has_header("ETag")
        assert not answer.cookies


def test_notices_link_to_their_twin_and_show_their_metadata(notices):
    assert len(notices) == len(NOTICES)
    for notice in NOTICES:
        chinese, english = (Client().get(f"{p}/notices/{notice.slug}/").content.decode() for p in ("", "/en"))
        assert f'href="/en/notices/{notice.slug}/"' in chinese
        assert f'href="/notices/{notice.slug}/"' in english
        assert notice.zh[0] in chinese and notice.en[0] in english
        assert "明民发〔" in chinese and "MH-" in chinese
    newest = Client().get("/notices/").content.decode()
    order = [newest.index(n.zh[0]) for n in NOTICES]
    assert order == sorted(order, reverse=True)


def test_a_page_without_a_twin_offers_no_language_switch(notices):
    twin = notices[0].get_translation(Locale.objects.get(language_code="en"))
    taken_down(twin)
    text = Client().get(f"/notices/{notices[0].slug}/").content.decode()
    assert f"/en/notices/{notices[0].slug}/" not in text


def test_a_chinese_title_gets_an_address_in_ascii(editor, section):
    answer = editor.post(
        reverse("wagtailadmin_pages:add", args=["portal", "noticepage", section.pk]),
        {
            "title": "关于元旦期间办公安排的通知",
            "slug": "",
            "summary": "",
            "body": '{"blocks":[{"key":"a1","text":"照常办理。","type":"unstyled","depth":0,'
            '"inlineStyleRanges":[],"entityRanges":[]}],"entityMap":{}}',
            "issuer": "明河区民政局",
            "index_number": "",
            "document_number": "",
            "signed_on": "2026-12-28",
            "blocks-count": "0",
            "seo_title": "",
            "search_description": "",
            "change_kind": "substantive",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "action-publish": "action-publish",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    page = NoticePage.objects.child_of(section).get()
    assert page.slug.isascii() and page.slug
    assert not page.live  # nobody publishes past the review


def test_pages_that_the_law_names_keep_their_address(editor, homes):
    index = PublicityIndexPage.objects.child_of(homes["zh-hans"]).get()
    for name in ("delete", "move", "unpublish"):
        answer = editor.post(reverse(f"wagtailadmin_pages:{name}", args=[index.pk]))
        assert answer.status_code in (302, 403)
        if answer.status_code == 302:
            assert answer.headers["Location"] == "/cms/"
    editor.post(f"/cms/bulk/wagtailcore/page/delete/?id={index.pk}", {"confirm": "1"})
    editor.post(
        reverse("wagtailadmin_pages:edit", args=[index.pk]),
        {"title": "改名", "slug": "renamed", "summary": "", "intro": "null", "help_text": "null",
         "seo_title": "", "search_description": "", "action-publish": "1"},
    )  # fmt: skip
    index.refresh_from_db()
    assert index.live and index.slug == "publicity"
    assert Client().get("/publicity/").status_code == 200


def test_the_editor_of_pages_cannot_touch_the_root(editor, homes):
    root = Page.get_first_root_node()
    answer = editor.get(reverse("wagtailadmin_pages:add", args=["portal", "homepage", root.pk]))
    assert answer.status_code in (302, 403)


def test_the_editor_reaches_pages_pictures_and_documents(editor):
    menu = editor.get("/cms/").content.decode()
    for address in ("/cms/images/", "/cms/documents/"):
        assert address in menu
        assert editor.get(address).status_code == 200
