"""Soft breaks in titles: marked beside the title, drawn as <wbr>, and in no other output."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from portal.pages.phrases import phrases_of, plain
from portal.publishing.difference import differences
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in
from tests.portal.cms.test_publishing_screens import form_of

TITLE = "关于公开征求实施细则意见的公告"
MARKED = "关于公开征求|实施细则意见|的公告"
DRAWN = "关于公开征求<wbr>实施细则意见<wbr>的公告"


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


@pytest.mark.parametrize(
    ("title", "marked", "phrases"),
    [
        (TITLE, MARKED, ["关于公开征求", "实施细则意见", "的公告"]),
        (TITLE, MARKED.replace("|", "｜"), ["关于公开征求", "实施细则意见", "的公告"]),
        (TITLE, "", [TITLE]),
        (f"新的{TITLE}", MARKED, [f"新的{TITLE}"]),  # the title was changed since
        (TITLE, f"|{TITLE}|", [TITLE]),
    ],
)
def test_phrases_of_a_title(title, marked, phrases):
    assert phrases_of(with_marks(title, marked)) == phrases
    assert plain(marked) in ("", TITLE)


def with_marks(title: str, marked: str) -> Page:
    page = Page(title=title)
    page.phrased_title = marked
    return page


def test_marks_typed_into_the_title_go_beside_it(room):
    page = room.draft()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    signed_in(room.writer).post(edit, form_of(page, title=MARKED))
    newest = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (newest.title, newest.phrased_title) == (TITLE, MARKED)


def test_other_words_than_the_titles_are_refused_and_kept(room):
    page = room.draft(title=TITLE)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = signed_in(room.writer).post(edit, form_of(page, phrased_title="别的|标题"))
    assert answer.status_code == 200 and "别的|标题" in answer.content.decode()
    newest = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert newest.phrased_title == ""


def test_no_public_output_shows_a_mark(room):
    page = room.published(
        room.draft(title=TITLE, phrased_title=MARKED, summary="征求意见。", topic="guarantee")
    )
    record = room.record(page)
    places = [
        page.get_url(), "/", "/en/", "/notices/", "/en/notices/", "/sitemap/", "/sitemap.xml",
        "/feeds/notices.atom", f"/feeds/pages-{page.translation_key}.atom", f"/page-history/{record.code}/",
        f"/en{page.get_url()}", "/disclosure/catalogue/", "/disclosure/check.json",
    ]  # fmt: skip
    client, named = Client(), []
    for place in places:
        body = client.get(place, follow=True).content.decode()
        assert MARKED not in body and "关于公开征求|" not in body, place
        if DRAWN in body or TITLE in body:
            named.append(place)
    assert {page.get_url(), "/notices/", "/feeds/notices.atom", "/sitemap/"} <= set(named)
    shown = client.get(page.get_url()).content.decode()
    assert f'<span class="cap-title">{DRAWN}</span></h1>' in shown
    assert f"<title>{TITLE} - " in shown
    assert DRAWN in client.get("/notices/").content.decode()


def test_a_changed_mark_is_shown_in_the_review(room):
    before = room.published(room.draft(title=TITLE, phrased_title=MARKED))
    after = room.edited(before, phrased_title="关于|公开征求实施细则意见|的公告")
    changes = differences(before, after)
    assert any("|" in mark.text for change in changes for mark in change.marks if mark.kind != "same")
    assert all(mark.kind == "same" or mark.text == "|" for one in changes[:1] for mark in one.marks)
