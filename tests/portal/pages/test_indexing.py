"""Wagtail's indexes hold what is live: drafts leave them alone, the act brings them up to date."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex
from wagtail.search.models import IndexEntry

from portal.pages.indexing import only_bookkeeping
from portal.pages.notice import NoticePage
from tests.factories.texts import Newsroom, make_newsroom

INDEXES = (IndexEntry._meta.db_table, ReferenceIndex._meta.db_table)


@pytest.fixture
def room(db: None) -> Newsroom:
    return make_newsroom()


def link_to(page: Page) -> str:
    return f'<p>详见<a linktype="page" id="{page.pk}">原文</a>。</p>'


def linked_from(page: NoticePage) -> set[str]:
    """Numbers of the pages that the index of references knows to be linked from a page."""
    content_type = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.objects.filter(object_id=str(page.pk), to_content_type=content_type)
    return set(rows.values_list("to_object_id", flat=True)) - {str(page.locale_id)}


def test_a_draft_is_saved_without_a_look_at_the_indexes_and_publishing_brings_them_up_to_date(
    room: Newsroom,
) -> None:
    first, second = room.published(room.draft("first")), room.published(room.draft("second"))
    page = room.published(room.draft("linking", body=link_to(first)))
    assert linked_from(page) == {str(first.pk)}
    page.body = link_to(second)
    page.change_note_zh, page.change_note_en = "改链接。", "Another link."
    with CaptureQueriesContext(connection) as asked:
        page.save_revision(user=room.writer.account)
    assert [one["sql"] for one in asked if any(f'"{table}"' in one["sql"] for table in INDEXES)] == []
    assert linked_from(page) == {str(first.pk)}
    room.published(page)
    assert linked_from(page) == {str(second.pk)}


def test_a_deleted_draft_leaves_the_index_and_words_are_kept_by_staff_search_alone(
    room: Newsroom,
) -> None:
    page = room.draft(body=link_to(room.published(room.draft("first"))))
    assert linked_from(page)
    page.delete()
    assert not ReferenceIndex.objects.filter(object_id=str(page.pk)).exists()
    assert not IndexEntry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "still"),
    [
        (None, False),
        (["latest_revision", "draft_title"], True),
        (["draft_title", "title"], False),
        (["live", "has_unpublished_changes"], False),
    ],
)
def test_only_saves_of_bookkeeping_leave_the_indexes_alone(fields: list[str] | None, still: bool) -> None:
    assert only_bookkeeping(fields) is still
