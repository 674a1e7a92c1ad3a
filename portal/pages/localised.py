"""Pages as a reader of this language meets them: the translation, else the Chinese page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.context import ENGLISH_PREFIX
from portal.pages.languages import CHINESE_TEXT
from portal.pages.phrases import phrased_html


@dataclass(frozen=True)
class Entry:
    """One line of a list: `source` states the facts, `shown` has the words."""

    source: Any
    shown: Any
    foreign: bool

    @property
    def url(self) -> str:
        """The address in the reader's language; a page without translation has one there too."""
        address = str(self.shown.get_url() or "")
        return ENGLISH_PREFIX + address if self.foreign else address

    @property
    def lang(self) -> SafeString:
        """`lang` attribute for words that are not in the page's language."""
        return CHINESE_TEXT if self.foreign else SafeString("")

    @property
    def link(self) -> SafeString:
        title = phrased_html(self.shown)
        return format_html('<a class="govuk-link" href="{}"{}>{}</a>', self.url, self.lang, title)


def localised(sources: Sequence[Any]) -> list[Entry]:
    """One entry for each Chinese page, in the active language; one query for each type among them."""
    language = get_language() or settings.LANGUAGE_CODE
    if not sources or language == settings.LANGUAGE_CODE:
        return [Entry(page, page, foreign=False) for page in sources]
    keys = [page.translation_key for page in sources]
    twins = {
        twin.translation_key: twin
        for model in dict.fromkeys(type(page) for page in sources)
        for twin in model.objects.filter(
            translation_key__in=keys, locale__language_code=language, live=True
        ).select_related("locale")
    }
    return [_entry(page, twins.get(page.translation_key)) for page in sources]


def _entry(page: Any, twin: Any) -> Entry:
    return Entry(page, twin or page, foreign=twin is None)
