"""The catalogue in the CMS: what editors do to a row, and column health among the reports."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access

from portal.actors import who
from portal.catalogue import verbs
from portal.catalogue.admin_forms import ACTS, CATALOGUE_ACTS, RowForm
from portal.catalogue.facts import read_facts
from portal.catalogue.health import site_health
from portal.catalogue.models import CatalogueRow, CheckRun
from portal.catalogue.rules import Level
from portal.catalogue.views import drawn, found_in_words, judged
from portal.catalogue.words import COLOURS
from relief.errors import Refused
from relief.officers.authority import officer_of
from relief.officers.models import Officer
from relief.trail.timeline import acts_on


@require_admin_access
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """All rows with their state; where an act is done is the row's own screen."""
    facts, _filed = read_facts()
    lines = [drawn(one) for one in judged(facts)]
    for line in lines:
        line["edit_url"] = reverse("catalogue_admin:row", args=[line["row"].key])
    context = {"lines": lines, **_titled(_("Catalogue of disclosure"))}
    return render(request, "catalogue/cms_rows.html", context)


@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, key: str) -> HttpResponse:
    """One row: what stands in it, and its acts. A refused act keeps what was typed."""
    officer = _officer(request)
    tracked = CatalogueRow.objects.filter(key=key).first()
    if tracked is None:
        raise Http404
    form = RowForm(request.POST or None, version=tracked.version)
    if request.method == "POST" and form.is_valid():
        try:
            _do(form, tracked, officer)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Done and recorded."))
            return redirect("catalogue_admin:row", key)
    return render(request, "catalogue/cms_row.html", _row_context(key, tracked, form), status=_status(form))


@require_admin_access
@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """Column health (栏目体检), as it is now."""
    found = site_health()
    context = {
        "findings": [found_in_words(one) for one in found],
        "red": sum(one.level == Level.RED for one in found),
        "amber": sum(one.level == Level.AMBER for one in found),
        "newest": CheckRun.objects.last(),
    }
    return render(request, "catalogue/cms_health.html", context | _titled(_("Column health")))


def _do(form: RowForm, tracked: CatalogueRow, officer: Officer) -> None:
    """The act that the pressed button names."""
    data = form.cleaned_data
    given: dict[str, Any] = {"by": officer, "version": data["version"]}
    if data["act"] == "attach":
        verbs.attach(tracked, page=data["page"], **given)
    elif data["act"] == "detach":
        verbs.detach(tracked, page_key=data["page_key"], title=data["title"], **given)
    elif data["act"] == "check":
        verbs.check_unchanged(tracked, **given)
    elif data["act"] == "end":
        verbs.end_statement(tracked, **given)
    else:
        said = {name: data[name] for name in ("why_zh", "why_en", "until")}
        verbs.state_nothing(tracked, **said, **given)


def _row_context(key: str, tracked: CatalogueRow, form: RowForm) -> dict[str, Any]:
    facts, _filed = read_facts(key)
    line = drawn(judged(facts)[0])
    acts = [
        {"at": one.at, "name": who(one), "words": CATALOGUE_ACTS.get(one.act, one.act)}
        for one in acts_on(tracked)[:20]
    ]
    return {
        "line": line,
        "all_items": line["facts"].items,
        "form": form,
        "tracked": tracked,
        "acts": acts,
        "names": ACTS,
        "media": form.media,
        "all_url": reverse("catalogue_admin:rows"),
        **_titled(line["title"]),
    }


def _officer(request: HttpRequest) -> Officer:
    officer = officer_of(request.user)
    if officer is None:
        raise PermissionDenied
    return officer


def _status(form: RowForm) -> int:
    return form.status if form.is_bound else 200


def _titled(title: str) -> dict[str, str]:
    return {"page_title": title, "header_title": title}


def warning() -> dict[str, Any] | None:
    """For the start page: the newest kept result, when it found something."""
    run = CheckRun.objects.last()
    if run is None or not (run.red or run.amber):
        return None
    level = Level.RED if run.red else Level.AMBER
    return {"run": run, "colour": COLOURS[level], "url": reverse("catalogue_admin:columns")}
