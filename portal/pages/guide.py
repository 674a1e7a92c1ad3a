"""Service guides (办事指南): all that somebody has to know before going to the counter, on one page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.pages.base import TEXT_FEATURES, PortalPage
from portal.pages.blocks_guide import BASIS, FORMS, PAPERS, PLACES, QUESTIONS, STEPS
from portal.pages.body import body_html
from portal.pages.chosen import ChosenPage, chosen_pages, raw_items
from portal.pages.fields import BodyField
from portal.pages.guide_data import block_html, structured
from portal.pages.items_field import ItemsField
from portal.pages.languages import in_source_order
from portal.pages.metadata import row
from portal.pages.neighbours import Neighbours
from portal.pages.source import SourcedPage, SourcePanel
from portal.publishing.queries import readable

DECISION = ("decides", "limit", "clock_from", "clock_until", "silence", "cost")


class GuideIndexPage(PortalPage):
    """List of service guides, at `/guides/`, in the order of the Chinese pages."""

    intro = RichTextField(gettext_lazy("introduction"), blank=True, features=TEXT_FEATURES)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["portal.GuidePage"]
    max_count_per_parent = 1
    shows_changes = False
    template = "pages/guides.html"

    class Meta:
        verbose_name = gettext_lazy("list of service guides")

    def guides(self) -> list[GuidePage]:
        """The public guides of this language; whether one is suspended is said by its Chinese page."""
        below = readable(GuidePage.objects.child_of(self)).select_related("locale")
        guides = list(in_source_order(below))
        keys = [guide.translation_key for guide in guides]
        chinese = GuidePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        stated = chinese.filter(translation_key__in=keys, suspended=True)
        suspended = set(stated.values_list("translation_key", flat=True))
        for guide in guides:
            guide.is_suspended = guide.translation_key in suspended
        return guides

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"guides": self.guides()}


class GuidePage(SourcedPage):
    """One matter: who, what to bring, steps, days, cost, places, remedy, basis, questions."""

    number = models.CharField(gettext_lazy("number of the matter"), max_length=32, blank=True)
    suspended = models.BooleanField(pgettext_lazy("service", "suspended"), default=False)
    suspended_words = models.CharField(gettext_lazy("why, and until when"), max_length=200, blank=True)
    alternative = models.CharField(gettext_lazy("what to do instead"), max_length=200, blank=True)
    who = RichTextField(gettext_lazy("who can apply"), blank=True, features=TEXT_FEATURES)
    papers = ItemsField(PAPERS, gettext_lazy("what to bring"))
    forms = ItemsField(FORMS, gettext_lazy("forms"))
    steps = ItemsField(STEPS, gettext_lazy("steps"))
    decides = models.CharField(gettext_lazy("who decides"), max_length=160, blank=True)
    limit = models.CharField(gettext_lazy("how long it takes"), max_length=200, blank=True)
    clock_from = models.CharField(gettext_lazy("the days count from"), max_length=160, blank=True)
    clock_until = models.CharField(gettext_lazy("the days end with"), max_length=160, blank=True)
    silence = models.CharField(gettext_lazy("if nobody answers in time"), max_length=250, blank=True)
    cost = models.CharField(
        gettext_lazy("cost"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("Left empty: free of charge."),
    )
    places = ItemsField(PLACES, gettext_lazy("where to go"))
    body = BodyField(gettext_lazy("more to know"), blank=True)
    remedy = RichTextField(gettext_lazy("if you disagree"), blank=True, features=TEXT_FEATURES)
    basis = ItemsField(BASIS, gettext_lazy("legal basis"))
    faq = ItemsField(QUESTIONS, gettext_lazy("questions and answers"))

    SOURCE_FIELDS: ClassVar[tuple[str, ...]] = ("number", "suspended")
    content_panels: ClassVar[list[Any]] = [
        *SourcedPage.content_panels,
        SourcePanel([FieldPanel("number"), FieldPanel("suspended")], heading=gettext_lazy("Metadata")),
        MultiFieldPanel(
            [FieldPanel("suspended_words"), FieldPanel("alternative")],
            heading=gettext_lazy("While it is suspended"),
        ),
        *(FieldPanel(name) for name in ("who", "papers", "forms", "steps")),
        MultiFieldPanel(
            [FieldPanel(name) for name in DECISION],
            heading=gettext_lazy("Decision, days and cost"),
        ),
        *(FieldPanel(name) for name in ("places", "body", "remedy", "basis", "faq")),
    ]
    search_fields: ClassVar[list[Any]] = [
        *SourcedPage.search_fields,
        *(index.SearchField(name) for name in ("who", "papers", "steps", "body", "faq")),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/guide.html"
    #: set by the list, where it is asked of all guides at once
    is_suspended = False

    class Meta:
        verbose_name = gettext_lazy("service guide")

    def metadata(self) -> list[dict[str, Any]]:
        """Short answers first: who decides, how long, what it costs."""
        return [
            row(_("Number of the matter"), self.facts.number),
            row(_("Who decides"), self.decides, own=True),
            row(_("How long it takes"), self.limit, own=True),
            row(_("The days count from"), self.clock_from, own=True),
            row(_("The days end with"), self.clock_until, own=True),
            row(_("Cost"), self.cost or _("free of charge"), own=bool(self.cost)),
            row(_("If nobody answers in time"), self.silence, own=True),
        ]

    def basis_shown(self) -> list[ChosenPage | str]:
        """The legal basis in the editor's order; a page that isn't public is left out."""
        pages = chosen_pages(raw_items(self.basis, "page"), self.locale_id)
        found: list[ChosenPage | str | None] = [
            block["value"] if block["type"] == "text" else pages.get(block["value"])
            for block in self.basis.raw_data
        ]
        return [one for one in found if one]

    def publish_obstacles(self) -> list[str]:
        """What an applicant would have to ask for (catalogue rows 4, 8, 12: conditions, papers, steps …)."""
        needed = ("who", "papers", "steps", "decides", "limit", "places", "remedy", "basis")
        missing = [name for name in needed if not getattr(self, name)]
        words = _("The guide says nothing on: %(field)s.")
        return [
            *super().publish_obstacles(),
            *(words % {"field": self._meta.get_field(name).verbose_name} for name in missing),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "metadata": self.metadata(),
            "neighbours": Neighbours(),
            "suspended": self.facts.suspended,
            "basis": self.basis_shown(),
            **self.parts(),
            "body": body_html(self.body, self.locale.language_code),
            "structured": structured(self),
        }

    def parts(self) -> dict[str, SafeString]:
        """The lists of the guide, drawn by the templates of the same blocks in other texts."""
        language = self.locale.language_code
        return {
            "papers": block_html("checklist", self.papers, language),
            "forms": block_html("attachments", self.forms, language),
            "steps": block_html("steps", self.steps, language),
            "questions": block_html("questions", self.faq, language),
        }
