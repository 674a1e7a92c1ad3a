"""Previews while a text is written: both languages, paper, a phone; inside Wagtail's panel; no autosave."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Page

from portal.attachments.models import PortalDocument
from portal.pages.previews import print_styles
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in
from tests.portal.cms.test_publishing_screens import RICH, form_of


@pytest.fixture
def room(db, settings, tmp_path) -> Newsroom:
    settings.MEDIA_ROOT = str(tmp_path)
    return make_newsroom()


def previewed(room: Newsroom, page: Page, mode: str, **words: str) -> object:
    client = signed_in(room.writer)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = client.post(address, form_of(page, **words))
    assert sent.json() == {"is_valid": True, "is_available": True}
    return client.get(address, {"mode": mode})


def test_the_panel_may_show_what_was_typed_and_not_saved(room):
    page = room.draft()
    answer = previewed(room, page, "", body=RICH % "刚刚输入的文字。")
    assert "刚刚输入的文字。" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_a_text_without_translation_is_shown_under_its_english_notice(room):
    text = previewed(room, room.draft(), "other-language").content.decode()
    assert '<html lang="en"' in text
    assert "This page has not been translated yet" in text and "取暖补助按户发放。" in text


def test_the_translations_draft_is_shown_in_its_language(room):
    page = room.draft()
    twin = page.copy_for_translation(room.homes["en"].locale, copy_parents=True)
    twin.title, twin.body = "Heating allowance", "<p>It is paid to each household.</p>"
    twin.save_revision(user=room.writer.account)
    text = previewed(room, page, "other-language").content.decode()
    assert "Heating allowance" in text and "It is paid to each household." in text
    assert "has not been translated yet" not in text
    back = previewed(room, Page.objects.get(pk=twin.pk).specific, "other-language").content.decode()
    assert '<html lang="zh-CN"' in back and "取暖补助按户发放。" in back


def test_paper_is_shown_by_the_sites_own_print_rules(room):
    client = signed_in(room.writer)
    address = reverse("publishing:print-styles")
    assert f'href="{address}"' in previewed(room, room.draft(), "print").content.decode()
    assert f'href="{address}"' not in previewed(room, room.draft("other"), "").content.decode()
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/css")
    rules = print_styles()
    assert answer.content.decode() == rules
    assert ".cap-print-only { display: block; }" in rules and ".cap-tools" in rules
    assert "@media" not in rules and rules.count("{") == rules.count("}")


def test_a_draft_of_a_public_page_shows_its_own_files_and_no_public_state(room):
    document = PortalDocument.objects.create(title="申请表", file=ContentFile(b"1", name="form.txt"))
    page = room.published(room.draft(body=f'<p><a linktype="document" id="{document.pk}">下载</a></p>'))
    first = document.url
    document.file = ContentFile(b"2", name="form.txt")
    document.save()
    newest = document.versions.order_by("-number").first()
    draft = room.edited(page, summary="新摘要")
    answer = draft.make_preview_request(None, "").content.decode()
    assert newest.url in answer and first not in answer
    assert "page-history" not in answer


def test_the_editor_offers_modes_and_a_phones_width_and_saves_nothing_by_itself(room, settings):
    page = room.draft()
    form = signed_in(room.writer).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for mode in ("other-language", "print"):
        assert f'value="{mode}"' in form
    assert 'data-device-width="390"' in form
    assert settings.WAGTAIL_AUTOSAVE_INTERVAL == 0
    assert "data-w-autosave-interval-value" not in form
