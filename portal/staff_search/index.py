"""The index of the staff: a file of its own beside that of the public, which no reader's question reaches."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model
from modelsearch.backends.base import get_model_root

from search.embedded import EmbeddedIndex
from search.notes import Notes


class StaffIndex(EmbeddedIndex):
    """Drafts, files and lists of every state; what an officer may see of them is asked of the database."""

    name = "staff"


def staff_index() -> StaffIndex:
    return _in(Path(settings.SEARCH_DIR) / "staff")


def notes() -> Notes:
    """What is committed and not in it yet."""
    return Notes(staff_index().files.folder)


@lru_cache(maxsize=4)
def _in(folder: Path) -> StaffIndex:
    return StaffIndex(folder)


def family(model: type[Model]) -> str:
    """What a record calls its model: that of the table in which its key is made."""
    return str(get_model_root(model)._meta.label_lower)


def key_of(instance: Any) -> str:
    """`wagtailcore.page:12`: a row of the database and its record have the same number."""
    return key(family(type(instance)), instance.pk)


def key(kind: str, number: int) -> str:
    return f"{kind}:{number}"
