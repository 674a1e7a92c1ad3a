"""The forms in which a list goes out, as its gate reads them: filled by the web when the app is ready.

relief knows no page, no file and no poster; yet what it publishes must be looked at in every one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from relief.publicity.models import PublicList


@dataclass(frozen=True)
class Document:
    """One document of a form such as `page.zh`: media type, bytes, and its number within the form."""

    form: str
    media: str
    body: bytes
    part: int = 1


class Forms(Protocol):
    """All forms of a list."""

    def release(self) -> str:
        """What changes when a template or a form's code does."""
        ...

    def particulars(self) -> Sequence[str]:
        """Values of offices that may be printed: hotline, addresses, mail."""
        ...

    def draw(self, public_list: PublicList) -> Iterator[Document]:
        """Every document of every form, one after the other. Raises NotDrawn."""
        ...


class NotDrawn(Exception):
    """A form can't be drawn; `form` names it."""

    def __init__(self, form: str, why: str = "") -> None:
        super().__init__(f"{form} {why}".strip())
        self.form = form


_forms: list[Forms] = []


def register_forms(found: Forms) -> None:
    """Called once by the portal when the app is ready."""
    _forms[:] = [found]


def forms() -> Forms:
    return _forms[0]


@contextmanager
def drawn_by(others: Forms) -> Iterator[None]:
    """Other forms while the block runs (tests)."""
    before = list(_forms)
    register_forms(others)
    try:
        yield
    finally:
        _forms[:] = before
