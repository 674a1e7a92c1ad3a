"""How a register writes one value of a row."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.templatetags.cap import day_in_words, money
from relief.applications.benefits import benefits
from relief.confidential.sealed import Sealed

DOTS = "●●●"
NOTHING = "—"
LONGEST = 200


def benefit_label(key: str) -> str:
    """A benefit's name in the active language; an unknown key by itself."""
    return next((str(known.label) for known in benefits() if known.key == key), key)


#: columns that hold a code of something else than their own choices
CODES: dict[str, Callable[[str], str]] = {
    "benefit": benefit_label,
    "language": lambda code: dict(settings.LANGUAGES).get(code, code),
}


def label_of(field: Any) -> str:
    """A column's label; a relation that has none of its own is called what it leads to."""
    words = field.verbose_name
    if field.is_relation and words == field.name.replace("_", " "):
        words = field.related_model._meta.verbose_name
    return capfirst(str(words))


def value_of(row: models.Model, name: str) -> str:
    """The value of a row's column; a sealed one shows that it is there, not what it is."""
    field = row._meta.get_field(name)
    if field.is_relation:
        related = getattr(row, name)
        return NOTHING if related is None else str(related)
    return in_words(field, getattr(row, name))


def in_words(field: Any, value: Any) -> str:
    """A raw value of a column, as it stands in a row or in its history."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Sealed):
        return DOTS
    if field.name in CODES:
        return CODES[field.name](value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        moment = localtime(value)
        return f"{day_in_words(moment)} {moment:%H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False)
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return str(value)
