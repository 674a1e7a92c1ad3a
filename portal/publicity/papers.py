"""The papers of a list over the web: poster, slip, loudspeaker; none once its time is over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import errors
from portal.freshness import fresh_answer, release
from portal.publicity import addresses
from portal.publicity.finding import found_list
from portal.publicity.loudspeaker import loudspeaker_text
from portal.publicity.poster import SIZES, Cut, cut_of, poster_pdf, rows_with
from portal.publicity.slip import slip_pdf
from portal.publicity.typesetting import MissingGlyph, NotSet
from relief.ledger import journal
from relief.publicity.models import PublicList
from relief.publicity.queries import communities_of, names_visible
from relief.trail import clock

log = logging.getLogger(__name__)
#: a larger paper is set anew each time, so that the cache stays small
LARGEST_KEPT = 1024 * 1024
ONE_DAY = 24 * 60 * 60


@require_safe
def poster(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The poster as PDF; 410 in words when names are over, and a way out in words when it can't be set."""
    public_list = found_list(kind, number)

    def build() -> HttpResponse:
        size = request.GET.get("size") or "a4"
        community = request.GET.get("community") or ""
        if not names_visible(public_list):
            return _over(request, public_list)
        if size not in SIZES:
            return _no_paper(request, public_list, 404, why=_("Posters exist in the sizes A4 and A3."))
        if community and community not in communities_of(public_list):
            return _no_paper(
                request, public_list, 404, why=_("No household of this list is from this community.")
            )
        cut = cut_of(public_list, community)
        return _set(
            request, public_list, cut, f"{size}.{community}", lambda: poster_pdf(public_list, size, cut)
        )

    return fresh_answer(request, public_list, build)


@require_safe
def slip(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Slips for a written response, while the list may be answered."""
    public_list = found_list(kind, number)

    def build() -> HttpResponse:
        if not names_visible(public_list):
            return _over(request, public_list)
        return _set(request, public_list, Cut([]), "slip", lambda: slip_pdf(public_list))

    return fresh_answer(request, public_list, build)


@require_safe
def loudspeaker(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """A text without names to be read aloud, while the list is in public."""
    public_list = found_list(kind, number)

    def build() -> HttpResponse:
        community = request.GET.get("community") or ""
        if not names_visible(public_list):
            return _over(request, public_list)
        if community and community not in communities_of(public_list):
            return _no_paper(
                request, public_list, 404, why=_("No household of this list is from this community.")
            )
        rows = len(cut_of(public_list, community).rows) if community else 0
        text = loudspeaker_text(public_list, community, rows)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")

    return fresh_answer(request, public_list, build)


def _set(
    request: HttpRequest, public_list: PublicList, cut: Cut, what: str, make: Callable[[], bytes]
) -> HttpResponse:
    """The paper, from memory where it was set before; where it can't be set, the page that prints instead."""
    try:
        pdf = _kept(public_list, what, make)
    except MissingGlyph as fault:
        log.error("%s %s: the font has no glyph for %s", public_list.number, what, fault)
        missing = [
            {"sign": sign, "code": f"U+{ord(sign):04X}", "rows": rows}
            for sign, rows in rows_with(fault, public_list, cut)
        ]
        return _no_paper(request, public_list, 503, missing=missing, community=cut.community)
    except NotSet as fault:
        log.error("%s %s: %s", public_list.number, what, fault)
        why = _("The paper could not be made just now. Nothing is lost: print the page instead.")
        return _no_paper(request, public_list, 503, why=why, community=cut.community)
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = "-".join(filter(None, (public_list.number, *what.split("."), get_language())))
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _kept(public_list: PublicList, what: str, make: Callable[[], bytes]) -> bytes:
    """Set once per version of the list, public change, day, language and release of the site.

    By its digest too: lists rehearsed before they are published share a placeholder for a number.
    """
    state = (release(), journal.head(), clock.today().isoformat(), public_list.version, public_list.digest)
    key = f"paper.{public_list.number}.{what}.{get_language()}.{'.'.join(map(str, state))}"
    pdf: bytes | None = caches["papers"].get(key)
    if pdf is None:
        pdf = make()
        if len(pdf) <= LARGEST_KEPT:
            caches["papers"].set(key, pdf, ONE_DAY)
    return pdf


def _over(request: HttpRequest, public_list: PublicList) -> HttpResponse:
    return errors.gone(
        request,
        why=_(
            "The time for showing this list’s names has ended, so it has no poster any more. "
            "Take down what hangs."
        ),
        url=addresses.list_path(public_list),
        label=public_list.title,
    )


def _no_paper(request: HttpRequest, public_list: PublicList, status: int, **more: Any) -> HttpResponse:
    community = more.pop("community", "")
    page = addresses.list_path(public_list) + (f"?community={community}" if community else "")
    context = {"list": public_list, "page_url": page, **more}
    return render(request, "publicity/no_paper.html", context, status=status)
