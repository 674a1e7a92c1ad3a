"""Which engine answers: the chosen one, and the embedded one while that is dead; never an error."""

import time

import pytest

from relief.trail import clock
from search import engine, follow
from search.find import find
from search.query import Query
from tests.search.corpus import records

pytestmark = pytest.mark.django_db
NOBODY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    engine.choice.forget()
    yield
    engine.choice.forget()


def test_without_a_server_the_embedded_index_is_the_chosen_one():
    engine.embedded().rebuild(records()[:60], 1)
    answer = find(Query("低保"))
    assert (answer.engine, answer.degraded, answer.total > 0) == ("embedded", False, True)


def test_a_dead_server_degrades_to_the_embedded_index_and_is_left_alone_for_a_while(settings):
    settings.ES_URL = NOBODY
    engine.embedded().rebuild(records()[:60], 1)
    answer = find(Query("低保"))
    assert (answer.engine, answer.degraded, answer.total > 0) == ("embedded", True, True)
    assert [index.name for index in engine.choice.answering()] == ["embedded"]
    engine.choice.forget()
    assert [index.name for index in engine.choice.answering()] == ["elasticsearch", "embedded"]


def test_without_any_index_the_answer_is_empty():
    answer = find(Query("低保"))
    assert (answer.total, answer.hits, answer.degraded) == (0, (), True)


def test_the_staff_see_since_when_the_server_is_dead_until_it_answers(settings, monkeypatch):
    settings.ES_URL = NOBODY
    engine.embedded().rebuild(records()[:60], 1)
    assert engine.in_trouble() is None
    find(Query("低保"))
    first = engine.in_trouble()
    assert first.engine == "elasticsearch" and first.since <= clock.now()
    assert follow.cursor_of(engine.elastic()) is None
    assert engine.in_trouble() == first
    monkeypatch.setattr(engine.elastic(), "cursor", lambda: 1)
    assert follow.cursor_of(engine.elastic()) == 1 and engine.in_trouble() is None


def test_the_staff_see_that_there_is_no_index():
    assert engine.in_trouble().since is None
    engine.embedded().rebuild([], 1)
    assert engine.in_trouble() is None


def test_a_folder_that_cannot_be_written_stops_no_reader(settings, tmp_path):
    settings.ES_URL, settings.SEARCH_DIR = NOBODY, tmp_path / "file" / "search"
    (tmp_path / "file").write_text("in the way")
    assert find(Query("低保")).degraded


def test_a_server_comes_back_by_itself(settings, monkeypatch):
    settings.ES_URL = NOBODY
    engine.embedded().rebuild(records()[:60], 1)
    find(Query("低保"))
    later = time.monotonic() + engine.PAUSE + 1
    monkeypatch.setattr(engine.time, "monotonic", lambda: later)
    assert engine.choice.answering()[0].name == "elasticsearch"
