"""What the address asks for: words, filters, days, order; and the filters with how much each would leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.finder.words import label_of, labels
from portal.forms import DateField
from portal.publicity.filters import ALL, FilterForm
from search.answer import Facet
from search.characters import clean
from search.query import NEWEST, OLDEST, TEXT_LIMIT, Query

#: characters of the words that are kept to be told that they are too many
KEPT = TEXT_LIMIT * 2
#: the facets that a reader narrows by
SHOWN = ("kind", "issuer", "year", "street", "validity")


class Words(forms.Field):
    """The words looked for: whatever was typed, without what nobody sees; never an error."""

    def to_python(self, value: Any) -> str:
        return clean(str(value or ""), KEPT).strip()


class SearchForm(FilterForm):
    """Filters in the address. A value that nothing has stays chosen, so that it can be dropped."""

    q = Words(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Type"), required=False)
    issuer = forms.ChoiceField(label=_("Issuing body"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)
    street = forms.ChoiceField(label=_("Street"), required=False)
    validity = forms.ChoiceField(label=_("Validity"), required=False)
    since = DateField(label=_("Published from"), required=False)
    until = DateField(label=_("Published until"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("best first")), (NEWEST, _("newest first")), (OLDEST, _("oldest first"))],
    )

    def __init__(self, request: HttpRequest) -> None:
        self.labels = labels()
        typed = {name: request.GET.get(name, "")[:100] for name in SHOWN}
        super().__init__(request, **{name: self._chosen(name, value) for name, value in typed.items()})

    @property
    def visible_chosen(self) -> dict[str, str]:
        """What narrows the answer; its order doesn't."""
        return {name: value for name, value in super().visible_chosen.items() if name != "sort"}

    def clean(self) -> dict[str, Any]:
        """Days the wrong way round are named and left out; the form shows both as typed."""
        since, until = self._day("since"), self._day("until")
        if since and until and since > until:
            words = _("The first day lies after the last. Both were left out: correct one of them.")
            self.add_error("since", words)
            del self.cleaned_data["until"]
        return self.cleaned_data

    def asked(self, page: int, size: int) -> Query:
        """The question to the finder: the words in every language, texts in the reader's own."""
        return Query(
            text=self.value("q"),
            filters={name: (self.value(name),) for name in SHOWN if self.value(name)},
            since=self._day("since"),
            until=self._day("until"),
            languages=(get_language() or "",),
            sort=self.value("sort"),
            page=page,
            size=size,
        )

    def offer(self, facets: tuple[Facet, ...]) -> None:
        """Let each filter offer what there is, with counts; one that would change nothing isn't shown."""
        counted = {facet.name: facet for facet in facets}
        for name in SHOWN:
            values = counted[name].values if name in counted else ()
            chosen = self.value(name)
            if len(values) < 2 and not chosen:
                del self.fields[name]
                continue
            offered = [
                (one.value, self._label(name, one.value) + ("" if one.chosen else f" ({one.count})"))
                for one in values
                if one.value
            ]
            self.fields[name].choices = [("", ALL), *offered]  # type: ignore[attr-defined]

    def _chosen(self, name: str, value: str) -> list[tuple[str, Any]]:
        value = clean(value, 100).strip()
        return [(value, self._label(name, value))] if value else []

    def _label(self, name: str, value: str) -> str:
        known: Mapping[str, str] = self.labels.get(name, {})
        return label_of(known, value)

    def _day(self, name: str) -> date | None:
        return self.cleaned_data.get(name)
