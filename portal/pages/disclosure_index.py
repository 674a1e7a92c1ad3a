"""Index of public texts (公开目录): policies, interpretations and notices by theme, issuing body and year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.context import Link
from portal.pages.disclosure import DisclosurePage
from portal.pages.interpretation import InterpretationPage
from portal.pages.languages import in_reader_language
from portal.pages.notice import NoticePage
from portal.pages.official import OfficialPage
from portal.pages.policy import PolicyPage
from portal.pages.text_list import TextFilter, TextList
from portal.publicity.filters import ALL
from portal.publishing.queries import readable

INDEXED: tuple[type[OfficialPage], ...] = (PolicyPage, InterpretationPage, NoticePage)


class IndexFilter(TextFilter):
    """The filters of a section, and the type of text."""

    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)


@dataclass(frozen=True)
class TypeTag:
    """What kind of text a line is."""

    label: str
    colour: str = "grey"


class TextIndex(TextList):
    """All texts with metadata; each choice of a filter says how many fit it beside the other filters."""

    filter_class: ClassVar[type[TextFilter]] = IndexFilter

    def __init__(self, request: HttpRequest, texts: list[Any]) -> None:
        super().__init__(request, texts)
        for name, offered in self.choices().items():
            self.form.fields[name].choices = [("", ALL), *self._counted(name, offered)]  # type: ignore[attr-defined]

    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        types = [(_key(model), capfirst(str(model._meta.verbose_name))) for model in INDEXED]
        return {**self._offered, "type": types}

    @cached_property
    def _offered(self) -> dict[str, list[tuple[str, Any]]]:
        return super().choices()

    def values(self, text: Any) -> dict[str, str]:
        return super().values(text) | {"type": _key(type(text))}

    def tags(self) -> dict[int, TypeTag]:
        """Of each text shown, what kind it is."""
        return {entry.source.pk: TypeTag(str(entry.source._meta.verbose_name)) for entry in self.entries}

    def _counted(self, name: str, offered: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """The choices that something fits, with how much; the chosen one stands without its count."""
        chosen = self.form.chosen
        others = {key: value for key, value in chosen.items() if key != name}
        counts = Counter(self.values(text)[name] for text in self.texts if self._fits(text, others))
        return [
            (value, label if value == chosen.get(name) else f"{label} ({counts[value]})")
            for value, label in offered
            if counts[value] or value == chosen.get(name)
        ]


@require_safe
def disclosure_index(request: HttpRequest) -> HttpResponse:
    """`/disclosure/index/`: filters, order and page stand in the address; five queries and one a type."""
    listing = TextIndex(request, _texts())
    context = {
        "title": _("Index of public texts"),
        "listing": listing,
        "form": listing.form,
        "results": listing.results,
        "tags": listing.tags(),
        "breadcrumbs": _above(),
    }
    response = render(request, "pages/disclosure_index.html", context)
    response["Cache-Control"] = "no-cache"
    return response


def _texts() -> list[OfficialPage]:
    """The public Chinese texts, which state the facts; without their bodies."""
    found: list[OfficialPage] = []
    for model in INDEXED:
        heavy = [name for name in ("body", "blocks") if hasattr(model, name)]
        pages = model.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        found += readable(pages).select_related("locale").defer(*heavy)
    return found


def _above() -> list[Link]:
    pages = DisclosurePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return [Link(page.title, page.get_url() or "") for page in in_reader_language(list(readable(pages)))]


def _key(model: type[OfficialPage]) -> str:
    return str(model._meta.model_name)
