"""What must not be read in the demo's database file: every invented person's particulars, opened."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection

from relief.confidential.sealed import SealedField
from relief.confidential.vault import open_many
from relief.trail.actor import Robot

PARTICULARS = {
    "person.name", "person.id-number", "person.phone", "household.address", "household.phone",
    "household.account", "visit.findings", "opinion.words", "democratic-review.minutes",
    "response.respondent", "response.contact", "response.words", "response.answer",
}  # fmt: skip


def particulars() -> dict[str, set[str]]:
    """All sealed texts by purpose."""
    found: dict[str, set[str]] = {}
    for model in apps.get_app_config("relief").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, SealedField) and field.purpose in PARTICULARS:
                values = model._default_manager.exclude(**{field.name: None}).values_list("pk", field.name)
                opened = {str(pk): (field.purpose, sealed) for pk, sealed in values}
                texts = open_many(opened, by=Robot("test"), purpose="test")
                found.setdefault(field.purpose, set()).update(text for text in texts.values() if text)
    return found


def forms_of(text: str) -> Iterator[bytes]:
    """The text as it may lie in a file: UTF-8, UTF-16, escaped in JSON."""
    yield text.encode()
    yield text.encode("utf-16-le")
    yield json.dumps(text)[1:-1].encode()


def stored_bytes(database: str) -> bytes:
    """Everything that the database holds: the file itself, free pages too, or every row as text."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(database).read_bytes()
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT "{table}"::text FROM "{table}"')
            rows += [row[0].encode() for row in cursor.fetchall()]
    return b"\n".join(rows)
