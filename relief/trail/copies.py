"""History rows that the database makes itself: a copy of the rows as they stand, signed by their Events."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from relief.trail.models import Event
from relief.trail.tracked import Tracked

# What a history row takes from its Event; `record._history_columns` says the same of one row in Python.
FROM_EVENT = {
    "event_id": "event.id",
    "history_date": "event.at",
    "history_change_reason": "CASE WHEN event.reason <> '' THEN event.reason ELSE event.act END",
    "history_user_id": "event.actor_id",
    "actor_name": "event.actor_name",
    "actor_role": "event.actor_role",
    "actor_area": "event.actor_area",
}


def copy_to_history(model: type[Tracked], pairs: Sequence[tuple[int, int]], history_type: str) -> None:
    """One history row of `history_type` (+, ~) for each pair of a row's key and its Event's key.

    The Events must be written already. Five times faster than building the rows in Python, and what
    enters history is what the table holds. Raises RuntimeError when a row or an Event is not there.
    """
    values = [key for pair in pairs for key in pair]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, len(pairs)), [*values, history_type])
        if cursor.rowcount != len(pairs):
            raise RuntimeError(f"{cursor.rowcount} history rows for {len(pairs)} rows of {model.__name__}")


def _statement(model: type[Tracked], count: int) -> str:
    history = model.history.model
    quote = connection.ops.quote_name
    copied = [quote(field.column) for field in history.tracked_fields]
    into = ", ".join([*copied, *map(quote, ("history_type", *FROM_EVENT))])
    # The first pair tells PostgreSQL the types of all.
    pairs = ", ".join(["(CAST(%s AS bigint), CAST(%s AS bigint))", *["(%s, %s)"] * (count - 1)])
    taken = ", ".join([*(f"kept.{column}" for column in copied), "%s", *FROM_EVENT.values()])
    # Only names of tables and columns are put together here, values are bound.
    return (
        f"INSERT INTO {quote(history._meta.db_table)} ({into}) "  # noqa: S608
        f"WITH pair (row_id, event_id) AS (VALUES {pairs}) SELECT {taken} FROM pair "
        f"JOIN {quote(model._meta.db_table)} kept ON kept.id = pair.row_id "
        f"JOIN {quote(Event._meta.db_table)} event ON event.id = pair.event_id ORDER BY kept.id"
    )
