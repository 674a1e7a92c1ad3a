"""Test databases: one migrated template, copied for whoever needs one.

The template is migrated once and named after everything that shapes it, so a second run, the other
workers and every `scratch` only copy it: a file copy on SQLite, CREATE DATABASE … TEMPLATE on
PostgreSQL. There a server lives for one family of tests, and the next one finds the template in a dump.
Guards (append-only triggers) come along and are never lifted; nothing is flushed.
"""

import fcntl
import functools
import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from psycopg import sql

ROOT = Path(settings.BASE_DIR)
FOLDER = Path(settings.VAR_DIR) / "test"
#: the folder of the programs of a server that scripts/with_postgres.py has started
PROGRAMS = os.environ.get("POSTGRES_PROGRAMS", "")
SHAPES_TABLES = (
    "requirements.txt",
    "*/migrations/*.py",
    "portal/settings/*.py",
    "relief/migrating.py",
    "relief/trail/**/*.py",
)
SHAPES_DEMO = (*SHAPES_TABLES, "relief/**/*.py", "portal/**/*.py", "tests/keys/*")


def on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def worker() -> str:
    """This process among its siblings under xdist: gw0, gw1 … or `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def fingerprint(patterns: tuple[str, ...], *more: str) -> str:
    """Ten hexadecimal digits over the files that shape a template."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:10]


def migrated_template() -> str:
    """The name of a database with every migration applied and no other row."""

    def migrate() -> None:
        call_command("migrate", verbosity=0, interactive=False)

    return _template(f"relief_empty_{fingerprint(SHAPES_TABLES)}", migrate)


def demo_template(scale: str = "small") -> str:
    """The name of a database that holds a demo, loaded today through the verbs."""

    def load() -> None:
        call_command("load_demo", scale=scale, verbosity=0)

    label = {"small": "relief_demo", "full": "relief_full"}[scale]
    day = date.today().isoformat()
    return _template(f"{label}_{fingerprint(SHAPES_DEMO, day)}", load, start=migrated_template())


def _template(label: str, fill: Callable[[], None], start: str | None = None) -> str:
    """Finds the template or builds it, once, whichever process comes first."""
    name = str(FOLDER / f"{label}.sqlite3") if on_sqlite() else label
    with _one_builder(label):
        if not exists(name):
            _forget_older(label)
            draft = str(FOLDER / f"{label}.draft.sqlite3") if on_sqlite() else f"{label}_draft"
            drop(draft)
            if not _restored(label, draft):
                copy(start, draft) if start else _create(draft)
                with pointed_at(draft):
                    fill()
                _keep(label, draft)
            _rename(draft, name)
    return name


@contextmanager
def _one_builder(label: str) -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{label}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Points Django's connection, and those of new threads, at another database for a while."""
    before = connection.settings_dict["NAME"]
    point_at(name)
    try:
        yield
    finally:
        point_at(before)


def point_at(name: str) -> None:
    """Points Django's connection at another database for good; what was cached of the old one goes."""
    assert not connection.in_atomic_block, "a test takes either `db` or a scratch database, never both"
    connection.close()
    connection.settings_dict["NAME"] = name
    cache.clear()


@contextmanager
def own_copy(template: str, folder: Path) -> Iterator[str]:
    """A copy of a template to commit to, Django's connection pointed at it; yields its name."""
    name = str(folder / "scratch.sqlite3") if on_sqlite() else f"scratch_{os.getpid()}"
    drop(name)
    copy(template, name)
    try:
        with pointed_at(name):
            yield name
    finally:
        drop(name)


def url(name: str) -> str:
    """The DATABASE_URL with which another process opens this database."""
    if on_sqlite():
        return f"sqlite:///{name}"
    there = connection.settings_dict
    if there["HOST"].startswith("/"):
        return f"postgres://{there['USER']}@/{there['HOST']}/{name}"
    return f"postgres://{there['USER']}:{there['PASSWORD']}@{there['HOST']}:{there['PORT'] or 5432}/{name}"


# --- the four things done to a database ------------------------------------------------------


def exists(name: str) -> bool:
    if on_sqlite():
        return Path(name).exists()
    return bool(_server("SELECT 1 FROM pg_database WHERE datname = %s", name))


def copy(source: str, target: str) -> None:
    """Copies a whole database; nobody may be connected to the source on PostgreSQL."""
    if on_sqlite():
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=WAL")
    else:
        names = {"target": sql.Identifier(target), "source": sql.Identifier(source), "how": _copying()}
        _server(sql.SQL("CREATE DATABASE {target} TEMPLATE {source} {how}").format(**names))


@functools.cache
def _copying() -> sql.SQL:
    """Files are copied in half the time that writing them to the log takes; before version 15 always so."""
    (version,) = _server("SHOW server_version_num")[0]
    return sql.SQL("STRATEGY FILE_COPY" if int(version) >= 150_000 else "")


def drop(name: str) -> None:
    """Removes a database, also one that somebody still holds open; silent when there is none."""
    if on_sqlite():
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(name + suffix).unlink(missing_ok=True)
    else:
        _server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _create(name: str) -> None:
    if not on_sqlite():  # SQLite makes the file when it is first opened
        _server(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))


def _rename(draft: str, name: str) -> None:
    if on_sqlite():
        with closing(sqlite3.connect(draft)) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            file.execute("PRAGMA journal_mode=DELETE")
        Path(draft).rename(name)
    else:
        _server(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name)))


def _restored(label: str, name: str) -> bool:
    """Whether a server that has ended left a dump of this template; then the database is made from it."""
    kept = FOLDER / f"{label}.dump"
    if on_sqlite() or not PROGRAMS or not kept.exists():
        return False
    _create(name)
    _program("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={name}", str(kept))
    return True


def _keep(label: str, name: str) -> None:
    """Dumps a template for the next server."""
    if not on_sqlite() and PROGRAMS:
        unfinished = FOLDER / f"{label}.unfinished"
        _program("pg_dump", "--format=custom", "--compress=0", f"--file={unfinished}", name)
        unfinished.rename(FOLDER / f"{label}.dump")


def _program(name: str, *words: str) -> None:
    there = connection.settings_dict
    command = [Path(PROGRAMS) / name, f"--host={there['HOST']}", f"--username={there['USER']}", *words]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _forget_older(label: str) -> None:
    """Drops templates that an older state of the code has left."""
    kind = label.rsplit("_", 1)[0]
    for path in FOLDER.glob(f"{kind}_*" if on_sqlite() else f"{kind}_*.dump"):
        if path.stem.split(".")[0] != label:
            path.unlink(missing_ok=True)
    if on_sqlite():
        return
    rows = _server("SELECT datname FROM pg_database WHERE datname LIKE %s", kind.replace("_", r"\_") + r"\_%")
    for (name,) in rows:
        drop(name)


def _server(statement: str | sql.Composable, *values: str) -> list[tuple]:
    """Runs a statement beside all databases, outside any transaction."""
    there = connection.settings_dict
    with psycopg.connect(
        host=there["HOST"] or None,
        port=there["PORT"] or None,
        user=there["USER"] or None,
        password=there["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as server:
        cursor = server.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    import gc

    import django

    django.setup()
    gc.freeze()  # as in tests/conftest.py
    gc.set_threshold(50_000, 20, 100)
    demo_template()
