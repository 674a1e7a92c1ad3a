"""Whoever searches for the name of a person of the demo finds nobody."""

import json

import pytest
from django.test import Client

from relief.households.models import Person
from relief.households.queries import open_names
from relief.trail.actor import Robot
from search import engine, follow
from search.find import find
from search.late import complete
from search.query import Query
from search.sources import registered


def names() -> list[str]:
    people = list(Person.objects.order_by("pk")[:500])
    return sorted(set(open_names(people, by=Robot("privacy-test"), purpose="privacy-test").values()))


def found_of(names: list[str]) -> list[str]:
    """The names that stand in any record that a search for them brings."""
    for source in registered():
        complete(source)
    follow.rebuild(engine.embedded())
    return [
        name
        for name in names
        if any(name in json.dumps(hit.record.as_dict(), ensure_ascii=False) for hit in find(Query(name)).hits)
    ]


def test_nobody_of_the_small_demo_is_found_by_name(scratch_demo, settings, tmp_path, client: Client):
    settings.SEARCH_DIR = tmp_path / "search"
    wanted = names()
    assert len(wanted) > 50
    assert found_of(wanted) == []
    assert find(Query("低保")).total > 5
    assert any(one.body for one in follow.everything() if one.kind == "attachment"), "files are read"
    for name in wanted[:20]:
        lines = client.get("/search/", {"q": name}).content.decode().partition("<ol")[2]
        assert name not in lines + client.get("/search/suggest.json", {"q": name}).content.decode()


@pytest.mark.long
def test_nobody_of_the_whole_district_is_found_by_name(scratch_full, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    wanted = names()
    assert len(wanted) > 400
    assert found_of(wanted) == []
