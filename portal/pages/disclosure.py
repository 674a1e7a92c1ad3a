"""The platform of government information disclosure (政府信息公开): four fixed parts.

指南, 制度, 法定主动公开内容, 年报 (国办公开办函〔2019〕61号); what the guide says: Decree 711 art 12.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portal.pages.base import PortalPage
from portal.pages.body import body_html
from portal.pages.catalogue_socket import catalogue_of
from portal.pages.fields import BodyField
from portal.pages.report import AnnualReportIndexPage, public_reports
from portal.publishing.queries import readable

#: the addresses of the two texts below the platform
GUIDE, RULES = "guide", "rules"


class DisclosurePage(PortalPage):
    """The four parts on one page, in the order that the platform's form gives them."""

    proactive = BodyField(
        gettext_lazy("on information made public proactively"),
        blank=True,
        help_text=gettext_lazy("Stands above the catalogue, which is made from what is published."),
    )

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("proactive")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["portal.DisclosureTextPage"]
    max_count_per_parent = 1
    template = "pages/disclosure.html"

    class Meta:
        verbose_name = gettext_lazy("disclosure platform")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        texts = readable(DisclosureTextPage.objects.child_of(self).select_related("locale"))
        reports, _chinese = public_reports(self.locale_id)
        home = self.get_parent()
        found = AnnualReportIndexPage.objects.child_of(home).select_related("locale").first()
        return super().get_context(request, *args, **kwargs) | {
            "texts": {text.slug: text for text in texts},
            "proactive": body_html(self.proactive, self.locale.language_code),
            "catalogue": catalogue_of(request, self),
            "reports_page": found,
            "years": found.years(reports) if found else [],
        }


class DisclosureTextPage(PortalPage):
    """Guide (指南) or rules (制度) of the platform; its address says which."""

    body = BodyField(gettext_lazy("text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("body")]
    search_fields: ClassVar[list[Any]] = [*PortalPage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["portal.DisclosurePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 2
    template = "pages/disclosure_text.html"

    class Meta:
        verbose_name = gettext_lazy("text of the disclosure platform")

    @property
    def is_fixed(self) -> bool:
        return True

    def clean(self) -> None:
        super().clean()
        if self.slug not in (GUIDE, RULES):
            words = _("The platform has a guide and rules: the address must be “guide” or “rules”.")
            raise ValidationError({"slug": words})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        body = body_html(self.body, self.locale.language_code)
        return super().get_context(request, *args, **kwargs) | {"body": body}
