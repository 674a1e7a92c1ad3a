"""Texts found by their address in one query, where Wagtail asks level by level from the site down."""

from __future__ import annotations

import functools
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Site
from wagtail.views import serve

from portal.pages.read import PreparedPages, words
from portal.publishing.queries import readable

#: the fixed address of a section, and the type of the texts right below it
TEXTS = {"policies": "PolicyPage", "interpretations": "InterpretationPage", "notices": "NoticePage"}


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the tree. What isn't found here, removed or closed to the public is Wagtail's matter."""
    page = text_at(path)
    if page is None:
        return serve(request, path)
    response: HttpResponse = page.serve(request)
    return response


def text_at(path: str) -> Any:
    """The readable text at `<section>/<slug>/` in the active language, or None."""
    section, _slash, slug = path.partition("/")
    if section not in TEXTS or slug.count("/") != 1 or not slug.endswith("/"):
        return None
    home = _home_path(get_language())
    return _at(TEXTS[section]).first(url_path=f"{home}{path}") if home else None


def _home_path(language: str | None) -> str:
    """The `url_path` of the home page; empty where there is none, or where Wagtail has to choose a site."""
    known = Site.get_site_root_paths()
    if len({root.site_id for root in known}) != 1:
        return ""
    return next((root.root_path for root in known if root.language_code == language), "")


@functools.cache
def _at(name: str) -> PreparedPages:
    model = apps.get_model("portal", name)

    def build() -> QuerySet:
        return readable(model.objects.filter(url_path=words("url_path"))).order_by("pk")[:1]

    return PreparedPages(build)
