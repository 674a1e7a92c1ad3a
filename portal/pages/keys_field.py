"""The column that holds some of many keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models


class KeysField(models.JSONField):
    """Some of many keys, ticked in a form. `offer` gives (key, label) whenever a form is drawn."""

    def __init__(self, *args: Any, offer: Any = None, **kwargs: Any) -> None:
        self.offer = offer
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def deconstruct(self) -> Any:
        """To the database it is JSON; what is offered is the code's business."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Boxes to tick instead of JSON to type."""
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            choices=self.offer or (),
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
        )
