"""Values as the desk shows them: typed answers, and columns of a row's history, in words."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from portal.forms import Form
from portal.templatetags.cap import day_in_words, money
from relief.households.models import Person
from relief.officers.models import Officer


def shown(value: Any) -> Any:
    """A plain value in words; None stays None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, datetime):
        return f"{day_in_words(value.date())} {value:%H:%M}"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, (list, tuple)):
        return _(", ").join(str(one) for one in value)
    return str(value)


def shown_value(form: Form, name: str) -> Any:
    """What was typed into a field, in words: the label of a choice, an amount, a day."""
    value = form.cleaned_data.get(name)
    for key, label in getattr(form.fields[name], "choices", ()):
        if str(key) == str(value):
            return str(label)
    return shown(value)


def shown_column(
    model: type[models.Model],
    name: str,
    value: Any,
    people: Mapping[int, str],
    officers: Mapping[int, str] | None = None,
) -> Any:
    """The value of a column in words; a person or officer by the name given, a choice by its label."""
    column = model._meta.get_field(name)
    if value is None:
        return None
    if getattr(column, "related_model", None) is Person:
        return people.get(value, _("a member of the household"))
    if getattr(column, "related_model", None) is Officer:
        return (officers or {}).get(value, _("an officer"))
    for key, label in getattr(column, "flatchoices", None) or ():
        if key == value:
            return str(label)
    return shown(value)
