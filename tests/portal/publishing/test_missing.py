"""The report of addresses not found: counts without persons, hard to fill, short-lived; and mended from."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.publishing import missing
from portal.publishing.missing import countable, host_of, note
from portal.publishing.models import AddressChange, MissingAddress
from portal.publishing.schedule import FORGET_MISSES
from portal.redirecting import ALTOGETHER, FROM_ONE
from relief.schedule.run import run_due
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in
from tests.portal.publishing.test_withdraw import notice


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def ask(path: str, who: str = "192.0.2.1", **headers: str) -> int:
    return Client().get(path, REMOTE_ADDR=who, **headers).status_code


def counted() -> dict[str, int]:
    return dict(MissingAddress.objects.values_list("path", "visitors"))


def test_each_visitor_counts_once_a_day_and_only_the_host_that_led_here_is_kept(room):
    link = {"HTTP_REFERER": "https://news.example/secret/page?name=x"}
    for who in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        assert ask("/old/dibao.html?card=6222", who, **link) == 404
    row = MissingAddress.objects.get()
    assert (row.path, row.visitors, row.referrer) == ("/old/dibao.html", 2, "news.example")
    assert (row.first_on, row.last_on) == (clock.today(), clock.today())
    with clock.moved_to(clock.now() + timedelta(days=1)):
        ask("/old/dibao.html")
    row.refresh_from_db()
    assert (row.visitors, row.last_on) == (3, row.first_on + timedelta(days=1))
    names = {field.name for field in MissingAddress._meta.get_fields()}
    assert names == {"id", "path", "visitors", "first_on", "last_on", "referrer"}


def test_what_was_found_sent_or_is_no_page_s_is_not_counted(room):
    page = notice(room.section, "here")
    for path in (
        page.get_url(),
        "/desk/nothing/",
        "/cms/nothing/",
        "/publicity/gs-101-1999-001/",
        "/files/x/y",
        "/static/x",
        "/media/x",
    ):
        ask(path)
    Client().post("/nothing/")
    Client().head("/nothing/")
    assert counted() == {}


@pytest.mark.parametrize(
    "path",
    [
        "/shenqing/11010519491231002X/", "/call/13800138000.html", "/x/１３８００１３８０００/",
        "/x/138-0013-8000/", "/card/6222021234567890128", "/mingdan/张建国/", "/a@b.example/",
        "/.env", "/x/.git/x", "/p:abc/", "/preview/eyJwIjoxMn0abcdefgh1234567/", "/" + "a" * 300,
        "/x\x00y/", "/a b/", "/<script>/", "/",
    ],
)  # fmt: skip
def test_what_could_tell_of_a_person_or_opens_a_door_is_not_kept(path):
    assert countable(path) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/old/2021/zhengce_12.htm",
        "/guan-yu-di-bao-biao-zhun-de-tong-zhi-he-qi-ta",
        "/政策/低保标准",
        "/en/x",
    ],
)
def test_addresses_as_pages_have_them_are_kept(path):
    assert countable(f"{path}/") == path


@pytest.mark.parametrize(
    ("sent", "host"),
    [
        ("https://www.example.gov.cn:8080/x?y#z", "www.example.gov.cn:8080"), ("", ""), ("nonsense", ""),
        ("//someone@x.example/", ""), ("https://13800138000.example/", ""), ("//[::1/", ""),
        (f"https://{'a' * 120}.example/", ""),
    ],
)  # fmt: skip
def test_of_a_referrer_the_plain_host_is_kept(sent, host):
    assert host_of(sent) == host


def test_whoever_tries_many_addresses_is_counted_no_more_and_nobody_makes_the_site_write_without_end(room):
    with clock.moved_to(clock.now().replace(second=0)):  # within one minute, however slow the machine is
        _scan()


def _scan() -> None:
    for number in range(FROM_ONE.times + 5):
        ask(f"/scan/{number}/")
    assert len(counted()) == FROM_ONE.times
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask("/scan/again/")
        ask("/scan/1/")
    assert not [one for one in asked if not one["sql"].startswith("SELECT")]
    for number in range(ALTOGETHER.times):
        ask(f"/many/{number}/", f"198.51.100.{number}")
    assert len(counted()) == ALTOGETHER.times


def test_a_full_report_drops_what_was_asked_for_least_and_takes_few_new_ones_a_day(room, monkeypatch):
    monkeypatch.setattr(missing, "MOST", 3)
    for path in ("/often", "/often", "/b", "/c", "/d"):
        note(path, "")
    assert counted() == {"/often": 2, "/c": 1, "/d": 1}
    monkeypatch.setattr(missing, "NEW_A_DAY", 3)
    note("/e", "")
    note("/c", "")
    assert counted() == {"/often": 2, "/c": 2, "/d": 1}


def test_the_schedule_forgets_after_ninety_days(room):
    note("/old", "")
    for days, left in ((90, 1), (91, 0)):
        with clock.moved_to(clock.now() + timedelta(days=days)):
            outcomes = list(run_due((FORGET_MISSES,)))
        assert (MissingAddress.objects.count(), len(outcomes)) == (left, 1 - left)


def test_the_report_is_filtered_keeps_its_filter_over_pages_and_asks_the_same_for_few_rows_and_many(room):
    client, report = signed_in(room.writer), reverse("publishing:missing")
    assert "90" in client.get(report).content.decode()
    note("/few/1", "news.example")
    with CaptureQueriesContext(connection) as few:
        client.get(report)
    for number in range(60):
        note(f"/many/{number}", "127.0.0.1:8000" if number % 2 else "")
    with CaptureQueriesContext(connection) as many:
        text = client.get(report).content.decode()
    assert len(many) == len(few)
    assert "?p=2" in text
    text = client.get(report, {"q": "many"}).content.decode()
    assert "?q=many&amp;p=2" in text and "/few/1" not in text
    for came, number in (("own", 30), ("others", 1), ("none", 30)):
        assert client.get(report, {"came": came}).context["shown"].paginator.count == number
    assert client.get(report, {"q": "nowhere"}).context["shown"].paginator.count == 0


def test_redirect_this_lets_the_address_lead_to_a_page_and_takes_it_off_the_report(room):
    page, draft = notice(room.section, "here"), room.draft("draft")
    ask("/old/dibao.html")
    row = MissingAddress.objects.get()
    at = reverse("publishing:lead-on", args=[row.pk])
    sent = {"page": page.pk, "reason": "旧网站的网址"}
    assert signed_in(room.writer).post(at, sent).status_code == 200  # an editor releases nothing
    client = signed_in(room.publisher)
    told = client.post(at, {**sent, "reason": ""})
    assert told.status_code == 200 and "reason" in told.context["form"].errors
    assert client.post(at, {**sent, "page": draft.pk}).status_code == 200
    assert counted() and client.post(at, sent).status_code == 302
    assert ask("/old/dibao.html") == 302 and counted() == {}
    noted = AddressChange.objects.get()
    assert (noted.path, noted.reason) == ("/old/dibao.html", sent["reason"])
