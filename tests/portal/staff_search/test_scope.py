"""Who searches in the CMS finds what they may see without a search, and nothing beside it."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import Page

from portal.pages.policy import PolicyPage
from portal.pages.sections import PolicySection
from portal.publishing.task import ensure_workflows
from portal.staff_search.index import staff_index
from relief.officers.appoint import appoint_to_section
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from search import follow
from tests.factories.texts import make_newsroom
from tests.portal.cms.staff import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    made = make_newsroom()
    ensure_workflows()
    made.draft("heating", title="低保取暖通知", body="<p>代办点开放。</p>")
    elsewhere = PolicyPage(
        title="低保取暖办法",
        slug="elsewhere",
        issuer="明河区民政局",
        topic="general",
        signed_on=date(2026, 1, 5),
        in_force_from=date(2026, 1, 10),
        owner=made.writer.account,
        locale=made.homes["zh-hans"].locale,
        body=[("paragraph", "<p>代办点开放。</p>")],
        live=False,
    )
    PolicySection.objects.child_of(made.homes["zh-hans"]).get(slug="policies").add_child(instance=elsewhere)
    elsewhere.save_revision(user=made.writer.account)
    follow.rebuild(staff_index())
    return made


def section_editor(room, slug):
    officer = room.district.officer(Role.STREET_LEADER)
    section = Page.objects.get(slug=slug, locale__language_code="zh-hans", depth=3)
    appoint_to_section(
        officer, role=Role.EDITOR, section=section.translation_key, from_date=clock.today(), by=SETUP
    )
    return signed_in(officer)


def found(answer):
    assert answer.status_code == 200
    return {page.title for page in answer.context["object_list"]}


WORDS = ["低保取暖", "dibao", "代办点"]


def test_explorer_and_site_wide_search_keep_to_the_section(room):
    own, whole = section_editor(room, "notices"), signed_in(room.writer)
    everywhere = reverse("wagtailadmin_pages:search")
    for words in WORDS:
        for address in (everywhere, reverse("wagtailadmin_explore_root")):
            assert found(own.get(address, {"q": words})) == {"低保取暖通知"}, (address, words)
            assert found(whole.get(address, {"q": words})) == {"低保取暖通知", "低保取暖办法"}, (
                address,
                words,
            )
        counted = own.get(everywhere, {"q": words}).context["content_types"]
        assert [count for _type, count in counted] == [1]


def test_the_contents_view_finds_the_words_of_drafts_in_its_sections(room):
    address = reverse("publishing:contents")
    for client, number in ((section_editor(room, "notices"), 1), (signed_in(room.writer), 2)):
        for words in WORDS:
            assert len(client.get(address, {"q": words}).context["view"].lines) == number, words
        assert not client.get(address, {"q": "没有"}).context["view"].lines


def test_the_page_chooser_offers_only_what_may_be_chosen(room):
    client = signed_in(room.writer)
    address = reverse("wagtailadmin_choose_page_search")
    for words in WORDS:
        for kind, title in (("noticepage", "低保取暖通知"), ("policypage", "低保取暖办法")):
            offered = client.get(address, {"q": words, "page_type": f"portal.{kind}"}).content.decode()
            assert (title in offered, offered.count("data-admin-title")) == (True, 1), (words, kind)


BAD = ['\0\ud800"', "live:yes * OR (", "低" * 10_000]
SCREENS = [
    "wagtailadmin_pages:search",
    "wagtailadmin_explore_root",
    "wagtailadmin_choose_page_search",
    "wagtaildocs:index",
    "wagtailimages:index",
    "publishing:contents",
]


def test_no_words_break_a_screen(room):
    client = signed_in(room.writer)
    for name in SCREENS:
        for words in BAD:
            sent = words.encode("utf-8", "surrogatepass")
            assert client.get(reverse(name), {"q": sent}).status_code == 200, (name, words[:20])
