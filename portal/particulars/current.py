"""What holds now: one query in a request, whatever the page shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import DatabaseError

from portal.particulars.models import COLUMNS, Particulars
from portal.prepared import Prepared

SUFFIX = {"zh-hans": "zh", "en": "en"}

#: what this request has read; None outside of a request, where every reading asks anew
_read: ContextVar[dict[str, Mapping[str, str]] | None] = ContextVar("particulars", default=None)

_newest = Prepared(lambda: Particulars.objects.order_by("pk").values_list(*COLUMNS)[:1])


def connect() -> None:
    """Called once, when the app is ready."""
    request_started.connect(_begin, dispatch_uid="particulars-begin")
    request_finished.connect(_end, dispatch_uid="particulars-end")


def current() -> Mapping[str, str]:
    """Every column by name; the installation's own values (`settings.BUREAU`) before the row is entered.

    The same where the database can't be asked, after an error within a transaction: error pages have a foot.
    """
    read = _read.get()
    if read is not None and "now" in read:
        return read["now"]
    try:
        rows = _newest()
    except DatabaseError:
        return installed()
    found = dict(zip(COLUMNS, rows[0], strict=True)) if rows else installed()
    if read is not None:
        read["now"] = found
    return found


def forget() -> None:
    """After a change: whoever reads on in this request reads the new values."""
    read = _read.get()
    if read is not None:
        read.clear()


def in_language(name: str, language: str) -> str:
    """One particular in a language; in Chinese where it isn't given in that language. Raises KeyError."""
    values = current()
    if name in values:
        return values[name]
    chinese = values[f"{name}_{SUFFIX[settings.LANGUAGE_CODE]}"]
    return values.get(f"{name}_{SUFFIX.get(language, '')}") or chinese


def installed() -> dict[str, str]:
    """`settings.BUREAU` by column."""
    found = dict.fromkeys(COLUMNS, "")
    for name, value in settings.BUREAU.items():
        if isinstance(value, dict):
            found |= {f"{name}_{SUFFIX[language]}": words for language, words in value.items()}
        else:
            found[name] = value
    return found


def _begin(sender: Any, **kwargs: Any) -> None:
    _read.set({})


def _end(sender: Any, **kwargs: Any) -> None:
    _read.set(None)
