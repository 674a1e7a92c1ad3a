"""Home and the two indexes: what runs stands first, each filter works, an empty state says what next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import stages
from tests.factories.pages import make_pages

pytestmark = pytest.mark.django_db


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_running_list_on_home_and_index(client):
    stage = stages.running(stages.ground())
    make_pages()
    with stages.on(stage.day):
        for address in ("/", "/publicity/", "/publicity/?street=101&year=2026&month=3"):
            html = read(client, address)
            assert stage.path in html, address
            assert "还剩5天（含今天）" in html, address
        assert stage.path not in read(client, "/publicity/?state=ended")
        assert stage.path not in read(client, "/publicity/?street=102")
        assert stage.path not in read(client, "/publicity/?month=4")
        english = read(client, "/en/publicity/")
    assert "/en" + stage.path in english
    assert "5 days left, today included" in english
    assert "intro-words" in english and "help-words" in english


def test_ended_list_moves_to_its_tab_and_home_names_it(client):
    stage = stages.over(stages.ground())
    make_pages()
    with stages.on(stage.day):
        assert stage.path in read(client, "/publicity/?state=ended")
        for address in ("/en/", "/en/publicity/"):
            html = read(client, address)
            assert "No list is open to objections at present." in html
            assert "/en" + stage.path in html
            assert "8 March 2026" in html


def test_announcements(client):
    stage = stages.announced(stages.ground())
    make_pages()
    with stages.on(stage.day):
        assert stage.path in read(client, "/announcements/")
        assert stage.path in read(client, "/")
        assert stage.path not in read(client, "/announcements/?state=ended")
    with stages.on(stage.list.names_until + timedelta(days=1)):
        assert stage.path in read(client, "/announcements/?state=ended")


def test_nothing_yet(client):
    stages.ground()
    make_pages()
    assert "Nothing has been announced yet." in read(client, "/en/announcements/")
    assert "No list is open to objections at present." in read(client, "/en/")


def test_pages_of_the_index_keep_their_filters(client, monkeypatch):
    monkeypatch.setattr("portal.publicity.index.PER_PAGE", 1)
    district = stages.ground()
    stage = stages.over(district)
    with stages.on(stages.DAY):
        stages.cases.posted(district, stages.published(district, 1, "2026-02"))
    make_pages()
    with stages.on(stage.day):
        html = read(client, "/publicity/?state=ended&street=101")
    assert "?state=ended&amp;street=101&amp;page=2" in html


@pytest.mark.parametrize(
    ("asked", "tab", "empty"),
    [
        ("/publicity/", "Open to objections", "No list is open to objections at present."),
        ("/publicity/?state=ended", "Ended", "No list has ended yet."),
        ("/publicity/?kind=cs", "Open to objections", "No list is open to objections at present."),
        ("/announcements/", "Approvals", "Nothing has been announced yet."),
        ("/announcements/?kind=bg", "Changes and endings", "No change and no ending has been announced yet."),
        ("/announcements/?kind=cs", "Standing lists", "No standing list has been published yet."),
        ("/announcements/?kind=gs", "Approvals", "Nothing has been announced yet."),
        ("/announcements/?kind=cs&state=ended", "Standing lists", "No list has ended yet."),
    ],
)
def test_each_kind_has_its_tab_and_says_when_it_is_empty(client, asked, tab, empty):
    stages.ground()
    make_pages()
    html = read(client, f"/en{asked}")
    assert f'aria-current="page">{tab}</a>' in html
    assert html.count('class="cap-tabs"') == 1 and html.count("aria-current") == 2  # the section and the tab
    assert empty in html


def test_the_filters_stay_in_the_address(client):
    """By benefit too; street and benefit also go along to the other tabs, year and month are of one tab."""
    stage = stages.running(stages.ground())
    make_pages()
    with stages.on(stage.day):
        html = read(client, f"/publicity/?street=101&benefit={stage.list.benefit}&year=2026")
        other = read(client, "/publicity/?benefit=another")
    assert stage.path in html and stage.path in other  # what isn't there is named and left out
    assert f'"/announcements/?street=101&amp;benefit={stage.list.benefit}&amp;kind=cs"' in html
    assert f'"/publicity/?street=101&amp;benefit={stage.list.benefit}&amp;state=ended"' in html


@pytest.mark.parametrize("asked", ["99", "0", "-1", "x", "２", ""])
def test_a_page_that_is_not_there_answers_the_nearest(client, monkeypatch, asked):
    monkeypatch.setattr("portal.publicity.index.PER_PAGE", 1)
    stage = stages.over(stages.ground())
    make_pages()
    with stages.on(stage.day):
        assert stage.path in read(client, f"/publicity/?state=ended&page={asked}")


def test_one_can_respond_from_the_index_while_a_list_is_open(client):
    stage = stages.last_day(stages.ground())
    make_pages()
    for day, responds in ((0, True), (1, False)):
        with stages.on(stage.day + timedelta(days=day)):
            html = read(client, "/publicity/") + read(client, "/publicity/?state=ended")
            assert (f'href="{stage.path}respond/"' in html) == responds


def test_a_withdrawn_list_stands_under_ended(client):
    stage = stages.withdrawn(stages.ground())
    make_pages()
    with stages.on(stage.day):
        assert stage.path not in read(client, "/publicity/")
        html = read(client, "/en/publicity/?state=ended")
    assert stage.path in html and "Withdrawn" in html and "respond/" not in html


def test_queries_do_not_grow_with_the_lists(client):
    district = stages.ground()
    make_pages()
    counts = []
    with stages.on(stages.DAY):
        for batch in ("2026-01", "2026-02", "2026-03"):
            stages.cases.posted(district, stages.published(district, 1, batch))
            read(client, "/publicity/")  # the pages' own tree is cached from now on
            with CaptureQueriesContext(connection) as asked:
                html = read(client, "/publicity/")
            counts.append(len(asked))
    assert html.count('<th scope="row"') == 3
    assert len(set(counts)) == 1, counts


def test_lists_stand_in_no_sitemap(client):
    stage = stages.running(stages.ground())
    make_pages()
    with stages.on(stage.day):
        text = read(client, "/sitemap.xml")
    assert "localhost/publicity/</loc>" in text
    assert "localhost/en/publicity/</loc>" in text
    assert stage.list.number not in text
