"""The base of every page type: address, summary, twin in the other language, who may touch it."""

from __future__ import annotations

from http import HTTPMethod
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from portal.context import Link
from portal.pages.chinese import keep_chinese, open_to_all
from portal.pages.forms import PortalPageForm, new_slug

TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "image"]
#: addresses right below a home page that law, posters and the navigation name
FIXED_SLUGS = (
    "publicity",
    "announcements",
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

    def breadcrumbs(self) -> list[Link]:
        """The pages above this one, without the home page."""
        above = self.get_ancestors().filter(depth__gt=HOME_DEPTH)
        return [Link(page.title, page.get_url() or "") for page in above]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug: str = self.slug or new_slug()
        super().full_clean(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return FixedPagePermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "breadcrumbs": self.breadcrumbs(), "twin": self.twin}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        """Sent with `no-cache` and without ETag: an editor's change is seen at the next request."""
        response = super().serve(request, *args, **kwargs)
        response["Cache-Control"] = "no-cache"
        return response
