"""The log of searches: words of three visitors, never one's; counts of days; no name; in nobody's way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.finder import asked, counting
from portal.finder.asked import Asked, note, note_opened
from portal.finder.asked_models import AskedCount, AskedSecret, AskedWords, What
from portal.finder.schedule import FORGET_SEARCHES
from relief.schedule.run import run_due
from relief.trail import clock
from tests.portal.finder.readers import BROWSER, OPENED, by_three, click, indexed_corpus, search

pytestmark = pytest.mark.django_db
indexed = indexed_corpus


def plain() -> dict[str, str]:
    return dict(AskedWords.objects.exclude(words="").values_list("words", "language"))


def counted(what: What) -> list[tuple[str, int, int]]:
    return list(
        AskedCount.objects.filter(what=what).order_by("pk").values_list("words__words", "place", "times")
    )


def test_words_are_plain_from_the_third_visitor_on_and_nothing_of_the_visitors_is_left(indexed):
    search("低保标准", 1)
    search("低保標準", 2)
    row = AskedWords.objects.get()
    assert (row.words, row.folded, len(row.digest), len(row.visitors.split())) == ("", "", 64, 2)
    assert "192.0.2" not in row.visitors
    search("低保标準 ", 3)
    row.refresh_from_db()
    assert (row.words, row.folded, row.digest, row.visitors) == ("低保标準", "低保标准", "", "")
    assert row.found > 0 and counted(What.ASKED) == [("低保标準", 0, 3)]
    search("ＤＩＢＡＯ", 4)
    search("低保标准", 4)
    assert counted(What.ASKED) == [("低保标準", 0, 4), ("", 0, 1)]


@pytest.mark.parametrize(
    "addresses",
    [
        ["192.0.2.1"] * 5,
        ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:db8:1:2:aaaa:bbbb:cccc:dddd"],
        ["192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1", "198.51.100.1"],
    ],
    ids=["same-address", "one-network-of-ipv6", "two-in-two-ways"],
)
def test_one_visitor_never_lets_words_be_plain_however_often_and_with_whatever_browser(indexed, addresses):
    for number, address in enumerate(addresses):
        search("低保标准", address, HTTP_USER_AGENT=f"{BROWSER} {number}")
    assert plain() == {}
    assert counted(What.ASKED) == [("", 0, len(addresses))]


def test_a_visitor_counts_once_a_day_for_the_same_words(indexed):
    for _again in range(10):
        search("低保")
    search("临时救助")
    assert sorted(counted(What.ASKED)) == [("", 0, 1), ("", 0, 1)]
    with clock.moved_to(clock.now() + timedelta(days=1)):
        search("低保")
    assert AskedCount.objects.filter(what=What.ASKED).count() == 3


def test_what_is_no_new_search_of_a_reader_is_not_counted(indexed, monkeypatch):
    search("低保", page="2")
    search("低保", kind="notice")
    search("低保", sort="newest")
    search("")
    search("字" * 41)
    for robot in ("", "Googlebot/2.1", "curl/8.5", "python-requests/2", "Baiduspider", "HeadlessChrome/120"):
        search("低保", HTTP_USER_AGENT=robot)
    search("低保", HTTP_SEC_PURPOSE="prefetch;prerender")
    client = Client(HTTP_USER_AGENT=BROWSER)
    client.head("/search/?q=低保")
    client.get("/search/feed.atom?q=低保")
    client.get("/search/suggest.json?q=低保")
    monkeypatch.undo()  # without an index nobody knows what would have been found
    search("低保")
    assert not AskedWords.objects.exists() and not AskedSecret.objects.exists()


def test_each_language_counts_by_itself(indexed):
    by_three("guarantee", at="/en/search/")
    by_three("低保")
    assert plain() == {"guarantee": "en", "低保": "zh-hans"}


def test_in_vain_and_by_sound_or_in_part_is_counted(indexed):
    for words in ("quux", "低宝", "低保 不存在的词语", "低保"):
        by_three(words)
    assert counted(What.NOTHING) == [("quux", 0, 3)]
    assert counted(What.LOOSE) == [("低宝", 0, 3), ("低保 不存在的词语", 0, 3)]
    assert AskedWords.objects.get(words="quux").found == 0


def test_digests_end_with_the_secret_of_the_week_and_counts_after_thirty_days(indexed):
    by_three("低保")
    search("临时救助")
    secret = AskedSecret.objects.get().salt
    with clock.moved_to(clock.now() + timedelta(days=6)):
        assert list(run_due((FORGET_SEARCHES,))) == []
        search("临时救助", 2)
        assert AskedWords.objects.exclude(digest="").count() == 1
    with clock.moved_to(clock.now() + timedelta(days=7)):
        (told,) = run_due((FORGET_SEARCHES,))
        assert not told.failed and not AskedSecret.objects.exists()
        assert list(AskedWords.objects.values_list("words", flat=True)) == ["低保"]
        search("临时救助", 3)
        assert AskedSecret.objects.get().salt != secret and list(plain()) == ["低保"]
    for days, left in ((30, 1), (31, 0)):
        with clock.moved_to(clock.now() + timedelta(days=days)):
            list(run_due((FORGET_SEARCHES,)))
            assert AskedWords.objects.filter(words="低保").count() == left


def test_where_no_schedule_runs_the_next_search_ends_the_old_secret(indexed):
    search("临时救助")
    old = AskedWords.objects.get().digest
    with clock.moved_to(clock.now() + timedelta(days=8)):
        search("临时救助", 2)
    row, secret = AskedWords.objects.get(), AskedSecret.objects.get()
    assert row.digest != old and len(row.visitors.split()) == 1
    assert secret.since == clock.today() + timedelta(days=8)


def test_the_place_of_a_click_is_counted_for_words_that_are_there(indexed):
    by_three("低保")
    search("临时救助")
    for words, place, who in (
        ("低保", 1, 1),
        ("低保", 3, 2),
        ("低保", 3, 3),
        ("低保", 55, 4),
        ("低保", 3, 3),
    ):
        click(words, place, who)
    click("临时救助", 2)
    click("从未查询", 1)
    click("低保", 1, at=f"/en{OPENED}")
    assert counted(What.OPENED) == [("低保", 1, 1), ("低保", 3, 2), ("低保", 11, 1), ("", 2, 1)]
    assert AskedWords.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "place", "headers"),
    [
        ("低保", 1, {"HTTP_ORIGIN": "https://evil.example"}),
        ("低保", 1, {"HTTP_ORIGIN": ""}),
        ("低保", 1, {"HTTP_ORIGIN": "null"}),
        ("低保", 1, {"HTTP_SEC_FETCH_SITE": "cross-site"}),
        ("低保", 1, {"HTTP_USER_AGENT": "curl/8"}),
        ("低保", 1, {"kind": "text/plain"}),
        ("低保", 0, {}),
        ("低保", 101, {}),
        ("低保", "-1", {}),
        ("低保", "一", {}),
        ("低保", "1" * 3000, {}),
        ("", 1, {}),
        ("低保\ud800".encode("utf-8", "replace").decode(), "x", {}),
    ],
)
def test_what_is_no_click_of_our_page_is_answered_alike_and_not_counted(indexed, words, place, headers):
    by_three("低保")
    click(words, place, **headers)
    assert counted(What.OPENED) == []


def test_a_full_log_drops_hidden_words_first_then_the_rarest_and_takes_few_new_ones_a_day(
    indexed, monkeypatch
):
    by_three("低保")
    by_three("低保")
    by_three("医疗救助")
    search("医疗救助", 4)
    search("临时救助")
    monkeypatch.setattr(asked, "MOST", 3)
    search("高龄津贴")
    assert AskedWords.objects.count() == 3 and set(plain()) == {"低保", "医疗救助"}
    AskedWords.objects.exclude(digest="").delete()
    monkeypatch.setattr(asked, "MOST", 2)
    search("临时救助", 2)
    assert set(plain()) == {"医疗救助"} and AskedWords.objects.count() == 2
    monkeypatch.setattr(asked, "NEW_A_DAY", 2)
    search("教育救助", 2)
    search("医疗救助", 5)
    assert AskedWords.objects.count() == 2 and AskedCount.objects.get(words__words="医疗救助").times == 5


def test_whoever_searches_without_end_is_counted_no_more(indexed, monkeypatch):
    monkeypatch.setattr(counting, "FROM_ONE", counting.Limit("asked-from-one", 3, 24 * 60))
    for number in range(6):
        search(f"{2010 + number}年报")
    assert AskedWords.objects.count() == 3


def test_hidden_words_and_visitors_cannot_be_had_from_a_copy_of_the_table(indexed, settings):
    search("低保")
    before = AskedWords.objects.get()
    settings.SECRET_KEY = "another"
    AskedWords.objects.all().delete()
    counting.throttle.caches["throttle"].clear()
    search("低保")
    after = AskedWords.objects.get()
    assert before.digest != after.digest and before.visitors != after.visitors


def test_a_count_that_fails_breaks_no_page_and_tells_no_words(indexed, monkeypatch, caplog):
    def locked(*_args: object) -> None:
        raise DatabaseError("database is locked while writing 低保标准")

    monkeypatch.setattr(counting, "note", locked)
    search("低保标准")
    assert "a search was not counted: DatabaseError" in caplog.text and "低保" not in caplog.text


def test_the_count_comes_after_the_page_and_takes_few_queries_whatever_is_kept(indexed):
    search("低保", 9)

    def queries(words: str, who: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            search(words, who)
        return len([one for one in seen if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "PRAGMA"))])

    first = queries("临时救助", 1)
    for number in range(20):
        search(f"{2000 + number}年报", 2)
    assert queries("临时救助", 1) == 2  # the page alone
    assert queries("医疗救助", 1) == first <= 15


def test_a_count_leaves_the_patience_of_the_database_as_it_was(indexed):
    note(Asked("低保", "zh-hans", "192.0.2.1", 3, "found"))
    note_opened(Asked("低保", "zh-hans", "192.0.2.1"), 1)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] != asked.PATIENCE
    assert counted(What.OPENED) == [("", 1, 1)]
