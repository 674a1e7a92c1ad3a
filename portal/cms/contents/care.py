"""Who answers for one text and when it is looked at again; "checked, unchanged" is one click."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.models import Page

from portal.cms.contents.acts import CheckDateForm, OwnerForm
from portal.cms.contents.bulk import contents_url
from portal.cms.contents.lines import lines_of
from portal.cms.publishing.frame import number_in, officer_on, page_or_404, told
from portal.publishing.authority import reach_of
from portal.publishing.care import (
    CARERS,
    check_unchanged,
    cycle_of,
    set_next_check,
    set_owner,
    version_of,
    with_care,
)
from portal.publishing.models import PageRecord
from portal.publishing.submit import record_of
from relief.errors import Invalid, Refused
from relief.officers.models import Officer

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def care(request: HttpRequest, page_id: int) -> HttpResponse:
    """Owner, next check and their history. A refused act keeps what was typed."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    act = request.POST.get("act", "")
    kept = record_of(page)
    owner_form = OwnerForm(request.POST if act == "owner" else None, prefix="owner")
    date_form = CheckDateForm(
        request.POST if act == "check" else None,
        prefix="check",
        initial={"next_check_on": kept.next_check_on if kept else None},
    )
    form = {"owner": owner_form, "check": date_form}.get(act)
    if form is not None and form.is_valid() and _done(request, form, page, officer, act):
        return HttpResponseRedirect(request.path)
    (line,) = lines_of(
        list(with_care(Page.objects.filter(pk=page.pk)).select_related("locale")), reach_of(officer)
    )
    context = {
        "page": page,
        "line": line,
        "record": kept,
        "version": version_of(kept),
        "cares": bool(line.roles & set(CARERS)),
        "cycle": cycle_of(type(page)),
        "forms": [("owner", _("Set owner"), owner_form), ("check", _("Set next check"), date_form)],
        "past": _past(kept),
    }
    return render(request, "cms/contents/care.html", context)


@require_POST
def checked(request: HttpRequest, page_id: int) -> HttpResponse:
    """ "Checked, unchanged": one click, one Event."""
    page = page_or_404(page_id)
    officer = officer_on(request, page)
    try:
        check_unchanged(page, by=officer, version=number_in(request, f"version-{page.pk}"))
    except Refused as refused:
        told(request, refused)
    else:
        messages.success(request, _("“%(title)s”: checked, unchanged.") % {"title": page.title})
    if "back" in request.POST:
        return HttpResponseRedirect(contents_url(request.POST["back"]))
    return HttpResponseRedirect(reverse("publishing:care", args=[page.pk]))


def _done(request: HttpRequest, form: forms.Form, page: Any, officer: Officer, act: str) -> bool:
    version, data = number_in(request, "version"), form.cleaned_data
    try:
        if act == "owner":
            set_owner(page, by=officer, owner=data["owner"], why=data["why"], version=version)
        else:
            set_next_check(page, by=officer, on=data["next_check_on"], why=data["why"], version=version)
    except Invalid as invalid:
        for name, reasons in invalid.fields.items():
            form.add_error(name, [str(one) for one in reasons])
        return False
    except Refused as refused:
        told(request, refused)
        return False
    messages.success(request, _("Done and recorded."))
    return True


def _past(kept: PageRecord | None) -> list[dict[str, Any]]:
    """Changes of owner and next check, newest first, each with who, when and why."""
    if kept is None:
        return []
    rows = list(kept.history.select_related("owner"))
    told: list[dict[str, Any]] = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        owner = None if before and before.owner_id == row.owner_id else row.owner
        day = None if before and before.next_check_on == row.next_check_on else row.next_check_on
        checked = (
            row.checked_at
            if row.checked_at and (before is None or before.checked_at != row.checked_at)
            else None
        )
        if owner or day or checked or (before and before.next_check_on and not row.next_check_on):
            told.append({"row": row, "owner": owner, "day": day, "checked": checked})
    return told[:SHOWN]
