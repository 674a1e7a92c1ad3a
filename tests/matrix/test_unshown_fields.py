"""What a form does not show has no effect when it is sent: the outcome is that of the form alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.matrix.contents import contents
from tests.matrix.forms import fields_of, filled
from tests.matrix.ground import Ground
from tests.matrix.table import Line
from tests.matrix.walk import Walker
from tests.matrix.written import lines_of, path_of, shown_form, takes_a_form

#: named like arguments of verbs and attributes of requests
ARGUMENTS = {"by": "1", "officer": "1", "subject": "1", "actor": "1", "only": "1", "user": "1", "answer": "x",
             "area_id": "10201", "household_id": "1", "is_superuser": "on"}  # fmt: skip
#: buttons of other forms ask for another answer of the same page
BUTTONS = {"preview", "match", "add", "remove"}
ACTS = [line for line in lines_of("POST", "desk") if takes_a_form(line) and "302" in line.expected().values()]


def tempting() -> dict[str, Any]:
    """A value for every column of the domain that a case, a list or an officer would profit from."""
    found: dict[str, Any] = dict(ARGUMENTS)
    for model in apps.get_app_config("relief").get_models():
        for field in model._meta.concrete_fields:
            found.setdefault(field.name, _value(field))
    return {name: value for name, value in found.items() if name not in BUTTONS}


def _value(field: models.Field) -> str:
    if field.choices:
        return str(list(field.choices)[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return "2020-01-01"
    if isinstance(field, models.DecimalField):
        return "99999.00"
    return "2" if isinstance(field, models.IntegerField | models.ForeignKey) else "x"


@pytest.mark.parametrize("line", ACTS, ids=lambda line: line.name)
def test_only_what_the_form_shows_counts(ground: Ground, line: Line):
    walker, known = Walker(ground), {}
    actor, form = shown_form(walker, line)
    assert form is not None
    path, data = path_of(line, ground), filled(form)
    more = {name: value for name, value in tempting().items() if name not in fields_of(form)}
    plain = walker.ask(actor, "POST", path, data, look=lambda: contents(known))
    tried = walker.ask(actor, "POST", path, data | more, look=lambda: contents(known))
    assert (plain.word, tried.word) == ("302", "302")
    assert {row: (plain.seen.get(row), tried.seen.get(row)) for row in plain.seen.keys() | tried.seen.keys()
            if plain.seen.get(row) != tried.seen.get(row)} == {}  # fmt: skip
