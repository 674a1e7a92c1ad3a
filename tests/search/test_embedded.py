"""The embedded index: what is written is there once, what is taken out is gone, a new file comes in whole."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from search import analysis, embedded, embedded_rows
from search.embedded import EmbeddedIndex
from search.find import find_in
from search.index import Change, Outdated, Unavailable
from search.notes import Notes
from search.query import Query
from search.record import Record
from search.thesaurus import NO_WORDS
from tests.search.corpus import records

NOTICE = Record(
    "page:7:zh-hans",
    "notice",
    "zh-hans",
    "关于公布低保标准的通知",
    "/n/",
    date(2026, 3, 1),
    body="每人每月980元",
)


@pytest.fixture
def index(tmp_path):
    made = EmbeddedIndex(tmp_path / "search")
    made.rebuild([NOTICE], cursor=3)
    return made


def found(index, words):
    return [hit.record for hit in find_in(index, Query(words), NO_WORDS).hits]


def test_nobody_but_its_owner_reads_it_however_open_files_are_made_and_its_folder_was(tmp_path):
    folder = tmp_path / "search"
    usual = os.umask(0)
    try:
        folder.mkdir(mode=0o755)
        made = EmbeddedIndex(folder)
        made.rebuild([NOTICE], cursor=3)
        made.apply([Change(NOTICE.key, NOTICE)], cursor=4)
        Notes(tmp_path / "notes").add(["page:7"])
    finally:
        os.umask(usual)
    written = list(folder.glob("index-*"))
    assert len(written) == 3, "the file, its log and what goes with that"
    assert {path.stat().st_mode & 0o777 for path in written} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, tmp_path / "notes")} == {0o700}


def test_what_was_written_twice_is_there_once(index):
    for _again in range(3):
        index.apply([Change(NOTICE.key, NOTICE)], cursor=4)
    assert found(index, "低保") == [NOTICE]
    assert len(list(index.digests())) == 1
    assert index.cursor() == 4


def test_a_changed_text_is_found_by_its_new_words_only(index):
    changed = replace(NOTICE, title="关于公布特困标准的通知", date=date(2026, 4, 1))
    index.apply([Change(NOTICE.key, changed)], cursor=4)
    assert found(index, "低保") == []
    assert found(index, "特困") == [changed]
    assert find_in(index, Query("低保"), NO_WORDS).total == 0


def test_what_is_taken_out_is_gone(index):
    index.apply([Change(NOTICE.key), Change("page:never:there")], cursor=5)
    assert found(index, "低保") == []
    assert list(index.digests()) == []


def test_records_and_cursor_are_written_together(index):
    def broken():
        yield Change(NOTICE.key)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.apply(broken(), cursor=9)
    assert index.cursor() == 3
    assert found(index, "低保") == [NOTICE]


def test_two_keys_of_one_order_both_stay(index, monkeypatch):
    monkeypatch.setattr(Record, "order", 5)
    other = replace(NOTICE, key="page:8:zh-hans")
    index.apply([Change(NOTICE.key), Change(NOTICE.key, NOTICE), Change(other.key, other)], cursor=4)
    assert {one.key for one in found(index, "低保")} == {NOTICE.key, other.key}


def test_a_rebuild_swaps_whole_and_tells_how_far_it_is(index):
    told = []
    assert index.rebuild(records()[:50], cursor=8, progress=told.append) == 50
    assert told == list(range(1, 51))
    assert (index.cursor(), len(list(index.digests()))) == (8, 50)
    assert len(list(index.files.folder.glob("index-*.sqlite3"))) == 1


def test_a_broken_rebuild_leaves_the_old_index(index):
    def broken():
        yield records()[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.rebuild(broken(), cursor=8)
    assert found(index, "低保") == [NOTICE]
    assert index.cursor() == 3
    assert list(index.files.folder.glob("index-*.sqlite3")) == [index.files.current()]


def test_a_reader_goes_over_to_the_new_file(index):
    reader = EmbeddedIndex(index.files.folder)
    assert found(reader, "低保") == [NOTICE]
    index.rebuild([replace(NOTICE, title="新的标题")], cursor=8)
    assert found(reader, "低保") == []
    assert len(found(reader, "新的标题")) == 1


def test_an_index_of_another_analysis_is_not_written_to(index, monkeypatch):
    monkeypatch.setattr(analysis, "ANALYSIS", "another")
    assert index.cursor() == -1
    with pytest.raises(Outdated):
        index.apply([Change(NOTICE.key)], cursor=4)


def test_a_file_of_another_layout_is_not_read_but_made_anew(index, monkeypatch):
    monkeypatch.setattr(embedded, "LAYOUT", "another")
    assert index.cursor() == -1
    with pytest.raises(Unavailable):
        found(index, "低保")
    index.rebuild([NOTICE], cursor=3)
    assert (found(index, "低保"), index.cursor()) == ([NOTICE], 3)


def test_what_killed_rebuilds_left_goes_with_the_next(index):
    for number in (2, 3, 7):
        (index.files.folder / f"index-{number}.sqlite3").write_bytes(b"half")
    index.rebuild([NOTICE], cursor=4)
    assert list(index.files.folder.glob("index-*.sqlite3")) == [index.files.current()]
    assert found(index, "低保") == [NOTICE]


def test_of_too_many_combinations_type_and_language_are_still_told(index, monkeypatch):
    monkeypatch.setattr(embedded_rows, "APART", 2)
    many = [replace(NOTICE, key=f"page:{n}:zh-hans", year=str(2000 + n)) for n in range(5)]
    index.rebuild(many, cursor=4)
    answer = find_in(index, Query("低保", languages=("zh-hans",)), NO_WORDS)
    assert answer.total == len(answer.hits) == 5
    counted = {facet.name: {one.value: one.count for one in facet.values} for facet in answer.facets}
    assert (counted["kind"], counted["year"]) == ({"notice": 5}, {"2000": 1, "2001": 1})


def test_without_a_file_it_says_that_it_is_unavailable(tmp_path):
    nothing = EmbeddedIndex(tmp_path / "none")
    assert nothing.cursor() == -1
    with pytest.raises(Unavailable):
        find_in(nothing, Query("低保"), NO_WORDS)


WRITER = """
import sys
from datetime import date
from pathlib import Path
from search.embedded import EmbeddedIndex
from search.index import Change
from search.record import Record
index = EmbeddedIndex(Path(sys.argv[1]))
for n in range(20):
    key = f"page:{sys.argv[2]}{n:02}:zh-hans"
    record = Record(key, "notice", "zh-hans", "关于低保的通知", "/", date(2026, 3, 1))
    index.apply([Change(key, record)], cursor=n)
"""


def test_several_processes_write_and_none_is_lost(index):
    command = [sys.executable, "-c", WRITER, str(index.files.folder)]
    writers = [subprocess.Popen([*command, str(n)]) for n in (1, 2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert find_in(index, Query("低保"), NO_WORDS).total == 41
