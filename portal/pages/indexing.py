"""Wagtail's indexes of words and of references follow what is live, not every draft.

They hold a page's row, and saving a draft leaves that as it is: only its bookkeeping is written.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext
from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.publishing.guards import BOOKKEEPING


class IndexedByRow:
    """Pages that are indexed when what readers see of them is written."""

    #: Wagtail doesn't follow them by itself
    search_auto_update = False

    def save(self, *args: Any, **kwargs: Any) -> Any:
        still = only_bookkeeping(kwargs.get("update_fields"))
        with disable_reference_index_auto_update() if still else nullcontext():
            return super().save(*args, **kwargs)  # type: ignore[misc]


def connect() -> None:
    """Called once, when the apps are ready."""
    for model in apps.get_models():
        if issubclass(model, IndexedByRow):
            post_save.connect(follow_row, sender=model, dispatch_uid="page-index")
            post_delete.connect(post_delete_signal_handler, sender=model)


def follow_row(instance: Any, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    """Index the words of a page's row, unless none was written."""
    if not only_bookkeeping(update_fields):
        post_save_signal_handler(instance, **kwargs)


def only_bookkeeping(update_fields: Collection[str] | None) -> bool:
    """Whether a save writes nothing that readers see."""
    return update_fields is not None and frozenset(update_fields) <= BOOKKEEPING
