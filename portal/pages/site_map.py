"""The site map (网站地图): the pages of the tree in its order, for readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.publishing.queries import readable

#: of a section with more pages than these only the first are named, with a link to all
NAMED = 20


@dataclass
class Node:
    """A page with the pages below it; `more` pages aren't named."""

    title: str
    url: str
    below: list[Node] = field(default_factory=list)
    more: int = 0


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """`/sitemap/`."""
    return render(request, "pages/site_map.html", {"nodes": site_nodes(request)})


def site_nodes(request: HttpRequest) -> list[Node]:
    """The public pages of the language's tree below its home page: two queries, whatever their number."""
    home = Page.objects.filter(depth=2, locale__language_code=get_language()).live().first()
    if home is None:
        return []
    below: dict[str, list[Page]] = defaultdict(list)
    for page in readable(Page.objects.descendant_of(home)).order_by("path"):
        below[page.path[: -Page.steplen]].append(page)
    return _nodes(request, home.path, below)


def _nodes(request: HttpRequest, path: str, below: Mapping[str, list[Page]]) -> list[Node]:
    nodes = []
    for page in below.get(path, []):
        node = Node(page.title, page.get_url(request) or "", _nodes(request, page.path, below))
        node.more = max(0, len(node.below) - NAMED)
        node.below = node.below[:NAMED]
        nodes.append(node)
    return nodes
