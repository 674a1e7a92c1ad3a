"""What the public will see of a list, or sees: the very rows that are frozen, in the public table."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.publicity.sheet import cells, heads_of
from relief.applications.models import Application
from relief.officers.authority import scopes_of
from relief.officers.models import Officer
from relief.places.models import Area, Level
from relief.places.scope import within_any
from relief.publicity.compile import new_list
from relief.publicity.freeze import public_rows
from relief.publicity.models import ListKind, PublicList
from relief.publicity.publish import selected_cases
from relief.publicity.queries import visible_entries


def preview_of(
    public_list: PublicList | None,
    officer: Officer,
    *,
    cases: Sequence[Application] | None = None,
    area: Area | None = None,
    benefit: str = "",
    kind: ListKind = ListKind.PRE_APPROVAL,
) -> dict[str, Any]:
    """Table of a compiled list, or of cases chosen for one. Raises Stale when a compiled case was changed."""
    if public_list is None:
        assert area is not None and cases is not None
        public_list = new_list(kind, area, benefit, "—", 1)
    elif cases is None:
        cases = selected_cases(public_list)
    rows = enumerate(public_rows(cases, public_list, by=officer), start=1)
    return _table(public_list, rows) | {"is_preview": True}


def preview_rows(public_list: PublicList, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Table of rows that a list would show."""
    return _table(public_list, enumerate(rows, start=1)) | {"is_preview": True}


def shown_rows(public_list: PublicList) -> dict[str, Any]:
    """Table of a published list as the public may see it today."""
    return _table(public_list, visible_entries(public_list).values_list("row_number", "public_row__row"))


def _table(
    public_list: PublicList, numbered: Iterable[tuple[int, Mapping[str, Any] | None]]
) -> dict[str, Any]:
    heads, rows = heads_of(public_list), list(numbered)
    return {
        "table_heads": heads,
        "table_rows": [cells(public_list, heads, number, row) for number, row in rows],
        "table_persons": sum(int(row.get("persons", 0)) for _number, row in rows if row),
    }


def streets_of(officer: Officer, role: str) -> list[Area]:
    """Streets over which the officer holds `role` today."""
    scopes = scopes_of(officer, {role})
    return list(Area.objects.filter(within_any(scopes, "number"), level=Level.STREET))


def case_token(case: Application) -> str:
    """A case as it was read, for a form that chooses cases: `number:version`."""
    return f"{case.number}:{case.version}"
