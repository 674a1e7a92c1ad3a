"""Wagtail's indexes hold what is live: drafts leave them alone, the act brings them up to date."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from portal.pages.indexing import only_bookkeeping
from portal.pages.notice import NoticePage
from tests.factories.texts import Newsroom, make_newsroom

INDEXES = (IndexEntry._meta.db_table, ReferenceIndex._meta.db_table)


@pytest.fixture
def room(db: None) -> Newsroom:
    return make_newsroom()


def words_of(page: NoticePage) -> str:
    return IndexEntry.objects.get(object_id=str(page.pk), content_type=page.content_type).body


def test_a_draft_is_saved_without_a_look_at_the_indexes_and_publishing_brings_them_up_to_date(
    room: Newsroom,
) -> None:
    page = room.published(room.draft(summary="按户发放"))
    assert "按户发放" in words_of(page)
    page.summary = "按人发放"
    page.change_note_zh, page.change_note_en = "改为按人。", "By person."
    with CaptureQueriesContext(connection) as asked:
        page.save_revision(user=room.writer.account)
    assert [one["sql"] for one in asked if any(f'"{table}"' in one["sql"] for table in INDEXES)] == []
    assert "按户发放" in words_of(page)
    room.published(page)
    assert "按人发放" in words_of(page)


def test_a_deleted_draft_leaves_the_index(room: Newsroom) -> None:
    page = room.draft()
    assert IndexEntry.objects.filter(object_id=str(page.pk), content_type=page.content_type).exists()
    page.delete()
    assert not IndexEntry.objects.filter(object_id=str(page.pk), content_type=page.content_type).exists()


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
