"""Lists of texts in a section: filters, order and pages of the address, over the Chinese pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Page as Results
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from portal.pages.localised import Entry, localised
from portal.pages.topics import Topic
from portal.publicity.filters import Chip, FilterForm
from portal.templatetags.cap import words_lang

PER_PAGE = 20
NEWEST, OLDEST, TITLE = "", "oldest", "title"
ORDERS: dict[str, Any] = {NEWEST: _("Newest first"), OLDEST: _("Oldest first"), TITLE: _("By title")}


class NameSelect(forms.Select):
    """Names to choose from; one that is only known in Chinese is marked so on an English page."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)
        if words_lang(str(label)):
            option["attrs"]["lang"] = "zh-CN"
        return option


class TextFilter(FilterForm):
    """By topic, issuer, year of signing and state; `sort` is kept along."""

    sort = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[(key, "") for key in ORDERS if key]
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    issuer = forms.ChoiceField(label=_("Issued by"), required=False, widget=NameSelect)
    year = forms.ChoiceField(label=_("Year"), required=False)
    state = forms.ChoiceField(label=_("Validity"), required=False)


@dataclass(frozen=True)
class Suggestion:
    """What a filter hides: how many texts there are without it."""

    chip: Chip
    count: int


@dataclass(frozen=True)
class Order:
    """One way to sort, as a link."""

    label: Any
    url: str
    current: bool


class TextList:
    """Texts as the address asks for them; `texts` are all of them, without their bodies.

    `state_of`: the state of each text by key, with label and colour; `states` are what it may be.
    """

    filter_class: ClassVar[type[TextFilter]] = TextFilter

    def __init__(
        self,
        request: HttpRequest,
        texts: list[Any],
        *,
        states: Iterable[tuple[str, Any]] = (),
        state_label: Any = "",
        state_of: Callable[[list[Any]], dict[int, Any]] = lambda _texts: {},
    ) -> None:
        self.request, self.texts = request, texts
        offered = list(states)
        self.states = state_of(texts)
        self.form = self.filter_class(request, **self.choices(), state=offered)
        # the form has made its fields ready to draw when it checked what was chosen
        self.form["state"].label = self.form.fields["state"].label = state_label
        if not offered:
            del self.form.fields["state"]
        page = Paginator(self._filtered(self.form.chosen), PER_PAGE)
        self.results: Results[Any] = page.get_page(request.GET.get("page"))
        self.entries: list[Entry] = localised(list(self.results.object_list))

    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        """What each filter offers: what some text has."""
        return {"topic": _topics(self.texts), "issuer": _issuers(self.texts), "year": _years(self.texts)}

    def values(self, text: Any) -> dict[str, str]:
        """What a text has for each filter."""
        state = self.states.get(text.pk)
        return {
            "topic": text.topic,
            "issuer": text.issuer,
            "year": str(_year(text)),
            "state": state.state if state else "",
        }

    def _filtered(self, chosen: dict[str, str]) -> list[Any]:
        found = [text for text in self.texts if self._fits(text, chosen)]
        order = chosen.get("sort", NEWEST)
        if order == TITLE:
            return sorted(found, key=lambda text: (text.title, text.pk))
        return sorted(found, key=_by_day, reverse=order == NEWEST)

    def _fits(self, text: Any, chosen: dict[str, str]) -> bool:
        has = self.values(text)
        return all(has[name] == value for name, value in chosen.items() if name in has)

    @property
    def is_empty(self) -> bool:
        """Whether there is no text at all, whatever the filters."""
        return not self.texts

    @property
    def out_of_range(self) -> bool:
        """Whether the address asked for a page behind the last."""
        asked = self.request.GET.get("page", "")
        return asked.isdecimal() and int(asked) > self.results.paginator.num_pages

    def suggestions(self) -> list[Suggestion]:
        """For an empty list: each filter that hides something, with what there is without it."""
        if self.results.paginator.count:
            return []
        chosen, found = self.form.chosen, []
        for name, chip in zip(self.form.visible_chosen, self.form.chips, strict=True):
            without = self._filtered({key: value for key, value in chosen.items() if key != name})
            if without:
                found.append(Suggestion(chip, len(without)))
        return found

    def orders(self) -> list[Order]:
        current = self.form.value("sort")
        kept = {name: value for name, value in self.form.chosen.items() if name != "sort"}
        return [
            Order(label, _address(kept | ({"sort": key} if key else {})), key == current)
            for key, label in ORDERS.items()
        ]


def _by_day(text: Any) -> tuple[date, int]:
    return text.signed_on or date.min, text.pk


def _year(text: Any) -> int:
    return text.signed_on.year if text.signed_on else 0


def _address(query: dict[str, str]) -> str:
    return f"?{urlencode(query)}" if query else "?"


def _topics(texts: list[Any]) -> list[tuple[str, Any]]:
    used = {text.topic for text in texts}
    return [(value, label) for value, label in Topic.choices if value in used]


def _years(texts: list[Any]) -> list[tuple[str, str]]:
    years = sorted({_year(text) for text in texts} - {0}, reverse=True)
    return [(str(year), gettext("Year %(year)s") % {"year": year}) for year in years]


def _issuers(texts: list[Any]) -> list[tuple[str, str]]:
    """Issuers by their Chinese names; a reader of another language sees how its texts call them."""
    names = sorted({text.issuer for text in texts if text.issuer})
    language = get_language()
    if not names or language == settings.LANGUAGE_CODE:
        return [(name, name) for name in names]
    translated: dict[Any, str] = {}
    for model in dict.fromkeys(type(text) for text in texts):
        twins = model.objects.filter(locale__language_code=language, live=True)
        translated |= dict(twins.values_list("translation_key", "issuer"))
    known = [text for text in texts if translated.get(text.translation_key)]
    called = {text.issuer: translated[text.translation_key] for text in known}
    return [(name, called.get(name, name)) for name in names]
