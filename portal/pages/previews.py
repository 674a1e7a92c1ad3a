"""What an editor can see of a draft before anybody else does: both languages, paper, a phone's width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.attachments.offered import offered_by
from portal.attachments.shown import files_of_draft

WEB, OTHER, PRINT = "", "other-language", "print"
MODES = [
    (WEB, _("as on the web")),
    (OTHER, _("in the other language")),
    (PRINT, _("on paper")),
]
SIZES = [
    {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("width of a phone")},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("width of a tablet")},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("width of a desktop")},
]
PRINT_RULES = re.compile(r"@media\s+print\s*\{")
#: a sheet of A4 between its margins
SHEET = "body{max-width:180mm;margin:10mm auto}"


class Previewed(Page):
    """A page with our modes and sizes in Wagtail's panel, drawn as what the draft would be in public."""

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return MODES

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return SIZES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A draft has no public state: neither the banner nor the files of what is live stand on it."""
        shown, language = _in_other_language(self) if mode_name == OTHER else (self, self.language)
        shown.record = None
        request.is_preview = True  # type: ignore[attr-defined]
        request.preview_mode = mode_name  # type: ignore[attr-defined]
        with translation.override(language), files_of_draft(offered_by(shown)):
            response: Any = shown.serve(request)
            if hasattr(response, "render"):
                response.render()
        return response


def _in_other_language(page: Any) -> tuple[Any, str]:
    """The translation's draft; without one the Chinese text under its English notice."""
    other = next(code for code, _name in settings.LANGUAGES if code != page.language)
    twins = type(page).objects.filter(translation_key=page.translation_key, locale__language_code=other)
    twin = twins.first()
    return (twin.get_latest_revision_as_object() if twin else page), other


@cache
def print_styles() -> str:
    """The rules that hold on paper, as rules of a screen: from the site's own style sheets."""
    sheets = (Path(str(finders.find(f"cap/{name}.css"))).read_text() for name in ("portal", "cap"))
    return "\n".join([*(rules for sheet in sheets for rules in _for_print(sheet)), SHEET])


def _for_print(sheet: str) -> Iterator[str]:
    """What stands within each `@media print { … }`."""
    for start in PRINT_RULES.finditer(sheet):
        depth, at = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[at], 0)
            at += 1
        yield sheet[start.end() : at - 1]
