"""The day on which an index was last compared with what is public, kept beside it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from search.index import Index


def compared_on(index: Index) -> str:
    """The day as ISO has it; empty before the first time, and where it has to be done again."""
    mark = _mark(index)
    return mark.read_text() if mark.exists() else ""


def remember(index: Index, day: str) -> None:
    _mark(index).write_text(day)


def compare_again(index: Index) -> None:
    """It missed something that the journal doesn't tell of: the next tick that reaches it compares."""
    _mark(index).unlink(missing_ok=True)


def _mark(index: Index) -> Path:
    return Path(settings.SEARCH_DIR) / f"compared-{index.name}"
