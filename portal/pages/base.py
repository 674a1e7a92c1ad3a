"""The base of every page type: address, summary, twin in the other language, who may touch it."""

from __future__ import annotations

from http import HTTPMethod
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.context import Link
from portal.pages.chinese import keep_chinese, open_to_all
from portal.pages.forms import PortalPageForm, new_slug
from portal.pages.languages import CHINESE_TEXT, in_reader_language, is_foreign, source_of

TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "image"]
#: addresses right below a home page that law, posters and the navigation name
FIXED_SLUGS = (
    "publicity",
    "announcements",
    "policies",
    "interpretations",
    "notices",
    "guides",
    "annual-reports",
    "disclosure",
    "profile",
)
HOME_DEPTH = 2


class FixedPagePermissions(PagePermissionTester):
    """A page whose address is part of the site's contract can't be deleted, moved or taken offline."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.is_fixed and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        return not self.page.is_fixed and super().can_move()

    def can_unpublish(self) -> bool:
        return not self.page.is_fixed and super().can_unpublish()


class PortalPage(Page):
    """Base of every page type (网页)."""

    summary = models.CharField(_("summary"), max_length=200, blank=True)

    allowed_http_methods: ClassVar[list[HTTPMethod]] = [HTTPMethod.GET, HTTPMethod.HEAD]
    base_form_class = PortalPageForm
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary")]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    @property
    def is_fixed(self) -> bool:
        """Whether the page's address is part of the site's contract (architecture §10)."""
        return self.depth == HOME_DEPTH or (self.depth == HOME_DEPTH + 1 and self.slug in FIXED_SLUGS)

    @cached_property
    def language(self) -> str:
        """The language of its words: `zh-hans` or `en`."""
        return str(self.locale.language_code)

    @cached_property
    def twin(self) -> Page | None:
        """The live page with the same content in the other language, if there is one."""
        twins = type(self).objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        twin: Page | None = open_to_all(twins).select_related("locale").first()
        if twin is not None and twin.locale.language_code == settings.LANGUAGE_CODE:
            keep_chinese(self, twin)
        return twin

    def publish_obstacles(self) -> list[str]:
        """What is still missing before this page may be published, in words; empty when nothing is."""
        return []

    def get_view_restrictions(self) -> Any:
        """Wagtail's own, in one query instead of two; aliases, which it looks behind, are never made here."""
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(page__path__in=above)

    def breadcrumbs(self) -> list[Link]:
        """The pages above this one, without the home page."""
        above = self._above()
        if above and is_foreign(self):
            above = in_reader_language(above)
        return [Link(page.title, page.get_url() or "") for page in above]

    def _above(self) -> list[Page]:
        """From the section down to the parent; known already when the page was found by its address."""
        if self.depth == HOME_DEPTH + 1:
            return []
        parent = getattr(self, "found_below", None)
        if parent is not None and self.depth == HOME_DEPTH + 2:
            return [parent]
        return list(self.get_ancestors().filter(depth__gt=HOME_DEPTH))

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug: str = self.slug or new_slug()
        super().full_clean(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return FixedPagePermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`foreign`: a Chinese page under an English address; `text_lang` marks its words."""
        context = super().get_context(request, *args, **kwargs)
        foreign = is_foreign(self)
        return {
            **context,
            "breadcrumbs": self.breadcrumbs(),
            "twin": None if foreign else self.twin,
            "foreign": foreign,
            "text_lang": CHINESE_TEXT if foreign else "",
        }

    def child(self, slug: str) -> Any:
        """The child of that address with its own columns; None where it isn't found in one query."""
        return None

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """What no translation answers is looked for in the Chinese tree (ux C9), before it is a 404."""
        try:
            child = self.child(path_components[0]) if path_components else None
            if child is None:
                return super().route(request, path_components)
            child.found_below, child.locale = self, self.locale
            return child.route(request, path_components[1:])
        except Http404:
            chinese = source_of(self) if path_components else None
            if chinese is None:
                raise
            return chinese.route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sent with `no-cache` and without ETag: an editor's change is seen at the next request."""
        if is_foreign(self) and self.twin and not getattr(request, "is_preview", False):
            return HttpResponseRedirect(self.twin.get_url())  # its translation has another address
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response["Cache-Control"] = "no-cache"
        return response
