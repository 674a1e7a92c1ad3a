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

from portal.cms.publishing.frame import number_in
from portal.particulars.current import installed
from portal.particulars.models import COLUMNS, GROUPS, Particulars
from portal.particulars.verbs import change, enter, version_of
from portal.publishing.authority import acting_on_site, officer_behind
from portal.publishing.difference import marks
from portal.publishing.steps import RELEASERS
from relief.errors import Invalid, NotAllowed, Refused, Stale
from relief.officers.models import Officer
from relief.places.set_up import SETUP
from relief.trail.row_history import RowStep, history_rows, row_history

PER_PAGE = 20


class SiteForm(forms.ModelForm):
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
        self.status = 422

    def add_refusal(self, refused: Refused) -> None:
        """A verb's answer beside its fields; nothing that was typed is lost."""
        fields = refused.fields if isinstance(refused, Invalid) else {}
        for name, reasons in fields.items():
            self.add_error(name if name in self.fields else None, [str(one) for one in reasons])
        if not fields:
            self.add_error(None, [str(one) for one in refused.reasons])
        self.status = 403 if isinstance(refused, NotAllowed) else 409 if isinstance(refused, Stale) else 422


@require_http_methods(["GET", "HEAD", "POST"])
def site(request: HttpRequest) -> HttpResponse:
    """Shown to every role of the site; changed by who releases on all of it."""
    officer = officer_behind(request.user)
    kept = Particulars.objects.first() or Particulars(**installed())
    form = SiteForm(request.POST if request.POST.get("act") == "change" else None, kept=kept)
    differs: list[Any] = []
    if request.method == "POST":
        if form.is_bound and not form.is_valid():
            return render(request, "cms/site.html", _context(request, kept, form, officer), status=422)
        try:
            kept = enter(by=SETUP)
            change(kept, by=officer, **_wanted(request, kept, form))
        except Refused as refused:
            differs = _apart(form, refused) if isinstance(refused, Stale) else []
            form.add_refusal(refused) if form.is_bound else _tell(request, refused)
        else:
            messages.success(request, _("Changed. Every page says so from now on."))
            return HttpResponseRedirect(request.path)
    context = _context(request, kept, form, officer) | {"differs": differs}
    return render(request, "cms/site.html", context, status=form.status if form.errors else 200)


def _wanted(request: HttpRequest, kept: Particulars, form: SiteForm) -> dict[str, Any]:
    """What the pressed button asks for: the typed values, or those of an earlier version."""
    if form.is_bound:
        values = {name: form.cleaned_data[name] for name in COLUMNS}
        return {"values": values, "why": form.cleaned_data["why"], "version": form.cleaned_data["version"]}
    return {
        "values": version_of(kept, number_in(request, "history")),
        "why": request.POST.get("why", ""),
        "version": number_in(request, "version"),
    }


def _apart(form: SiteForm, refused: Stale) -> list[dict[str, Any]]:
    """Where what was typed differs from what somebody saved meanwhile; the next press is a change of that."""
    now = refused.current
    typed: Any = form.data
    form.data = {**typed.dict(), "version": str(now.version)}
    return [
        {"label": form.fields[name].label, "marks": marks(getattr(now, name), form.cleaned_data[name])}
        for name in COLUMNS
        if getattr(now, name) != form.cleaned_data[name]
    ]


def _tell(request: HttpRequest, refused: Refused) -> None:
    for reason in refused.reasons:
        messages.error(request, str(reason))


def _context(request: HttpRequest, kept: Particulars, form: SiteForm, officer: Officer) -> dict[str, Any]:
    shown = Paginator(history_rows(kept), PER_PAGE).get_page(request.GET.get("p"))
    steps = row_history(kept, start=(shown.number - 1) * PER_PAGE, count=PER_PAGE)
    return {
        "form": form,
        "groups": [(title, [form[name] for name in columns]) for title, columns in GROUPS],
        "kept": kept,
        "may_change": _may(officer),
        "shown": shown,
        "steps": [_in_words(step) for step in steps],
        "newest": Particulars.history.model.objects.filter(id=kept.pk).values_list("history_id").first(),
    }


def _may(officer: Officer) -> bool:
    try:
        acting_on_site(officer, RELEASERS)
    except NotAllowed:
        return False
    return True


def _in_words(step: RowStep) -> dict[str, Any]:
    """One version: when, who, why, and each setting from → to."""
    changes = [
        {"label": one.column, "before": one.before or "", "after": one.after or ""}
        for one in step.change.changes
        if one.name in COLUMNS
    ]
    return {"record": step.record, "born": step.change.born, "changes": changes}
