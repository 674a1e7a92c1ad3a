"""The file of the embedded index: which one is current, its tables, connections, the swap of a new one.

A folder holds `index-N.sqlite3` and the link `current`. A rebuild writes a new file and moves the link, so
a reader sees the old index or the new one whole; a log kept beside the old file never meets the new one.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.folder import FILE, keep_to_ourselves, own_folder
from search.index import Unavailable

#: raised with every change of the tables or of what a row's number means: older files are made anew
LAYOUT = "3"
#: seconds that a writer waits for another
BUSY = 20
TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE combo (
    id INTEGER PRIMARY KEY,
    kind TEXT, issuer TEXT, topic TEXT, year TEXT, street TEXT, validity TEXT, language TEXT,
    UNIQUE (kind, issuer, topic, year, street, validity, language)
);
CREATE TABLE facts (id INTEGER PRIMARY KEY, combo INTEGER NOT NULL);
CREATE INDEX facts_combo ON facts (combo);
CREATE TABLE record (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, data TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5 (
    title, body, sound, initials, exact, whole, content='', tokenize="ascii tokenchars '.='"
);
"""


class Files:
    """The folder of one embedded index. Connections belong to a thread and to the file they opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._own = threading.local()

    def current(self) -> Path | None:
        """The file that holds now; None before the first rebuild."""
        with suppress(OSError):
            return self.folder / (self.folder / "current").readlink()
        return None

    def connection(self) -> tuple[str, sqlite3.Connection]:
        """This thread's connection to the current file, and the file's name. Raises Unavailable."""
        for _try in range(5):  # between reading the link and opening, a rebuild may have moved it
            path = self.current()
            if path is None:
                raise Unavailable("there is no embedded index yet")
            kept = getattr(self._own, "kept", None)
            if kept and kept[0] == (os.getpid(), path.name):
                return path.name, kept[1]
            if kept and kept[0][0] == os.getpid():
                kept[1].close()
            self._own.kept = None
            with suppress(sqlite3.OperationalError):
                opened = opening(path)
                self._own.kept = ((os.getpid(), path.name), opened)
                return path.name, opened
        raise Unavailable("the embedded index can't be opened")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction on the current file; no rebuild swaps meanwhile, no other process writes."""
        with self._lock():
            _name, connection = self.connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def new(self) -> Iterator[sqlite3.Connection]:
        """A new file, current once the block ends well and gone when it doesn't. One at a time.

        What a process that was killed has left unfinished goes first.
        """
        keep_to_ourselves(own_folder(self.folder))
        current = self.current()
        number = _number(current) + 1 if current else 1
        for left in self.folder.glob("index-*.sqlite3*"):
            if _number(left) >= number:
                left.unlink()
        path = self.folder / f"index-{number}.sqlite3"
        path.touch(mode=FILE)  # the log beside it takes after it
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.executescript("PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;" + TABLES + "BEGIN;")
            yield connection
            connection.commit()
            connection.close()
            self._swap(path)
        except BaseException:
            connection.close()
            path.unlink(missing_ok=True)
            raise

    def _swap(self, path: Path) -> None:
        opening(path).close()  # WAL from now on
        with path.open("rb") as written:
            os.fsync(written.fileno())
        with self._lock():
            link = self.folder / "current-next"  # one name: a killed process leaves one at most
            link.unlink(missing_ok=True)
            link.symlink_to(path.name)
            link.replace(self.folder / "current")
            for old in self.folder.glob("index-*.sqlite3*"):
                if _number(old) < _number(path):
                    old.unlink(missing_ok=True)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (own_folder(self.folder) / "lock").open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


def opening(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there. Raises sqlite3.OperationalError when it isn't."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=BUSY)
    connection.executescript("PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-32768;")
    return connection


def _number(path: Path) -> int:
    return int(path.name.split(".")[0].removeprefix("index-"))
