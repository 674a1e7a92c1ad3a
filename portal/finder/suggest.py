"""What the box in the header proposes while somebody types: titles that hold the words already."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.characters import clean
from search.find import find
from search.plan import FOUND
from search.query import Query

MOST, READ = 6, 60


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The six best titles with their addresses; none where the words are only heard or found in part."""
    words = clean(request.GET.get("q", ""), READ).strip()
    found = find(Query(words, languages=(get_language() or "",), size=MOST, counts=False))
    fits = bool(words) and found.meaning == FOUND
    items = [{"title": hit.record.title, "url": hit.record.url} for hit in found.hits if fits]
    response = JsonResponse({"items": items}, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response
