"""Policies (政策法规): texts that hold from a day on, until another text or a date ends them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from portal.pages import policy_rules
from portal.pages.anchors import contents, settle_anchors
from portal.pages.body import body_html
from portal.pages.fields import BodyField
from portal.pages.legislation import legislation
from portal.pages.metadata import row
from portal.pages.official import OfficialPage
from portal.pages.relations import ChangeMade, interpretations_of, standing_of
from portal.pages.source import SourcedPageForm, SourcePanel
from portal.pages.validity import ChangeKind, Validity
from portal.templatetags.cap import day

CHANGE_KINDS = [
    (ChangeKind.AMENDS.value, _("is amended by")),
    (ChangeKind.REPEALS.value, _("is repealed by")),
]


class PolicyForm(SourcedPageForm):
    """Refuses a loop while it is typed: the inline rows are not yet on the page when the page is checked."""

    def is_valid(self) -> bool:
        valid = super().is_valid()
        rows = self.formsets.get("changed_by")
        if not valid or rows is None:
            return valid
        kept = [row.cleaned_data for row in rows.forms if not row.cleaned_data.get("DELETE")]
        refused = policy_rules.loop_in_words(self.instance, [row["by"] for row in kept if row.get("by")])
        if refused:
            self.add_error(None, refused)
        return not refused


class PolicyPage(OfficialPage):
    """One policy. Its validity is computed when it is read (portal.pages.validity)."""

    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only where the text itself names its end.")
    )
    body = BodyField(_("text"), blank=True)

    SOURCE_FIELDS: ClassVar[tuple[str, ...]] = (*OfficialPage.SOURCE_FIELDS, "in_force_from", "ends_on")
    SOURCE_RELATIONS: ClassVar[tuple[str, ...]] = ("changed_by",)
    #: a copy is another text
    exclude_fields_in_copy: ClassVar[list[str]] = ["document_number", "index_number"]
    NEEDED: ClassVar[tuple[str, ...]] = ("topic", "signed_on", "in_force_from")
    WANTED: ClassVar[tuple[str, ...]] = (*OfficialPage.WANTED, "document_number", "index_number")
    base_form_class = PolicyForm
    content_panels: ClassVar[list[Any]] = [
        *OfficialPage.content_panels,
        FieldPanel("issuer"),
        SourcePanel(
            [
                FieldPanel("index_number"),
                FieldPanel("topic"),
                FieldPanel("signed_on"),
                FieldPanel("document_number"),
                FieldPanel("in_force_from"),
                FieldPanel("ends_on"),
                InlinePanel("changed_by", label=_("Amended or repealed by")),
            ],
            heading=_("Metadata"),
        ),
        FieldPanel("origin"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *OfficialPage.search_fields,
        index.SearchField("document_number"),
        index.SearchField("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.PolicySection"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/policy.html"

    class Meta:
        verbose_name = _("policy")
        constraints = [
            models.UniqueConstraint(
                fields=["document_number"],
                condition=~models.Q(document_number=""),
                name="one_policy_per_number",
            ),
        ]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.document_number: str = policy_rules.plain_number(self.document_number)
        settle_anchors(self.body)
        super().full_clean(*args, **kwargs)

    def validate_constraints(self, exclude: Any = None) -> None:
        """But for the number, which `clean` looks up and answers in words."""
        super().validate_constraints({*(exclude or ()), "document_number"})

    def clean(self) -> None:
        super().clean()
        if not self.states_facts:
            return
        if self.ends_on and self.in_force_from and self.ends_on < self.in_force_from:
            raise ValidationError({"ends_on": _("The last day lies before the first.")})
        if taken := policy_rules.number_taken(self):
            raise ValidationError({"document_number": taken})
        if loop := policy_rules.loop_in_words(self, [row.by for row in self.changed_by.all()]):
            raise ValidationError(loop)

    def more_metadata(self) -> list[dict[str, Any]]:
        facts, found = self.facts, self.validity()
        tag = format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', found.colour, found.label)
        return [
            row(gettext("In force from"), day(facts.in_force_from) if facts.in_force_from else ""),
            row(gettext("Valid until"), day(facts.ends_on) if facts.ends_on else ""),
            row(gettext("Validity"), tag),
        ]

    @cached_property
    def standing(self) -> tuple[Validity, list[ChangeMade]]:
        """Today's validity, and what this policy does to others; read once for a page that is drawn."""
        return standing_of(self.facts)

    def validity(self) -> Validity:
        return self.standing[0]

    def named(self) -> list[Any]:
        """The texts that it changes, and those that change it."""
        held, made = self.standing
        return [*(one.policy for one in made), *(one.by for one in (*held.effective, *held.coming))]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        held = self.validity()
        return {
            **context,
            "validity": held,
            "facts_json": legislation(self, held),
            "changes_made": self.standing[1],
            "interpretations": interpretations_of(self),
            "contents": contents(self.body),
            "body": body_html(self.body, self.language),
        }


class PolicyChange(Orderable):
    """That another text amends or repeals a policy; it takes effect when the other text is in force."""

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="changed_by")
    kind = models.CharField(pgettext_lazy("texts", "relation"), max_length=8, choices=CHANGE_KINDS)
    by = models.ForeignKey(
        PolicyPage, on_delete=models.PROTECT, related_name="changes", verbose_name=_("the other text")
    )

    panels: ClassVar[list[Any]] = [FieldPanel("kind"), PageChooserPanel("by", "portal.PolicyPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("relation to another text")

    def clean(self) -> None:
        super().clean()
        if self.by_id:
            self.by = self.by.facts  # relations join Chinese pages, whichever was chosen
