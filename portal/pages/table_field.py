"""A column that holds the numbers of one chapter's tables, with its own form: a table of number inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.pages.statutory_checks import Fault, faults, read, stored_wrongly
from portal.pages.statutory_tables import CHAPTERS, Chapter
from portal.pages.table_view import draw


class TableWidget(forms.Widget):
    """The statutory table with an input in each cell; what was typed stays, whatever is wrong with it."""

    template_name = "pages/cms/table_inputs.html"

    def __init__(self, chapter: Chapter, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.chapter = chapter

    def id_for_label(self, id_: str | None) -> str:
        """No single input carries the field's label; each has its row and column for a name."""
        return ""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> dict[str, str]:
        typed = {code: data.get(f"{name}-{code}") or "" for code in self.chapter.cells()}
        return {code: text for code, text in typed.items() if text.strip()}

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return not any(f"{name}-{code}" in data for code in self.chapter.cells())

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        value = value or {}
        numbers, mistakes = read(self.chapter, {code: str(one) for code, one in value.items()})
        wrong = {code for fault in (*mistakes, *faults(self.chapter, numbers)) for code in fault.cells}
        context = {
            "grids": draw(self.chapter, value, wrong),
            "name": name,
            "disabled": bool((attrs or {}).get("disabled")),
        }
        return SafeString(render_to_string(self.template_name, context))


class TableFormField(forms.Field):
    """Reads what was typed; refuses what is no number and every sum that doesn't fit, all of them at once."""

    def __init__(self, *, chapter: Chapter, **kwargs: Any) -> None:
        self.chapter = chapter
        fixed: dict[str, Any] = {"required": False, "widget": TableWidget(chapter)}
        super().__init__(**{**kwargs, **fixed})

    def clean(self, value: Any) -> dict[str, int | str]:
        if self.disabled:
            return dict(value or {})
        numbers, mistakes = read(self.chapter, value or {})
        _refuse([*mistakes, *faults(self.chapter, numbers)])
        return numbers

    def has_changed(self, initial: Any, data: Any) -> bool:
        numbers, mistakes = read(self.chapter, data or {})
        return not self.disabled and (bool(mistakes) or numbers != (initial or {}))


class TableField(models.JSONField):
    """The numbers of a chapter's tables by cell: counts as integers, fees (万元) as decimal strings."""

    def __init__(self, *args: Any, chapter: str, **kwargs: Any) -> None:
        self.chapter = CHAPTERS[chapter]
        defaults: dict[str, Any] = {"default": dict, "blank": True}
        super().__init__(*args, **{**defaults, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "chapter": self.chapter.code}

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if broken := stored_wrongly(self.chapter, value):
            raise ValidationError(
                _("The table holds what is no number: %(cells)s.") % {"cells": ", ".join(broken)}
            )
        _refuse(faults(self.chapter, value))

    def formfield(self, **kwargs: Any) -> Any:
        asked = {"label": self.verbose_name, "help_text": self.help_text, **kwargs}
        kept = {name: asked[name] for name in ("label", "help_text", "disabled") if name in asked}
        return TableFormField(chapter=self.chapter, **kept)


def _refuse(found: list[Fault]) -> None:
    if found:
        raise ValidationError([ValidationError(fault.words) for fault in found])
