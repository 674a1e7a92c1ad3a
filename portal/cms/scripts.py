"""The words that Wagtail's scripts say: its own and ours over them, in the language of who is signed in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

from portal.registers.reader import reader_of


class Catalogue(JavaScriptCatalog):
    """Django's catalogue for scripts. Asked for an app by name, it leaves out `LOCALE_PATHS`."""

    packages = ["wagtail.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        return [*super().get_paths(packages), *map(str, settings.LOCALE_PATHS)]


def words_of_scripts(request: HttpRequest) -> HttpResponse:
    """The sentences of Wagtail's scripts as a script; what stands on the page is in the same language."""
    reader = reader_of(request.user)
    with override(reader.officer.language if reader else get_language()):
        response: HttpResponse = get_localized_response(Catalogue.as_view(), request)
    return response
