"""What the address of a big screen asks for; a value that isn't one is named on the screen and left out."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from portal.publicity.addresses import SECTIONS
from portal.publicity.filters import FilterForm
from relief.publicity.models import ListKind

SHORTEST_DWELL, LONGEST_DWELL = 15, 600
THEMES = {"light": _("light"), "dark": _("dark"), "contrast": _("high contrast")}


class ScreenOptions(FilterForm):
    """`community` cuts the list, `dwell` is a page's least time in seconds; a `preview` sends no beat."""

    street = forms.CharField(required=False, max_length=3)
    community = forms.CharField(required=False, max_length=5)
    dwell = forms.IntegerField(required=False, min_value=SHORTEST_DWELL, max_value=LONGEST_DWELL)
    theme = forms.ChoiceField(required=False, choices=list(THEMES.items()))
    kinds = forms.CharField(required=False, max_length=20)
    preview = forms.BooleanField(required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)

    def clean_kinds(self) -> str:
        """Kinds of lists by comma, in the order in which they are shown."""
        chosen = [one for one in self.cleaned_data["kinds"].split(",") if one]
        if any(one not in SECTIONS for one in chosen):
            raise forms.ValidationError("kinds")
        return ",".join(dict.fromkeys(chosen))

    @property
    def theme_name(self) -> str:
        return str(self.value("theme") or "light")

    @property
    def dwell_seconds(self) -> int:
        return int(self.value("dwell") or SHORTEST_DWELL)

    @property
    def chosen_kinds(self) -> list[str]:
        """Running lists first, then all that announces."""
        others = [kind for kind in SECTIONS if kind != ListKind.PRE_APPROVAL]
        return self.value("kinds").split(",") if self.value("kinds") else [ListKind.PRE_APPROVAL, *others]

    @property
    def remarks(self) -> list[str]:
        """Words for each value that was left out, with what is done instead."""
        words = {
            "dwell": _("dwell is a number of seconds from 15 to 600; 15 is used."),
            "theme": _("theme is light, dark or contrast; light is used."),
            "kinds": _("kinds names kinds of lists such as gs,gg; all are shown."),
        }
        return [str(words[name]) for name in words if name in self.errors]

    @property
    def data_query(self) -> str:
        """The part of the address that chooses rows: what the data depend on."""
        chooses = ("street", "community", "kinds")
        return _query({name: value for name, value in self.chosen.items() if name in chooses})

    @property
    def page_query(self) -> str:
        """The whole choice but the preview: the address under which a screen is known."""
        return _query({name: value for name, value in self.chosen.items() if name != "preview"})


def read_options(query: str) -> ScreenOptions:
    """The options that stand in a query string."""
    asked: Any = SimpleNamespace(GET=QueryDict(query))
    return ScreenOptions(asked)


def _query(kept: Mapping[str, str]) -> str:
    text = QueryDict(mutable=True)
    for name, value in kept.items():
        text[name] = value
    return f"?{text.urlencode(safe=',')}" if kept else ""


def preview_of(path: str) -> str:
    """The address of a screen under which it says nothing to the monitor."""
    return f"{path}{'&' if '?' in path else '?'}preview=on"
