"""Listings (自动列表): pages found by saved criteria, with a feed; home page columns are made of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from portal.pages.addresses import feed_address
from portal.pages.base import TEXT_FEATURES, PortalPage
from portal.pages.criteria import Criteria, Dates, Layout, Sort, State
from portal.pages.finding import find, keep_facts, shown, specifics, type_choices
from portal.pages.keys_field import KeysField
from portal.pages.listing_panel import CountPanel
from portal.pages.topics import Topic
from portal.pages.validity import LABELS

PER_PAGE = 20
MOST = 200
CRITERIA = ("types", "section", "topic", "issuer", "validity", "dates", "days", "state", "sort", "limit")


class CriteriaColumns(models.Model):
    """Saved criteria as columns of a page or of a row on a page."""

    types = KeysField(
        _("types"), offer=type_choices, help_text=_("Without a tick pages of every type are found.")
    )
    section = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    topic = models.CharField(_("topic"), max_length=40, blank=True)
    issuer = models.CharField(_("issued by"), max_length=80, blank=True)
    validity = models.CharField(_("validity"), max_length=16, blank=True)
    dates = models.CharField(_("date"), max_length=8, choices=Dates, default=Dates.ANY)
    days = models.PositiveSmallIntegerField(
        _("days"), default=30, validators=[MinValueValidator(1), MaxValueValidator(3660)]
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PUBLIC)
    sort = models.CharField(_("order"), max_length=8, choices=Sort, default=Sort.NEWEST)
    limit = models.PositiveSmallIntegerField(
        _("at most"), default=0, validators=[MaxValueValidator(MOST)], help_text=_("0: no limit")
    )

    class Meta:
        abstract = True

    @property
    def criteria(self) -> Criteria:
        """The columns as plain values; the section by its uuid, which its translations share."""
        section = self.section.translation_key if self.section else None
        values = {name: getattr(self, name) for name in CRITERIA}
        return Criteria(**values | {"types": tuple(self.types), "section": section})


def _choice(choices: Iterable[tuple[str, Any]]) -> forms.Select:
    """One of a table that stands in code, or none."""
    return forms.Select(choices=[("", "—"), *choices])


def criteria_panels() -> list[Any]:
    """The fields of the criteria in the CMS, with the count of what they find."""
    return [
        FieldPanel("types"),
        PageChooserPanel("section"),
        FieldRowPanel(
            [
                FieldPanel("topic", widget=_choice(Topic.choices)),
                FieldPanel("issuer"),
                FieldPanel("validity", widget=_choice((key.value, words) for key, words in LABELS.items())),
            ]
        ),
        FieldRowPanel([FieldPanel("dates"), FieldPanel("days"), FieldPanel("state")]),
        FieldRowPanel([FieldPanel("sort"), FieldPanel("limit")]),
        CountPanel(),
    ]


class ListingPage(PortalPage, CriteriaColumns):
    """Listing (自动列表): what its criteria find on the day of reading, as list, table or cards."""

    intro = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)
    layout = models.CharField(_("layout"), max_length=8, choices=Layout, default=Layout.LIST)

    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(criteria_panels(), heading=_("What it lists")),
        FieldPanel("layout"),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage", "portal.SectionPage"]
    subpage_types: ClassVar[list[str]] = []
    shows_changes = False
    template = "pages/listing.html"

    class Meta:
        verbose_name = _("listing")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = shown(self.criteria, self)
        results = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = super().get_context(request, *args, **kwargs)
        lines = specifics(results.object_list)
        if self.layout == Layout.TABLE:
            keep_facts(lines, self)
        more = {"results": results, "lines": lines, "feed": feed_address(self)}
        return {**context, **more}


class HomeColumn(CriteriaColumns, Orderable):
    """A column of the home page (首页栏目): a heading and what its criteria find."""

    page = ParentalKey("portal.HomePage", on_delete=models.CASCADE, related_name="columns")
    title = models.CharField(_("title"), max_length=40)
    listing = models.ForeignKey(
        "portal.ListingPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("listing"),
        help_text=_("With a listing its criteria hold, and the column leads to it."),
    )

    panels: ClassVar[list[Any]] = [FieldPanel("title"), PageChooserPanel("listing"), *criteria_panels()]

    class Meta(Orderable.Meta):
        verbose_name = _("column of the home page")

    @property
    def asked(self) -> Criteria:
        """The criteria that hold: the listing's, where the column has one."""
        return self.listing.criteria if self.listing else self.criteria


def count(criteria: Criteria, page: Page) -> int:
    """How many pages in the language of `page` fit today, whatever the limit."""
    return find(criteria, page).count()
