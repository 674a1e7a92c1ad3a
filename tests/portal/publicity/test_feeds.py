"""Feeds and calendars: every public change, number, dates and counts, in both languages, never a name."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from tests.factories import stages

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESSES = ("/feeds/lists.atom", "/feeds/lists-101.atom", "/feeds/lists.ics", "/feeds/lists-101.ics")


def entries(answer):
    root = ElementTree.fromstring(answer.content)
    return [
        {tag: one.findtext(f"{ATOM}{tag}") for tag in ("title", "id", "summary", "updated")}
        for one in root.findall(f"{ATOM}entry")
    ]


def events(answer):
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_a_feed_tells_each_public_act_newest_first(client):
    stage = stages.closed(stages.ground())
    with stages.on(stage.day):
        answer = client.get("/en/feeds/lists-101.atom")
        chinese = entries(client.get("/feeds/lists.atom"))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    told = entries(answer)
    assert [one["title"].split(":")[0] for one in told] == [
        "Names deleted",
        "Period ended",
        "Open to objections",
        "List before approval published",
    ][-len(told) :]
    assert len({one["id"] for one in told}) == len(told) >= 3
    assert all(stage.list.number in one["summary"] for one in told)
    assert [one["id"] for one in chinese] == [one["id"] for one in told]
    assert stage.list.title_zh in chinese[0]["title"]


def test_moments_are_told_in_the_districts_time(client):
    """What is done at half past midnight lies on the day before in UTC: no day of the list's."""
    stage = stages.closed(stages.ground())
    with stages.on(stage.day):
        told = entries(client.get("/feeds/lists-101.atom"))
    assert told and all(one["updated"].endswith("+08:00") for one in told)


@pytest.mark.parametrize("name", ["running", "announced", "expired", "withdrawn"])
def test_no_name_and_no_row_code_anywhere(client, name):
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stage.day):
        texts = [client.get(prefix + one).content.decode() for prefix in ("", "/en") for one in ADDRESSES]
    for text in texts:
        for row in stage.rows:
            assert str(row["code"]) not in text
            assert str(row["name"]) not in text


def test_an_event_is_the_period_with_its_last_day(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        (event,) = events(client.get("/feeds/lists.ics"))
        (english,) = events(client.get("/en/feeds/lists-101.ics"))
        assert not events(client.get("/feeds/lists-102.ics"))
    assert event["dtstart"].dt == stage.list.starts_on
    assert event["dtend"].dt == stage.list.ends_on + timedelta(days=1)
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)
    assert event["uid"] == english["uid"]
    assert str(english["summary"]) == stage.list.title_en


def test_waiting_for_its_boards_a_list_has_no_event_yet(client):
    stage = stages.waiting(stages.ground())
    with stages.on(stage.day):
        assert not events(client.get("/feeds/lists.ics"))
        assert len(entries(client.get("/feeds/lists.atom"))) == 1


def test_a_withdrawn_list_cancels_its_event(client):
    stage = stages.withdrawn(stages.ground())
    with stages.on(stage.day):
        (event,) = events(client.get("/en/feeds/lists.ics"))
    assert event["status"] == "CANCELLED"
    assert str(event["summary"]).startswith("Withdrawn: ")


def test_empty_feeds_are_whole(client):
    stages.ground()
    assert entries(client.get("/feeds/lists.atom")) == []
    assert events(client.get("/feeds/lists.ics")) == []


@pytest.mark.parametrize("address", ["/feeds/lists-999.atom", "/feeds/lists-10101.ics", "/feeds/lists-.ics"])
def test_a_street_that_is_none(client, address):
    stages.ground()
    assert client.get(address).status_code == 404


def test_unchanged_is_304_and_queries_do_not_grow(client, django_assert_max_num_queries):
    district = stages.ground()
    with stages.on(stages.DAY):
        for batch in ("2026-01", "2026-02"):
            stages.cases.posted(district, stages.published(district, 1, batch))
        for address in ADDRESSES:
            with django_assert_max_num_queries(8):
                first = client.get(address)
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert "noindex" not in first.get("X-Robots-Tag", "")


def test_pages_lead_to_feed_and_calendar(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        html = client.get("/en" + stage.path).content.decode()
    for ending in ("atom", "ics"):
        assert html.count(f'href="/en/feeds/lists-101.{ending}"') == 2
