"""The one door through which a page becomes live, changes live or is withdrawn.

Inside `opened()` the guards (portal.publishing.guards) let a live page be written; nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext as _

from relief.errors import NotAllowed, Reason

_open: ContextVar[bool] = ContextVar("publishing_act", default=False)


@contextmanager
def opened() -> Iterator[None]:
    """Only verbs open it: those of this room, set-up, and the import of a whole site."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def is_open() -> bool:
    return _open.get()


def refuse(code: str, words: str) -> NotAllowed:
    """The refusal of a way around the act."""
    return NotAllowed(Reason(code, words))


def only_by_review() -> NotAllowed:
    words = _(
        "What is public changes only by review: send the text for review, or withdraw it with a reason."
    )
    return refuse("only-by-review", words)
