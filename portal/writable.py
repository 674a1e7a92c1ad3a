"""Texts that can be stored: a sign that no database keeps is refused in our words, beside its field."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _


class Writable(forms.BaseForm):
    """A form with any renderer whose texts can be stored: a sign that can't is told beside its field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                refuse_unwritable_in(field)


def refuse_unwritable_in(field: forms.CharField) -> None:
    """Let a text field refuse in our words what can't be kept; Django's own check is of NUL alone."""
    field.validators = [
        one for one in field.validators if not isinstance(one, ProhibitNullCharactersValidator)
    ]
    field.validators.insert(0, refuse_unwritable)


def refuse_unwritable(value: Any) -> None:
    """Refuse NUL and other control characters, lone surrogates and characters damaged on the way.

    What a field made of a text, as a UUID, is none any more.
    """
    for character in value if isinstance(value, str) else "":
        category = unicodedata.category(character)
        control = category == "Cc" and character not in "\t\n\r"
        if control or category == "Cs" or character in "\ufffd\ufffe\uffff":
            raise ValidationError(
                _("The text holds a character that can't be stored (U+%(code)s). Delete it and type again."),
                code="unwritable",
                params={"code": f"{ord(character):04X}"},
            )
