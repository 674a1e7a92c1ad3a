"""Enter the rows of an import, each signed by an act: its page's own, else that of the whole import."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import DatabaseError
from django.utils.translation import gettext as _

from portal.publishing.models import PublicChange
from portal.transfer.carried import Carried, Kept
from portal.transfer.people import People
from portal.transfer.rows import OtherColumns, RowReader
from portal.transfer.unpack import Archive, Progress, refused
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import record
from relief.trail.tracked import Root

#: whatever a row that no portal wrote may raise on its way into a table
UNFIT = (
    DeserializationError,
    ValidationError,
    DatabaseError,
    ObjectDoesNotExist,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
)


class Entry:
    """The rows of one import. `event` is the act of the import, `actor` who answers for it."""

    def __init__(self, archive: Archive, event: Event, actor: Actor) -> None:
        self.archive, self.event, self.actor = archive, event, actor
        self.people = People()
        #: the acts of the things that acts speak of, by code
        self.acts: dict[UUID, Event] = {}

    def enter(self, table: Carried, progress: Progress) -> None:
        """All rows of a table. Raises Blocked when one doesn't fit, or when there are more or fewer."""
        listed = self.archive.counts.get(table.label, 0)
        reader = RowReader(table, self.people, self.archive.lines(table.label))
        number = 0
        try:
            for row in progress(reader, str(table.model._meta.verbose_name_plural), listed):
                number += 1
                self._enter_one(table, row)
        except OtherColumns as other:
            words = _("“%(table)s” has other columns here. Both portals must run the same release.")
            raise refused("columns", words % {"table": table.label}) from other
        except UNFIT as fault:
            words = _("A row of “%(table)s” can't be entered (after row %(number)s).")
            raise refused("row", words % {"table": table.label, "number": number}) from fault
        if number != listed:
            words = _("“%(table)s” has %(there)s rows, its list says %(listed)s.")
            raise refused("count", words % {"table": table.label, "there": number, "listed": listed})

    def _enter_one(self, table: Carried, row: DeserializedObject) -> None:
        if table.kept == Kept.FREELY:
            row.save()
            return
        thing: Any = row.object
        act = self._act(thing)
        if table.kept == Kept.TRACKED:
            thing.save(event=act)
        else:
            thing.event_id = act.pk
            thing.save()

    def _act(self, thing: Any) -> Event:
        """The act that signs a row; a thing that acts speak of gets one of its own."""
        if isinstance(thing, Root):
            state = str(getattr(thing, "state", ""))
            act = record("import-text", thing, actor=self.actor, to_state=state, cause_id=self.event.pk)
            self.acts[thing.code] = act
            return act
        if isinstance(thing, PublicChange):
            return self.acts[thing.record.code]
        code: Any = getattr(thing, "page_code", None)
        return self.acts.get(code, self.event)
