"""A process killed while it writes the embedded index: the old state or the new one, never a mixture."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter

import pytest

from search import engine, follow
from search.embedded import EmbeddedIndex
from search.index import Change
from search.record import Record
from tests.factories.texts import make_newsroom
from tests.processes import Apart, kind_of
from tests.search.corpus import records

TIMES, SIZE = 10, 200


def said(turn: int) -> list[Record]:
    """The same texts as they read in their `turn`th version."""
    return [replace(one, title=f"{one.title}（第{turn}版）") for one in records()[:SIZE]]


def digests(turn: int) -> dict[str, str]:
    return {one.key: one.cleaned().digest() for one in said(turn)}


@pytest.fixture
def index(db, tmp_path) -> EmbeddedIndex:
    made = EmbeddedIndex(tmp_path / "search")
    made.rebuild(said(0), cursor=0)
    return made


def rebuilt(index: EmbeddedIndex, turn: int) -> None:
    index.rebuild(said(turn), cursor=turn)


def applied(index: EmbeddedIndex, turn: int) -> None:
    index.apply((Change(one.key, one) for one in said(turn)), cursor=turn)


@pytest.mark.parametrize("write", [rebuilt, applied], ids=["rebuild", "publication"])
def test_what_is_there_is_whole(index: EmbeddedIndex, write: Callable[[EmbeddedIndex, int], None]):
    began = perf_counter()
    write(index, 1)
    usual, chance = perf_counter() - began, random.Random(11)
    done = []
    for turn in range(2, TIMES + 2):
        before = index.cursor()
        Apart(lambda turn=turn: write(index, turn)).killed_after(chance.uniform(0, usual))
        now = index.cursor()
        assert now in (before, turn)
        assert dict(index.digests()) == digests(now)
        assert words_fit(index)
        assert len(list(index.files.folder.glob("index-*.sqlite3"))) <= 2
        done.append(now == turn)
    assert not all(done)
    index.rebuild(said(99), cursor=99)
    assert dict(index.digests()) == digests(99)
    left = {one.name for one in index.files.folder.iterdir()} - {"lock", "current", "current-next"}
    assert {name.split(".")[0] for name in left} == {index.files.current().stem}


def words_fit(index: EmbeddedIndex) -> bool:
    """Whether the file is sound and holds the words of all its records, each once."""
    _name, connection = index.files.connection()
    (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
    (facts,) = connection.execute("SELECT count(*) FROM facts").fetchone()
    (found,) = connection.execute("SELECT count(*) FROM words WHERE words MATCH '第*'").fetchone()
    return sound == "ok" and facts == found == SIZE


def test_after_a_kill_the_journal_is_read_on(scratch, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    room, chance = make_newsroom(), random.Random(12)
    follow.rebuild(engine.embedded())
    began = perf_counter()
    follow.bring_up(engine.embedded())
    page = room.published()
    usual = perf_counter() - began
    for act in acts():
        room.published(room.edited(page))
        process = Apart(lambda act=act: kind_of(act))
        process.killed_after(chance.uniform(0, usual))
        follow.bring_up(engine.embedded())
        assert follow.check(engine.embedded()) == []


def acts() -> Iterator[Callable[[], object]]:
    """A publication and a rebuild in turn, three times each; ten times each over records alone above."""
    for _turn in range(3):
        yield lambda: follow.bring_up(engine.embedded())
        yield lambda: follow.rebuild(engine.embedded())
