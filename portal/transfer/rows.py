"""Rows as lines of JSON and back: Django's own serializer, with names for what has another key elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.serializers import jsonl
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from portal.transfer.carried import Carried
from portal.transfer.people import People
from relief.officers.models import Account, Officer


class Exact(DjangoJSONEncoder):
    """Moments to the microsecond: Django's own encoder cuts them, and the order of history hangs on them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "astimezone") else super().default(o)


class RowWriter(jsonl.Serializer):
    """Writes the rows of one table; kinds of content and accounts by name."""

    _current: dict[str, Any]

    def __init__(self, table: Carried, people: People) -> None:
        self.table, self.people = table, people

    def write(self, rows: Iterable[models.Model], to: TextIO) -> None:
        self.serialize(rows, stream=to, fields=self.table.columns, use_natural_foreign_keys=True, cls=Exact)

    def handle_fk_field(self, obj: Any, field: models.ForeignKey) -> None:
        key = getattr(obj, field.attname)
        if field.related_model is ContentType:
            kind = ContentType.objects.get_for_id(key) if key else None
            self._current[field.name] = kind and ".".join(kind.natural_key())
        elif field.related_model is Account:
            self._current[field.name] = self.people.name_of(key)
        elif field.related_model is Officer:
            self._current[field.name] = self.people.name_of_officer(key)
        else:
            self._current[field.name] = key

    def handle_field(self, obj: Any, field: models.Field) -> None:
        if field.name in self.table.officers:
            self._current[field.name] = self.people.name_of_officer(field.value_from_object(obj))
            return
        super().handle_field(obj, field)
        if parts := self.table.without_parts.get(field.name):
            kept = self._current[field.name]
            self._current[field.name] = {name: part for name, part in kept.items() if name not in parts}


class RowReader(jsonl.Deserializer):
    """Reads the lines of one table back as rows that aren't saved yet. Raises DeserializationError."""

    def __init__(self, table: Carried, people: People, lines: Iterable[str]) -> None:
        self.table, self.people = table, people
        super().__init__(lines)  # type: ignore[arg-type]

    def rows(self) -> Iterator[DeserializedObject]:
        yield from self

    def _handle_object(self, obj: Any) -> Iterator[DeserializedObject]:
        if not isinstance(obj, dict) or obj.get("model") != self.table.model._meta.label_lower:
            raise DeserializationError("a row of another table")
        if obj.get("pk") is None or not isinstance(obj.get("fields"), dict):
            raise DeserializationError("a row without key or columns")
        if set(obj["fields"]) != set(self.table.columns):
            raise OtherColumns(self.table.label)
        for name in self.table.officers:
            obj["fields"][name] = self.people.officer(obj["fields"][name])
        yield from super()._handle_object(obj)  # type: ignore[misc]

    def _handle_fk_field_node(self, field: models.ForeignKey, field_value: Any) -> Any:
        if field.related_model is ContentType:
            return field_value and ContentType.objects.get_by_natural_key(*field_value.split(".")).pk
        if field.related_model is Account:
            return self.people.account(field_value)
        if field.related_model is Officer:
            return self.people.officer(field_value)
        return super()._handle_fk_field_node(field, field_value)  # type: ignore[misc]

    def _handle_m2m_field_node(self, field: models.ManyToManyField, field_value: Any) -> Any:
        """Groups that aren't here are left out: a restriction without groups lets nobody in."""
        names = [one[0] for one in field_value]
        return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


class OtherColumns(Exception):
    """The table has other columns here: the two portals run different releases."""
