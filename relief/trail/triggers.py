"""Guards inside the database: append-only triggers and witness triggers, on SQLite and PostgreSQL.

They are (re-)installed after every migrate (an SQLite migration drops a table's triggers silently) and
their presence is a system check: the portal does not start without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from relief.ledger.insert_only import InsertOnly
from relief.trail.models import Witness
from relief.trail.tracked import Tracked

WITNESS = Witness._meta.db_table


def tracked_models() -> list[type[Tracked]]:
    return [model for model in apps.get_models() if issubclass(model, Tracked)]


def append_only_tables() -> list[str]:
    """History tables of all tracked models and all insert-only tables."""
    insert_only = [model._meta.db_table for model in apps.get_models() if issubclass(model, InsertOnly)]
    histories = [model.history.model._meta.db_table for model in tracked_models()]
    return sorted(insert_only + histories)


def witnessed_tables() -> list[tuple[str, str]]:
    """(table, primary key column) of every tracked table."""
    return sorted((model._meta.db_table, model._meta.pk.attname) for model in tracked_models())


def install(connection: BaseDatabaseWrapper) -> None:
    """Create what is missing; existing guards are replaced, so a changed definition takes effect."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper, tables: Collection[str] | None = None) -> list[str]:
    """Names of the guards that should be there and are not; of these `tables` alone, when they are given."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    wanted = {name for table, name in _names(connection.vendor) if tables is None or table in tables}
    return sorted(wanted - present)


def install_after_migrate(using: str = "default", **kwargs: Any) -> None:
    """Receiver of `post_migrate`: only once the last of our tables exists."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if set(append_only_tables()) | {table for table, _ in witnessed_tables()} <= tables:
        install(connection)


def check_guards(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """System check (tag `database`): an unguarded trail is an error, not a warning.

    A table that isn't there yet is no fault: `migrate` runs this check before it makes the table.
    """
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        names = missing(connection, set(connection.introspection.table_names()))
        if names:
            found.append(
                Error(
                    f"{len(names)} guards of the audit trail are missing, among them {names[0]}.",
                    hint="Run `manage.py migrate --skip-checks`: it installs them again.",
                    id="relief.E001",
                )
            )
    return found


def _names(vendor: str) -> Iterator[tuple[str, str]]:
    """Each table with each of its guards."""
    kinds = ("u", "d", "t") if vendor == "postgresql" else ("u", "d")
    for table in append_only_tables():
        yield from ((table, f"{table}_ao_{kind}") for kind in kinds)
    for table, _ in witnessed_tables():
        yield from ((table, f"{table}_wit_{kind}") for kind in ("i", "u", "d"))


def _statements(vendor: str) -> Iterator[str]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


_VERBS = {"i": "INSERT", "u": "UPDATE", "d": "DELETE", "t": "TRUNCATE"}


def _sqlite() -> Iterator[str]:
    for table in append_only_tables():
        for kind in ("u", "d"):
            name = f"{table}_ao_{kind}"
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {_VERBS[kind]} ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for table, pk in witnessed_tables():
        for kind in ("i", "u", "d"):
            row = "OLD" if kind == "d" else "NEW"
            name = f"{table}_wit_{kind}"
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield (
                f'CREATE TRIGGER "{name}" AFTER {_VERBS[kind]} ON "{table}" BEGIN '
                f'INSERT INTO "{WITNESS}" (table_name, row_id, writes) VALUES (\'{table}\', {row}."{pk}", 1) '
                f"ON CONFLICT (table_name, row_id) DO UPDATE SET writes = writes + 1; END"
            )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION relief_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    yield (
        "CREATE OR REPLACE FUNCTION relief_witness() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE pk bigint; BEGIN "
        "IF TG_OP = 'DELETE' THEN pk := (to_jsonb(OLD)->>TG_ARGV[0])::bigint; "
        "ELSE pk := (to_jsonb(NEW)->>TG_ARGV[0])::bigint; END IF; "
        f'INSERT INTO "{WITNESS}" AS w (table_name, row_id, writes) VALUES (TG_TABLE_NAME, pk, 1) '
        "ON CONFLICT (table_name, row_id) DO UPDATE SET writes = w.writes + 1; RETURN NULL; END $$"
    )
    for table in append_only_tables():
        for kind in ("u", "d", "t"):
            name, level = f"{table}_ao_{kind}", "STATEMENT" if kind == "t" else "ROW"
            yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {_VERBS[kind]} ON "{table}" '
                f"FOR EACH {level} EXECUTE FUNCTION relief_append_only()"
            )
            yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
    for table, pk in witnessed_tables():
        for kind in ("i", "u", "d"):
            name = f"{table}_wit_{kind}"
            yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
            yield (
                f'CREATE TRIGGER "{name}" AFTER {_VERBS[kind]} ON "{table}" '
                f"FOR EACH ROW EXECUTE FUNCTION relief_witness('{pk}')"
            )
            yield f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"'
