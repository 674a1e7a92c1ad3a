"""Case data is written through few doors; this looks for other ones in the code.

The guards refuse such writes while the site runs (reliability: five guards); here the code
that would try is named before it runs. Verbs write rows by `save` and `set_if`, sets of rows
through relief/trail/bulk.py, and the portal writes no table of `relief` at all.
"""

import ast
from collections.abc import Callable

from django.apps import apps

from relief.trail.tracked import Tracked
from tests.architecture.sources import FLOORS, calls, python_files

PAST_THE_GUARDS = {"bulk_create", "bulk_update", "_raw_delete", "abulk_create", "abulk_update", "aupdate"}
RAW = {"raw", "cursor", "executescript", "copy"}
ROW_WRITES = {"save", "create", "get_or_create", "update_or_create", "delete"}

# Files that may, and why. A folder ends with a slash.
BULK_DOORS = {
    "relief/trail/": "the doors themselves: set_if, move_all, bulk history",
}
RAW_DOORS = {
    "relief/trail/": "triggers, witness counters, INSERT … SELECT of history",
    "search/embedded_file.py": "the index has a file of its own and is no table of the portal",
    "portal/finder/asked.py": "tells the database how long a count may wait",
    "portal/prepared.py": "asks again what the ORM wrote; SELECT only",
    "portal/transfer/database.py": "one moment for all tables, and keys that go on after an import",
}
PORTAL_WRITES: dict[str, str] = {
    "portal/pages/": "Wagtail pages are the portal's own",
    "portal/attachments/": "versions of files and pictures are the portal's own",
    "portal/notifying/": "the rules, by save(event=…) and set_if; the outbox and log of mails",
    "portal/particulars/verbs.py": "the settings of the site, by save(event=…) and set_if",
    "portal/publishing/": "pages and their publishing; its tracked tables by save(event=…) and set_if",
    "portal/cms/publishing/menu.py": "fills a form without saving it",
    "portal/management/": "sets up the portal's own pages",
    "portal/finder/asked.py": "counts of searches and the digests of a week: no record, deleted after days",
    "portal/handover/verb.py": "the record of a handover, insert-only, within its verb",
    "portal/catalogue/verbs.py": "the catalogue's own rows, each with its event and history",
    "portal/catalogue/health.py": "the newest result of the check, replaced by each run",
    "portal/finder/": "words of files, derived from their bytes: kept and forgotten by the reader",
    "portal/cms/groups.py": "the rights of groups, Wagtail's own tables",
    "portal/transfer/": "enters an export: pages with their keys; what has a history with its event",
    "portal/gate/check.py": "verdicts and releases of the gate of pages, within verbs; insert-only",
    "portal/demo/text_acts.py": "throws a draft of the demo away, as an editor does",
    "portal/demo/standing.py": "saves a spreadsheet, no row",
    "portal/demo/photos.py": "saves a picture, no row",
    "portal/demo/content_pictures.py": "saves a picture, no row",
    "portal/demo/content_body.py": "keeps the demo's files and pictures, as an editor's upload does",
}


# Deletable and insert-only tables: keys, indexes, public rows, entries, series, accounts …
UNTRACKED = {model.__name__ for model in apps.get_models() if not issubclass(model, Tracked)}


def allowed(name: str, doors: dict[str, str]) -> bool:
    return any(name.startswith(door) if door.endswith("/") else name == door for door in doors)


def found_calls(
    floors: tuple[str, ...], doors: dict[str, str], wrong: Callable[[ast.Call, str, str], bool]
) -> list[str]:
    """The calls that are wrong outside the doors, as `file:line receiver.method`."""
    return [
        f"{name}:{call.lineno} {receiver}.{method}(…)"
        for name in python_files(*floors)
        if not allowed(name, doors)
        for call, receiver, method in calls(name)
        if wrong(call, receiver, method)
    ]


def test_rows_are_not_written_past_their_history():
    """Sets of rows are written by relief/trail, or belong to a table that has no history."""

    def wrong(call: ast.Call, receiver: str, method: str) -> bool:
        in_bulk = method in PAST_THE_GUARDS or (method == "update" and is_queryset_update(call))
        return in_bulk and receiver.split(".")[0] not in UNTRACKED and receiver != "super()"

    assert found_calls(FLOORS, BULK_DOORS, wrong) == []


def test_no_sql_by_hand():
    def wrong(_call: ast.Call, receiver: str, method: str) -> bool:
        return method in RAW and (receiver.endswith("objects") or "connection" in receiver)

    assert found_calls(FLOORS, RAW_DOORS, wrong) == []


def test_the_portal_calls_verbs_and_writes_no_row():
    def wrong(_call: ast.Call, receiver: str, method: str) -> bool:
        return method in ROW_WRITES and not receiver.endswith(("session", "super()"))

    assert found_calls(("portal",), PORTAL_WRITES, wrong) == []


def is_queryset_update(call: ast.Call) -> bool:
    """Dictionaries, sets and hashes update from a positional value, querysets by keyword only."""
    return bool(call.keywords) and not call.args
