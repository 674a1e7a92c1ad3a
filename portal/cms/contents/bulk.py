"""Bulk acts over chosen rows: asked once, done page by page, each told whether it was done and why not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from portal.cms.contents.acts import ACTS, Act, Seen
from portal.cms.contents.view import fitting
from portal.cms.publishing.frame import tried
from portal.pages.above import HOME_DEPTH
from portal.publishing.authority import officer_behind, reach_of
from portal.publishing.care import version_of
from portal.publishing.links import links_to
from portal.publishing.queries import records_of
from relief.officers.models import Officer

SEEN = re.compile(r"(\d{1,9})-(\d{0,18})")


@dataclass(frozen=True)
class Outcome:
    """What became of one page."""

    page: Page
    done: bool
    words: str


@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """First shows what will be done to which pages and asks what the act needs; then does it."""
    officer = officer_behind(request.user)
    key = request.POST.get("act", "")
    numbers = _numbers(request)
    pages = _within_reach(numbers, officer) if key in ACTS and len(numbers) <= ACTS[key].most else []
    if not pages:
        messages.warning(request, _why_none(key, numbers))
        return HttpResponseRedirect(contents_url(request.POST.get("back", "")))
    act = ACTS[key]
    sent = "sure" in request.POST
    form = act.form(request.POST if sent else None)
    context = {"act": act, "key": key, "form": form, "back": contents_url(request.POST.get("back", ""))}
    if sent and form.is_valid():
        outcomes = [_one(act, page, officer, _seen(request, page), form.cleaned_data) for page in pages]
        done = sum(one.done for one in outcomes)
        counts = {"outcomes": outcomes, "done": done, "refused": len(outcomes) - done}
        return render(request, "cms/contents/outcomes.html", context | counts)
    lines = _lines(request, pages, links=key == "withdraw")
    return render(
        request,
        "cms/contents/bulk.html",
        context | {"lines": lines, "sent_back": request.POST.get("back", "")},
    )


def contents_url(query: str) -> str:
    """The contents view with the filters that the officer came from."""
    kept = QueryDict(query[:2000], mutable=True)
    for name in ("_w_filter_fragment", "export"):
        kept.pop(name, None)
    address = reverse("publishing:contents")
    return f"{address}?{kept.urlencode()}" if kept else address


def _numbers(request: HttpRequest) -> list[int]:
    """The chosen rows, or with `all` whatever fits the filters now."""
    if "all" in request.POST and "sure" not in request.POST:
        return fitting(request, request.POST.get("back", ""))
    return [int(sent) for sent in request.POST.getlist("page") if re.fullmatch(r"[0-9]{1,18}", sent)]


def _why_none(key: str, numbers: list[int]) -> str:
    if key in ACTS and len(numbers) > ACTS[key].most:
        words = _("At most %(most)d texts at once: narrow the filter or choose rows.")
        return words % {"most": ACTS[key].most}
    return _("Choose rows and what to do with them.")


def _within_reach(numbers: list[int], officer: Officer) -> list[Any]:
    """These pages within reach: what lies below first, a source before its translations."""
    within = Page.objects.filter(reach_of(officer).within(), pk__in=numbers, depth__gte=HOME_DEPTH)
    found = list(within.select_related("locale").specific())
    return sorted(
        found, key=lambda one: (one.locale.language_code != settings.LANGUAGE_CODE, -one.depth, one.path)
    )


def _seen(request: HttpRequest, page: Page) -> Seen:
    """As the form carries it; what was not seen counts as stale."""
    found = SEEN.fullmatch(request.POST.get(f"seen-{page.pk}", ""))
    if found is None:
        return Seen(-1, -1)
    return Seen(int(found[1]), int(found[2]) if found[2] else None)


def _lines(request: HttpRequest, pages: list[Any], *, links: bool) -> list[dict[str, Any]]:
    """The pages with what is seen of them now; a form that comes back keeps what was seen first."""
    kept = records_of(pages)
    return [
        {
            "page": page,
            "seen": request.POST.get(f"seen-{page.pk}")
            or f"{version_of(kept.get(page.pk))}-{page.latest_revision_id or ''}",
            "links": links_to(page) if links else [],
        }
        for page in pages
    ]


def _one(act: Act, page: Any, officer: Officer, seen: Seen, data: dict[str, Any]) -> Outcome:
    done, words = tried(f"page {page.pk}", lambda: act.run(page, officer, seen, data))
    return Outcome(page, done, words)
