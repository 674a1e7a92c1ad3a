"""Filters in the address: what is chosen, how to drop it again, what to say of a value that isn't one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.forms import Form

ALL = _("All")


@dataclass(frozen=True)
class Chip:
    """An active filter as a link that drops it."""

    label: str
    value: str
    url: str


class FilterForm(Form):
    """Base of GET filter forms: a bad value is named and left out, an unknown parameter ignored."""

    def __init__(self, request: HttpRequest, **choices: list[tuple[str, Any]]) -> None:
        super().__init__(request.GET)
        for name, pairs in choices.items():
            self.fields[name].choices = [("", ALL), *pairs]  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("This choice doesn't exist here; it was left out.")
        self.is_valid()

    def value(self, name: str) -> Any:
        """The chosen value; empty when nothing or nothing valid was chosen."""
        return self.cleaned_data.get(name) or ""

    @property
    def chosen(self) -> dict[str, str]:
        """The valid filters as they stand in the address."""
        return {name: str(self.value(name)) for name in self.fields if self.value(name)}

    @property
    def query(self) -> str:
        """`?community=10101`, or nothing."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    @property
    def visible_chosen(self) -> dict[str, str]:
        return {name: value for name, value in self.chosen.items() if not self[name].is_hidden}

    @property
    def chips(self) -> list[Chip]:
        return [self._chip(name, value) for name, value in self.visible_chosen.items()]

    @property
    def clear_url(self) -> str:
        """The address without any filter that the reader sees."""
        return self._without(*self.visible_chosen)

    def _chip(self, name: str, value: str) -> Chip:
        field = self.fields[name]
        words = next((label for key, label in _choices(field) if key == value), value)
        return Chip(str(field.label), str(words), self._without(name))

    def _without(self, *names: str) -> str:
        kept = {name: value for name, value in self.chosen.items() if name not in names}
        return f"?{urlencode(kept)}" if kept else "?"


def _choices(field: forms.Field) -> list[tuple[str, Any]]:
    return list(getattr(field, "choices", ()))
