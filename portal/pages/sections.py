"""Sections (栏目) that list texts of one type: policies, interpretations, notices."""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from portal.context import ENGLISH_PREFIX, Link
from portal.pages.above import HOME_DEPTH
from portal.pages.addresses import feed_address, section_feed
from portal.pages.base import TEXT_FEATURES, PortalPage
from portal.pages.chinese import chinese_of
from portal.pages.deadlines import STATES, deadlines_of
from portal.pages.relations import validity_of
from portal.pages.text_list import TextList
from portal.pages.validity import LABELS
from portal.pages.words import NOTHING_YET
from portal.publishing.queries import readable

#: named by each class: Wagtail gives every class its own
TEMPLATE = "pages/texts.html"


class TextSection(PortalPage):
    """Base of sections: the editor's introduction, then the texts below the Chinese page of the section."""

    intro = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    #: the type that is listed, `app.Model`
    listed: ClassVar[str]

    class Meta:
        abstract = True

    def child(self, slug: str) -> Any:
        """Nearly all children are of the type that is listed."""
        return apps.get_model(self.listed).objects.child_of(self).filter(slug=slug).first()

    def texts(self) -> list[Any]:
        """Live texts of the section, as stated by their Chinese pages; without their bodies."""
        model = apps.get_model(self.listed)
        below = model.objects.child_of(chinese_of(self)).select_related("locale")
        heavy = [name for name in ("body", "blocks") if hasattr(model, name)]
        return list(readable(below).defer(*heavy))

    def listing(self, request: HttpRequest) -> TextList:
        return TextList(request, self.texts())

    def feed(self) -> str:
        """A section right below the home page has a feed under its own name."""
        return section_feed(self.slug) if self.depth == HOME_DEPTH + 1 else feed_address(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing = self.listing(request)
        return {
            **context,
            "listing": listing,
            "form": listing.form,
            "results": listing.results,
            "tags": listing.states,
            "feed": self.feed(),
            "nothing": NOTHING_YET[self.listed],
            "sisters": sisters(self.slug),
        }


def sisters(slug: str) -> list[Link]:
    """Policies and interpretations belong together: one entry of the navigation, two tabs."""
    pairs = [("policies", _("Policies")), ("interpretations", _("Interpretations"))]
    if slug not in dict(pairs):
        return []
    prefix = ENGLISH_PREFIX if get_language() == "en" else ""
    return [Link(str(label), f"{prefix}/{name}/", name == slug) for name, label in pairs]


class PolicySection(TextSection):
    """Policies (政策法规), at `/policies/`."""

    listed = "portal.PolicyPage"
    subpage_types: ClassVar[list[str]] = ["portal.PolicyPage"]
    template = TEMPLATE

    class Meta:
        verbose_name = _("section of policies")

    def listing(self, request: HttpRequest) -> TextList:
        states = [(state.value, label) for state, label in LABELS.items()]
        label = _("Validity")
        return TextList(request, self.texts(), states=states, state_label=label, state_of=validity_of)


class InterpretationSection(TextSection):
    """Interpretations (政策解读), at `/interpretations/`."""

    listed = "portal.InterpretationPage"
    subpage_types: ClassVar[list[str]] = ["portal.InterpretationPage"]
    template = TEMPLATE

    class Meta:
        verbose_name = _("section of interpretations")


class SectionPage(TextSection):
    """Section of notices (通知公告), at `/notices/`, or one below it."""

    listed = "portal.NoticePage"
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage", "portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["portal.NoticePage", "portal.SectionPage", "portal.ListingPage"]
    shows_changes = False
    template = TEMPLATE

    class Meta:
        verbose_name = _("section")

    def listing(self, request: HttpRequest) -> TextList:
        label = _("Closing date")
        return TextList(request, self.texts(), states=STATES, state_label=label, state_of=deadlines_of)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "subsections": self.subsections()}

    def subsections(self) -> QuerySet[Page]:
        """Sections and listings below this one."""
        listing = apps.get_model("portal.ListingPage")
        return Page.objects.child_of(self).live().public().type(SectionPage, listing)
