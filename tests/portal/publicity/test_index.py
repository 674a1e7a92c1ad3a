"""Home and the two indexes: what runs stands first, each filter works, an empty state says what next."""

from datetime import timedelta

import pytest

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


def test_lists_stand_in_no_sitemap(client):
    stage = stages.running(stages.ground())
    make_pages()
    with stages.on(stage.day):
        text = read(client, "/sitemap.xml")
    assert "localhost/publicity/</loc>" in text
    assert "localhost/en/publicity/</loc>" in text
    assert stage.list.number not in text
