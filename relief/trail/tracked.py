"""Mutable case data: every change is one row of history that names its Event (留痕).

A tracked row is born by `save(event=…)` and changed by `trail.set_if` only; nothing deletes it.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models, transaction
from simple_history.models import HistoricalRecords


class UntrackedWriteError(TypeError):
    """Code tried to write a tracked table behind history's back."""


class TrackedQuerySet(models.QuerySet):
    """Reads freely; writes only one by one, through `save(event=…)`."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UntrackedWriteError(
            f"{self.model.__name__} is tracked: write it with save(event=…), trail.set_if or trail.bulk"
        )

    update = delete = bulk_create = bulk_update = _raw_delete = _refuse
    abulk_create = abulk_update = aupdate = adelete = _refuse


class HistoryRow(models.Model):
    """What our history rows hold besides the row's columns: the Event and who acted."""

    event_id = models.BigIntegerField(db_index=True)
    actor_name = models.CharField(max_length=80)
    actor_role = models.CharField(max_length=40, blank=True)
    actor_area = models.CharField(max_length=8, blank=True)

    class Meta:
        abstract = True


class RowHistory(HistoricalRecords):
    """simple-history's records in our order: by `history_id`, for dates can be equal."""

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        options = super().get_meta_options(model)
        return {
            **options,
            "ordering": ("-history_id",),
            "get_latest_by": "history_id",
            "indexes": [
                models.Index(
                    fields=["id", "-history_date", "-history_id"], name=f"{model._meta.model_name}_history_ix"
                )
            ],
        }


class Tracked(models.Model):
    """Base of tracked tables. `version` counts the changes; `set_if` compares and raises it."""

    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager] = TrackedQuerySet.as_manager()
    history = RowHistory(
        inherit=True,
        bases=[HistoryRow],
        history_id_field=models.BigAutoField(),
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=lambda row: None,
        history_user_setter=lambda row, user: None,
    )
    #: columns whose change is never shown word for word, not even to an auditor
    sealed_columns: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, event: Any = None, **kwargs: Any) -> None:
        """Insert the row and its first history row, signed by `event`.

        Raises UntrackedWriteError without an event, for a change of an existing row, outside a
        transaction, and when one of simple-history's off switches is set.
        """
        if event is None or not self._state.adding or args or kwargs.get("update_fields"):
            raise UntrackedWriteError(f"{type(self).__name__}: insert with save(event=…), change with set_if")
        if not transaction.get_connection().in_atomic_block:
            raise UntrackedWriteError("tracked rows are written inside a transaction")
        if hasattr(self, "skip_history_when_saving") or not getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
            raise UntrackedWriteError("history may not be switched off")
        self._event = event
        try:
            super().save(force_insert=True, **{k: v for k, v in kwargs.items() if k == "using"})
        finally:
            del self._event

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UntrackedWriteError(f"{type(self).__name__} rows are never deleted")


class Root(Tracked):
    """A tracked thing that Events speak of; its code is known before its row exists."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta(Tracked.Meta):
        abstract = True
