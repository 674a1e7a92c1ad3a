"""Interpretations (政策解读): a policy in plain words, linked both ways."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from portal.pages.anchors import contents, settle_anchors
from portal.pages.body import body_html
from portal.pages.fields import BodyField
from portal.pages.official import OfficialPage
from portal.pages.policy import PolicyPage
from portal.pages.relations import policies_of
from portal.pages.source import SourcePanel


class InterpretationPage(OfficialPage):
    """Who gets how much from when, in plain words, with questions and answers."""

    who = models.CharField(_("who it is for"), max_length=200, blank=True)
    how_much = models.CharField(_("how much"), max_length=200, blank=True)
    from_when = models.CharField(_("from when"), max_length=200, blank=True)
    body = BodyField(_("text"), blank=True)

    SOURCE_RELATIONS: ClassVar[tuple[str, ...]] = ("policies",)
    content_panels: ClassVar[list[Any]] = [
        *OfficialPage.content_panels,
        FieldPanel("issuer"),
        SourcePanel(
            [
                InlinePanel("policies", label=_("Policies explained"), min_num=1),
                FieldPanel("index_number"),
                FieldPanel("topic"),
                FieldPanel("signed_on"),
            ],
            heading=_("Metadata"),
        ),
        MultiFieldPanel(
            [FieldPanel("who"), FieldPanel("how_much"), FieldPanel("from_when")], heading=_("In three lines")
        ),
        FieldPanel("origin"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*OfficialPage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["portal.InterpretationSection"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/interpretation.html"

    class Meta:
        verbose_name = _("interpretation")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        settle_anchors(self.body)
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        explained = policies_of(self)
        return {
            **context,
            "policies": explained,
            "ended": [(entry, held) for entry, held in explained if held.ended],
            "contents": contents(self.body),
            "body": body_html(self.body, self.language),
        }


class InterpretedPolicy(Orderable):
    """That an interpretation explains a policy."""

    page = ParentalKey(InterpretationPage, on_delete=models.CASCADE, related_name="policies")
    policy = models.ForeignKey(
        PolicyPage, on_delete=models.PROTECT, related_name="interpretations", verbose_name=_("policy")
    )

    panels: ClassVar[list[Any]] = [PageChooserPanel("policy", "portal.PolicyPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("policy explained")

    def clean(self) -> None:
        super().clean()
        if self.policy_id:
            self.policy = self.policy.facts
