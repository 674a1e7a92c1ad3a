"""What every page knows: the bureau, the navigation, the language and display switches."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import escape_uri_path
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import display
from portal.particulars.current import current, in_language

ENGLISH_PREFIX = "/en"
#: sections that an entry of the navigation stands for besides its own: on a phone every entry costs a line
BENEATH = {"/policies/": ("/interpretations/",)}


@dataclass(frozen=True)
class Link:
    """A navigation link; `current` marks the page or section we are on, `lang` words of another language."""

    label: str
    url: str
    current: bool = False
    lang: str = ""


#: parts of the frame as drawn, by all that they depend on, so that none is ever stale
_drawn: dict[tuple[Any, ...], SafeString] = {}
MOST_DRAWN = 100


class Bureau:
    """The bureau's public particulars (`portal.particulars`) in the active language."""

    def __getattr__(self, name: str) -> str:
        try:
            return in_language(name, get_language() or settings.LANGUAGE_CODE)
        except KeyError:
            raise AttributeError(name) from None

    @property
    def publisher(self) -> str:
        """Who answers for the site (主办单位): the bureau, unless its settings name a sponsor."""
        return str(self.sponsor or self.name)

    def words(self) -> str:
        """All that it may say: what two drawings that use it differ by."""
        return repr(current())


class Site:
    """Read by the base templates only; computes nothing until asked."""

    bureau = Bureau()

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def on_paper(self) -> bool:
        """Whether an editor looks at the page as it would be printed."""
        return getattr(self.request, "preview_mode", "") == "print"

    @cached_property
    def mode(self) -> str:
        return display.mode_of(self.request)

    @cached_property
    def prefix(self) -> str:
        """Path prefix of the active language: "" or "/en"."""
        return ENGLISH_PREFIX if get_language() == "en" else ""

    @property
    def base_url(self) -> str:
        """Scheme and host under which the public knows the site; never the request's own."""
        return str(settings.PUBLIC_BASE_URL)

    @cached_property
    def home(self) -> str:
        return f"{self.prefix}/"

    @property
    def search(self) -> str:
        """Where the box in the header leads."""
        return f"{self.prefix}/search/"

    def search_box(self) -> SafeString:
        """The search box, drawn."""
        return self._part("components/search_box.html")

    @cached_property
    def bare_path(self) -> str:
        """The path without its language prefix; the same page has the same path in both languages."""
        path = self.request.path
        if path == ENGLISH_PREFIX or path.startswith(f"{ENGLISH_PREFIX}/"):
            return path[len(ENGLISH_PREFIX) :] or "/"
        return path

    def navigation(self) -> list[Link]:
        entries = (
            ("/", _("Home")),
            ("/publicity/", _("Lists before approval")),
            ("/announcements/", _("Announcements")),
            ("/policies/", _("Policies")),
            ("/notices/", _("Notices")),
            ("/verify/", _("Check a list")),
        )
        return [Link(label, self.prefix + path, self._is_here(path)) for path, label in entries]

    def menu(self) -> SafeString:
        """The main navigation, drawn."""
        links = self.navigation()
        return self._part("components/menu.html", *(link.url for link in links if link.current))

    def footer(self) -> SafeString:
        """The foot of the page, drawn."""
        return self._part("components/footer.html")

    def _part(self, template: str, *key: str) -> SafeString:
        """A part of the frame that is the same on many pages; while templates are edited, drawn each time."""
        known = (template, get_language(), self.bureau.words(), self.is_demo, *key)
        if settings.DEBUG or known not in _drawn:
            if len(_drawn) >= MOST_DRAWN:
                _drawn.clear()
            _drawn[known] = render_to_string(template, {"site": self})
        return _drawn[known]

    def _is_here(self, path: str) -> bool:
        places = (path, *BENEATH.get(path, ()))
        return self.bare_path == path or (path != "/" and self.bare_path.startswith(places))

    def other_language(self) -> Link:
        """The same page in the other language, named in that language."""
        query = urlsplit(self.request.get_full_path()).query
        if self.prefix:
            label, path = "中文", self.bare_path
        else:
            label, path = "English", ENGLISH_PREFIX + self.bare_path
        path = escape_uri_path(path)  # as asked for, not as decoded: it may hold any character
        return Link(label, f"{path}?{query}" if query else path)

    def display_links(self) -> list[Link]:
        """Switches for large type and contrast; the mode in use offers the way back."""
        try:
            target = reverse("display")
        except NoReverseMatch:
            return []
        wanted = [("large", _("Large type")), ("contrast", _("High contrast"))]
        links = [(mode, label) for mode, label in wanted if mode != self.mode]
        if self.mode:
            links.insert(0, ("standard", _("Standard view")))
        here = self.request.get_full_path() if self.request.method in ("GET", "HEAD") else self.request.path
        return [Link(label, f"{target}?{urlencode({'mode': mode, 'next': here})}") for mode, label in links]


def site(request: HttpRequest) -> dict[str, Site]:
    """Context processor: `site` in every template drawn with a request."""
    return {"site": Site(request)}
