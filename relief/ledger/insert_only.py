"""Rows that are written once: neither Python nor (by trigger, see `trail.triggers`) SQL may change them."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models


class InsertOnlyError(TypeError):
    """Code tried to change or delete a row that is written once."""


class InsertOnlyQuerySet(models.QuerySet):
    """Allows reading and inserting, nothing else."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise InsertOnlyError(f"{self.model.__name__} rows are insert-only")

    update = delete = bulk_update = update_or_create = _raw_delete = _refuse

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts") or kwargs.get("ignore_conflicts"):
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)


class InsertOnly(models.Model):
    """Base of insert-only tables: Event, Publication, Opinion, Entry, Posting, access log, refusals."""

    objects: ClassVar[models.Manager] = InsertOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise InsertOnlyError(f"{type(self).__name__} rows are insert-only")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise InsertOnlyError(f"{type(self).__name__} rows are insert-only")
