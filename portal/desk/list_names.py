"""Names of an ended list, for staff alone: for a stated purpose, logged, marked with who looks and when."""

import uuid
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal.desk.find import find_list, readers_stay_out
from portal.desk.frame import at_desk, held_by, page, refusal_page
from portal.forms import Form
from portal.publicity import sheet
from relief.errors import Refused
from relief.officers.models import Officer
from relief.publicity.editions import current_entries
from relief.publicity.models import PublicList
from relief.publicity.read_names import Purpose, may_read_names, read_names
from relief.trail import clock

PER_PAGE = 100


class NamesForm(Form):
    purpose = forms.ChoiceField(
        label=_("What do you need the names for?"), choices=Purpose.choices, widget=forms.RadioSelect
    )
    page = forms.TypedChoiceField(label=_("Rows"), coerce=int, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def names(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """Ask for the purpose, then show one page of the rows as they were; there is no file of them."""
    one = find_list(officer, code)
    readers_stay_out(officer, held_by(request), "list-names", one)
    back = reverse("desk:list", args=[one.code])
    try:
        actor = may_read_names(one, officer)
    except Refused as refused:
        if request.method == "POST":
            raise
        return refusal_page(request, officer, refused, back=back, title=str(_("Names of an ended list")))
    parts = Paginator(current_entries(one), PER_PAGE)
    form = NamesForm(request.POST if request.method == "POST" else None, initial={"page": 1})
    form.fields["page"].choices = [  # type: ignore[attr-defined]
        (number, f"{parts.page(number).start_index()}–{parts.page(number).end_index()}")
        for number in parts.page_range
    ]
    if parts.num_pages == 1:
        form.fields["page"].widget = forms.HiddenInput()
    context: dict[str, Any] = {"list": one, "form": form, "back_url": back}
    if form.is_bound and form.is_valid():
        context |= _table(one, parts.get_page(form.cleaned_data["page"] or 1), form, officer)
        context |= {"mark": f"{actor.office} {actor.name}", "at": clock.now()}
    status = 422 if form.errors else 200
    return page(request, officer, "desk/list_names.html", context, section="lists", status=status)


def _table(one: PublicList, shown: Any, form: NamesForm, officer: Officer) -> dict[str, Any]:
    rows = read_names(one, list(shown), by=officer, purpose=form.cleaned_data["purpose"])
    heads = sheet.heads_of(one)
    return {
        "heads": heads,
        "rows": [sheet.line(one, heads, row.number, row.row) for row in rows],
        "purpose": Purpose(form.cleaned_data["purpose"]).label,
    }
