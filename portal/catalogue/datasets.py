"""Each row as a dataset (数据集): CSV, Excel and JSON with licence and stable id."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from portal.catalogue.models import code_of
from portal.catalogue.rows import CHANNELS, LIMIT, OFFICE
from portal.catalogue.rules import Item, Report, Verdict
from portal.catalogue.words import in_words
from portal.context import Bureau
from portal.publicity.downloads import BOM, harmless

SCHEMA, CHECK_SCHEMA = "catalogue-row/1", "catalogue-check/1"
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def licence() -> str:
    """What everybody may do with the data."""
    return _("Free to use, also for business; name the source: %(bureau)s.") % {"bureau": Bureau().name}


def heads() -> list[str]:
    return [
        _("Title"),
        _("Kind"),
        _("Number"),
        _("Signed on"),
        _("Published on"),
        _("Updated on"),
        _("Web address"),
    ]


def cells(item: Item) -> list[str]:
    days = [day.isoformat() if day else "" for day in (item.signed, item.published, item.updated)]
    return [item.title, item.type, item.number, *days, absolute(item.url)]


def csv_text(verdict: Verdict) -> str:
    """UTF-8 with BOM; no cell is taken for a formula."""
    buffer = io.StringIO()
    buffer.write(BOM)
    write = csv.writer(buffer).writerow
    write(heads())
    for item in shown(verdict):
        write([harmless(cell) for cell in cells(item)])
    return buffer.getvalue()


def workbook(verdict: Verdict) -> bytes:
    """The same rows, and a sheet that says what they are."""
    with SpooledTemporaryFile() as target:
        with Workbook(target, OPTIONS) as book:
            book.set_properties({"title": title_of(verdict), "author": Bureau().name})
            page = book.add_worksheet(_("Item of the catalogue"))
            for at, line in enumerate([heads(), *(cells(item) for item in shown(verdict))]):
                for place, cell in enumerate(line):
                    page.write_string(at, place, cell)
            about = book.add_worksheet(_("About"))
            for at, (label, value) in enumerate(_about(verdict)):
                about.write_string(at, 0, label)
                about.write_string(at, 1, value)
        target.seek(0)
        return target.read()


def row_json(verdict: Verdict) -> dict[str, Any]:
    """One row with everything that its page says."""
    facts, row = verdict.facts, verdict.facts.row
    said = facts.said
    return {
        "schema": SCHEMA,
        "id": f"urn:uuid:{code_of(row.key)}",
        "key": row.key,
        "number": row.number,
        "language": get_language(),
        "address": absolute(f"{_prefix()}/disclosure/catalogue/{row.key}/"),
        "licence": licence(),
        "level1": str(row.level1),
        "level2": str(row.level2),
        "elements": str(row.elements),
        "basis": str(row.basis),
        "limit_working_days": LIMIT,
        "shown_working_days": row.shown_days or None,
        "cycle_days": row.cycle,
        "office": str(OFFICE),
        "channels": [str(CHANNELS[sign]) for sign in row.channels],
        "first_published": _iso(facts.first_published),
        "updated": _iso(facts.updated),
        "checked": _iso(facts.checked),
        "checked_by": facts.checked_by,
        "state": verdict.state,
        "level": verdict.level.key,
        "by_dated_notice": verdict.by_notice,
        "statement": {"until": _iso(said.until), "by": said.by, "why": said.why} if said else None,
        "items": [_item_json(item) for item in shown(verdict)],
        "listings": [{"title": one.title, "address": absolute(one.url)} for one in facts.listings],
        "findings": [
            {"code": one.code, "level": one.level.key, "words": in_words(one)} for one in verdict.findings
        ],
    }


def check_json(found: Report) -> str:
    """`/disclosure/check.json`."""
    data = {
        "schema": CHECK_SCHEMA,
        "day": found.day.isoformat(),
        "level": found.level.key,
        "licence": licence(),
        "rows": [row_json(verdict) for verdict in found.rows],
        "pages": [
            {"code": one.code, "level": one.level.key, "words": in_words(one), "address": absolute(one.url)}
            for one in found.pages
        ],
    }
    return dumped(data)


def dumped(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def shown(verdict: Verdict) -> Iterator[Item]:
    """What can be read: no title of a page that is gone leaves the house."""
    return (item for item in verdict.facts.items if item.public)


def title_of(verdict: Verdict) -> str:
    row = verdict.facts.row
    return f"{row.level1} · {row.level2}"


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}{path}" if path.startswith("/") else path


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "kind": item.type,
        "number": item.number,
        "signed": _iso(item.signed),
        "published": _iso(item.published),
        "updated": _iso(item.updated),
        "in_force": not item.ended,
        "dated_notice": item.dated,
        "address": absolute(item.url),
    }


def _about(verdict: Verdict) -> list[tuple[str, str]]:
    row = verdict.facts.row
    return [
        (_("Item of the catalogue"), title_of(verdict)),
        (_("Elements"), str(row.elements)),
        (_("Basis"), str(row.basis)),
        (_("Stable id"), f"urn:uuid:{code_of(row.key)}"),
        (_("Licence"), licence()),
    ]


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _prefix() -> str:
    return "/en" if get_language() == "en" else ""
