"""Wagtail's searches over the staff's index: what is found, in which order, and how it is kept up."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import FilterFieldError, SearchFieldError
from modelsearch.query import MATCH_ALL, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Page

from portal.attachments.models import PortalDocument
from portal.pages.models import NoticePage
from portal.publishing.withdraw import withdraw
from portal.staff_search import following
from portal.staff_search.index import StaffIndex, notes, staff_index
from relief.schedule.run import run_due
from search import analysis, follow, wake
from search.schedule import FOLLOW, compare
from tests.factories.texts import make_newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(settings, tmp_path):
    settings.SEARCH_DIR, settings.MEDIA_ROOT = tmp_path / "search", str(tmp_path / "media")
    return make_newsroom()


@pytest.fixture
def follows(settings, monkeypatch, room):
    """What is committed is noted as in a running site; the threads are left out."""
    settings.SEARCH_FOLLOWS = True
    for follower in (following.NOTING.follower, wake.follower):
        monkeypatch.setattr(follower, "wake", lambda: None)
    follow.rebuild(staff_index())
    return room


def titles(words, pages=None, **more):
    found = (Page.objects.all() if pages is None else pages).search(words, **more)
    return [page.title for page in found]


def indexed():
    return follow.rebuild(staff_index())


def test_drafts_are_found_by_title_body_number_and_pinyin(room):
    old = room.published(room.draft("old", title="低保审核通知", document_number="明民发〔2026〕7号"))
    room.edited(old, title="低保审核办法", body="<p>新增代办服务，最低生活保障按新标准执行。</p>")
    room.draft("new", title="残疾补贴通知", body="<p>按月发放 subsidies。</p>")
    indexed()
    ways = [
        "低保",
        "dibao",
        "db",
        "低保 标准",
        "最低生活保障標準",
        "明民发 2026年7号",
        "审核通知",
        "审核办法",
        "代办服务",
    ]
    assert {words: titles(words, NoticePage.objects.all()) for words in ways} == {
        words: ["低保审核通知"] for words in ways
    }
    assert titles("按户发放", NoticePage.objects.all()) == ["低保审核通知"]
    assert titles("按月") == titles("subsid") == ["残疾补贴通知"]
    assert titles("没有这样的话") == titles("低保 没有") == titles("代办", fields=["title"]) == []
    assert [page.pk for page in Page.objects.autocomplete("dibao")] == [old.pk]


def test_the_best_come_first_and_a_queryset_keeps_its_filters_and_its_order(room):
    body, newest, other = (
        room.draft("body", title="办事须知", body="<p>低保申请。</p>"),
        room.draft("newest", title="低保复核"),
        room.draft("other", title="低保公示"),
    )
    indexed()
    notices = NoticePage.objects.all()
    assert titles("低保", notices) == ["低保公示", "低保复核", "办事须知"]
    by_title = notices.order_by("title")
    assert titles("低保", by_title, order_by_relevance=False) == ["低保公示", "低保复核", "办事须知"]
    assert titles("低保", notices, order_by="pk") == ["办事须知", "低保复核", "低保公示"]
    assert titles("低保", notices.exclude(pk=other.pk)) == ["低保复核", "办事须知"]
    assert titles("低保", notices.filter(draft_title__contains="办事")) == ["办事须知"]
    found = Page.objects.specific().search("低保")
    assert (found.count(), len(found[1:]), found[0].pk) == (3, 2, other.pk)
    assert [type(one) for one in found[1:2]] == [NoticePage]
    assert (found[1:2].count(), found[5:].count(), list(found[5:])) == (1, 0, [])
    assert found.facet("content_type_id") == {other.content_type_id: 3}
    assert {newest.pk, body.pk} < {page.pk for page in found}
    for wrong in (lambda: found.facet("draft_title"), lambda: Page.objects.search("x", fields=["no"])):
        with pytest.raises((FilterFieldError, SearchFieldError)):
            wrong()
    with pytest.raises(NotImplementedError):
        found.annotate_score("score")


def test_queries_are_joined_as_wagtail_joins_them(room):
    one, two = room.draft("one", title="低保复核"), room.draft("two", title="低保公示")
    indexed()
    low, shown = PlainText("低保"), PlainText("公示")
    asked = {
        And([low, shown]): [two],
        And([low, Not(shown)]): [one],
        Or([shown, PlainText("复核")]): [two, one],
        Phrase("低保公示"): [two],
        Phrase("公示低保"): [],
        Boost(Fuzzy("低保公示"), 2): [two],
        PlainText("公示 没有", operator="or"): [two],
        MATCH_ALL: [one, two],
        Not(MATCH_ALL): [],
    }
    for query, pages in asked.items():
        assert list(NoticePage.objects.search(query)) == pages, query
    assert titles("低保", NoticePage.objects.none()) == []


BAD = [
    "",
    " ",
    "\0",
    "低保\0",
    "\ud800",
    '"',
    "'",
    '"低保',
    "* OR NEAR(",
    "title:低保",
    "%",
    "低" * 10_000,
    "a" * 10_000,
]


@pytest.mark.parametrize("kept", [True, False])
def test_whatever_is_typed_there_is_an_answer(room, kept):
    page = room.draft("one", title="低保复核")
    if kept:
        indexed()
    for words in BAD:
        for ask in (Page.objects.search, Page.objects.autocomplete, PortalDocument.objects.search):
            assert list(ask(words)) in ([], [page.page_ptr]), words
    assert titles("低保\0") == ["低保复核"]


def test_without_an_index_and_where_nothing_is_indexed_titles_are_read(room):
    page = room.draft("one", title="低保复核", body="<p>代办。</p>")
    room.edited(page, title="低保核查")
    assert titles("核查") == titles("复核 低保") == ["低保复核"]
    assert titles("代办") == []
    staff_index().files.folder.mkdir(parents=True)
    (staff_index().files.folder / "current").symlink_to("index-9.sqlite3")
    assert titles("复核") == ["低保复核"]


def test_documents_and_their_tags_are_found(follows):
    document = PortalDocument(title="申请表", file=ContentFile(b"%PDF-1.4", name="shenqingbiao-2026.pdf"))
    with committed():
        document.save()
        document.tags.add("低保表格")
    following.write()
    for words in ("申请表", "sqb", "shenqingbiao", "dibao", "低保"):
        expected = words != "dibao"  # by its sound only a title is found
        assert (list(PortalDocument.objects.search(words)) == [document]) is expected, words
    with committed():
        document.delete()
    following.write()
    assert follow.check(staff_index()) == []


def committed():
    """What is done within is committed, for those who wait for it."""
    return TestCase.captureOnCommitCallbacks(execute=True)


def test_a_save_notes_a_key_and_what_was_committed_is_found(follows):
    with committed():
        page = follows.draft("one", title="低保复核")
    assert titles("复核") == []
    assert following.write() == 1
    assert titles("复核") == ["低保复核"]
    assert not notes().waiting()
    with committed():
        follows.edited(page, title="高龄津贴")
    following.write()
    assert titles("高龄") == ["低保复核"]
    assert titles("复核", fields=["title"]) == ["低保复核"]
    with committed():
        published = follows.published(Page.objects.get(pk=page.pk).specific)
    following.write()
    assert titles("复核", fields=["title"]) == []
    with committed():
        record = follows.record(published)
        reasons = {"reason_zh": "误发。", "reason_en": "By mistake."}
        withdraw(record, by=follows.publisher, way="removed", version=record.version, **reasons)
    following.write()
    assert titles("高龄") == ["高龄津贴"]
    assert follow.check(staff_index()) == []


def test_what_is_deleted_goes_out_and_what_is_rolled_back_never_comes(follows):
    with committed():
        page = follows.draft("one", title="低保复核")
    following.write()
    with committed(), pytest.raises(RuntimeError), transaction.atomic():
        follows.draft("two", title="低保公示")
        raise RuntimeError
    assert not notes().waiting()
    with committed():
        Page.objects.get(pk=page.pk).delete()
    following.write()
    assert list(staff_index().digests()) == [
        one for one in staff_index().digests() if not one[0].endswith(f":{page.pk}")
    ]
    assert follow.check(staff_index()) == []


def test_a_failed_writing_loses_no_note(follows, monkeypatch):
    with committed():
        follows.draft("one", title="低保复核")

    def broken(*args):
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(StaffIndex, "apply", broken)
        with pytest.raises(OSError):
            following.write()
    assert notes().waiting()
    with committed():
        follows.draft("two", title="低保公示")
    assert {one.job for one in run_due([following.NOTING.job])} == {"write-staff-search"}
    assert titles("低保") == ["低保公示", "低保复核"]
    assert list(run_due([following.NOTING.job])) == []


def test_an_outdated_index_is_made_anew_and_what_nothing_noted_is_compared(follows, monkeypatch):
    page = follows.draft("one", title="低保复核")
    (missing,) = follow.check(staff_index())
    assert (missing.what, missing.key) == ("missing", f"wagtailcore.page:{page.pk}")
    assert [one.key for one in compare(staff_index())] == [missing.key]
    assert titles("复核") == ["低保复核"]
    monkeypatch.setattr(analysis, "ANALYSIS", "another")
    assert staff_index().cursor() == -1
    assert not any(one.failed for one in run_due([FOLLOW]))
    assert staff_index().cursor() >= 0
    call_command("check_search", verbosity=0)


def test_update_index_makes_the_index_anew(room):
    room.draft("one", title="低保复核")
    assert staff_index().cursor() == -1
    call_command("update_index", verbosity=0)
    assert titles("复核") == ["低保复核"]
    get_search_backend().reset_indexes()
    get_search_backend().refresh_indexes()
    assert follow.check(staff_index()) == []


def test_a_save_asks_the_database_no_more_than_its_key(follows):
    page = follows.draft("one", title="低保复核")
    backend = get_search_backend()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        backend.add(page)
        backend.delete(page)
    assert asked.captured_queries == []


def test_many_are_found_in_as_many_queries_as_one(room):
    room.draft("first", title="低保第一")
    indexed()

    def queries():
        with CaptureQueriesContext(connection) as asked:
            found = Page.objects.all().search("低保")
            assert found.count() == len(found[:20]) > 0
        return len(asked)

    one = queries()
    for number in range(4):
        room.draft(f"more-{number}", title=f"低保更多{number}")
    indexed()
    assert queries() == one <= 4
