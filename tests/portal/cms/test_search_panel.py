"""The CMS's start page tells its staff that the search doesn't answer as it should."""

import pytest

from search import trouble
from search.engine import embedded
from tests.factories.texts import make_newsroom
from tests.portal.cms.staff import signed_in

START = "/cms/"


@pytest.fixture
def folder(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"


@pytest.mark.django_db
def test_the_staff_are_told_of_a_dead_server_and_of_an_index_that_is_missing(folder, settings):
    editor = signed_in(make_newsroom().writer)
    assert "manage.py rebuild_search" in editor.get(START).content.decode()
    embedded().rebuild([], 1)
    assert "search-trouble" not in editor.get(START).content.decode()
    settings.ES_URL = "http://127.0.0.1:9"
    trouble.begins("elasticsearch")
    words = editor.get(START).content.decode()
    assert "search-trouble" in words and "rebuild_search" not in words
    trouble.ends("elasticsearch")
    assert "search-trouble" not in editor.get(START).content.decode()
