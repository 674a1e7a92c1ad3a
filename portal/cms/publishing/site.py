"""The settings of the site (站点): what stands on every page, its history old → new, and the way back."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from portal.cms.publishing.frame import Refusable, number_in, status_of, text_in, told
from portal.particulars.current import installed
from portal.particulars.models import COLUMNS, GROUPS, Particulars
from portal.particulars.verbs import change, take_back
from portal.publishing.authority import officer_behind, releases_whole_site
from portal.publishing.difference import marks
from relief.errors import Refused, Stale
from relief.officers.models import Officer
from relief.trail.row_history import RowStep, history_rows, row_history

PER_PAGE = 20


class SiteForm(Refusable, forms.ModelForm):
    """All settings and the reason. What is missing or private the verb says, beside its field."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Particulars
        fields = (*COLUMNS, "why")

    def __init__(self, data: Any = None, *, kept: Particulars) -> None:
        super().__init__(data, instance=copy(kept), initial={"version": kept.version})
        self.initial["why"] = ""
        for name in (*COLUMNS, "why"):
            self.fields[name].required = False
        self.fields["why"].label = gettext_lazy("Reason, for the history")


@require_http_methods(["GET", "HEAD", "POST"])
def site(request: HttpRequest) -> HttpResponse:
    """Shown to every role of the site; changed by who releases on all of it."""
    officer = officer_behind(request.user)
    kept = Particulars.objects.first() or Particulars(**installed())
    form = SiteForm(request.POST if request.POST.get("act") == "change" else None, kept=kept)
    differs: list[Any] = []
    status = 200
    if request.method == "POST":
        if form.is_bound and not form.is_valid():
            return render(request, "cms/site.html", _context(request, kept, form, officer), status=422)
        try:
            if form.is_bound:
                change(kept, by=officer, **_typed(form))
            else:
                version, why = number_in(request, "version"), text_in(request, "why")
                number = number_in(request, "history")
                take_back(kept, by=officer, version=version, history_id=number, why=why)
        except Refused as refused:
            bound = form.is_bound
            differs = _apart(form, refused) if bound and isinstance(refused, Stale) else []
            form.add_refusal(refused) if bound else told(request, refused)
            status = status_of(refused)
        else:
            messages.success(request, _("Changed. Every page says so from now on."))
            return HttpResponseRedirect(request.path)
    context = _context(request, kept, form, officer) | {"differs": differs}
    return render(request, "cms/site.html", context, status=status)


def _typed(form: SiteForm) -> dict[str, Any]:
    values = {name: form.cleaned_data[name] for name in COLUMNS}
    return {"values": values, "why": form.cleaned_data["why"], "version": form.cleaned_data["version"]}


def _apart(form: SiteForm, refused: Stale) -> list[dict[str, Any]]:
    """Where what was typed differs from what somebody saved meanwhile."""
    now = refused.current
    return [
        {"label": form.fields[name].label, "marks": marks(getattr(now, name), form.cleaned_data[name])}
        for name in COLUMNS
        if getattr(now, name) != form.cleaned_data[name]
    ]


def _context(request: HttpRequest, kept: Particulars, form: SiteForm, officer: Officer) -> dict[str, Any]:
    shown = Paginator(history_rows(kept), PER_PAGE).get_page(request.GET.get("p"))
    steps = row_history(kept, start=(shown.number - 1) * PER_PAGE, count=PER_PAGE)
    return {
        "form": form,
        "groups": [(title, [form[name] for name in columns]) for title, columns in GROUPS],
        "kept": kept,
        "back": request.POST if request.POST.get("act") == "take-back" else {},
        "may_change": releases_whole_site(officer),
        "shown": shown,
        "steps": [_in_words(step) for step in steps],
        "newest": Particulars.history.model.objects.filter(id=kept.pk).values_list("history_id").first(),
    }


def _in_words(step: RowStep) -> dict[str, Any]:
    """One version: when, who, why, and each setting from → to."""
    changes = [
        {"label": one.column, "before": one.before or "", "after": one.after or ""}
        for one in step.change.changes
        if one.name in COLUMNS
    ]
    return {"record": step.record, "born": step.change.born, "changes": changes}
