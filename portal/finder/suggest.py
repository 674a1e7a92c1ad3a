"""What the box in the header proposes while somebody types: titles that hold the words already."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.finder.files import KIND as ATTACHMENT
from portal.finder.words import kinds
from search.characters import clean
from search.find import find
from search.plan import FOUND
from search.query import Query

MOST, READ = 6, 60


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The six best titles with their addresses; none where the words are only heard or found in part.

    Files are left out: who picks a proposal wants the page, and the page names its files.
    """
    words = clean(request.GET.get("q", ""), READ).strip()
    proposed = {"kind": tuple(kind for kind in kinds() if kind != ATTACHMENT)}
    languages = (get_language() or "",)
    found = find(Query(words, filters=proposed, languages=languages, size=MOST, counts=False))
    fits = bool(words) and found.meaning == FOUND
    items = [{"title": hit.record.title, "url": hit.record.url} for hit in found.hits if fits]
    response = JsonResponse({"items": items}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response
