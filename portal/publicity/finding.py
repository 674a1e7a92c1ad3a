"""Find a list by its address, and the rows of it that the address asks for."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.forms import narrow
from portal.publicity import sheet
from portal.publicity.filters import FilterForm
from relief.ledger.codes import normalise_code
from relief.publicity.models import Entry, PublicList
from relief.publicity.queries import communities_of, find


class RowFilter(FilterForm):
    """By community, and by the row number or the row code of the household's receipt."""

    community = forms.ChoiceField(label=_("Community"), required=False)
    row = forms.CharField(label=_("Row number or row code"), required=False, max_length=20)

    def clean_row(self) -> str:
        text = narrow(self.cleaned_data["row"])
        if not text or (text.isascii() and text.isdigit() and len(text) <= 6):
            return text
        code = normalise_code(text)
        if not code:
            raise forms.ValidationError(
                _("Write a row’s number, for example 12, or the row code of the receipt; it was left out.")
            )
        return code

    def apply(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        if community := self.value("community"):
            entries = entries.filter(public_row__row__community=community)
        if row := self.value("row"):
            by_number = row.isdigit()
            entries = entries.filter(row_number=int(row)) if by_number else entries.filter(row_code=row)
        return entries


def row_filter(request: HttpRequest, public_list: PublicList) -> RowFilter:
    """The filter over the communities that have a row on the list."""
    numbers = communities_of(public_list)
    return RowFilter(request, community=[(n, sheet.community_name(public_list, n)) for n in numbers])


def found_list(kind: str, number: str) -> PublicList:
    """Raises Http404 for a number that was never given, or not to a list of this kind."""
    public_list = find(kind, number)
    if public_list is None:
        raise Http404
    return public_list
