"""Who the bureau is: profile (机构概况) and leaders (负责人)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.attachments.images import PortalImage
from portal.pages.base import TEXT_FEATURES, PortalPage
from portal.pages.body import body_html
from portal.pages.fields import BodyField
from portal.pages.languages import in_source_order
from portal.pages.source import SourcedPage, SourcePanel
from portal.publishing.queries import readable


class ProfilePage(PortalPage):
    """The bureau: what it does, how it is organised, where it is; its leaders follow from the pages below."""

    body = BodyField(gettext_lazy("text"), blank=True)

    content_panels: ClassVar[list[Any]] = [*PortalPage.content_panels, FieldPanel("body")]
    search_fields: ClassVar[list[Any]] = [*PortalPage.search_fields, index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = ["portal.LeaderPage"]
    max_count_per_parent = 1
    template = "pages/profile.html"

    class Meta:
        verbose_name = gettext_lazy("profile of the bureau")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        leaders = in_source_order(LeaderPage.objects.child_of(self).select_related("locale"))
        return super().get_context(request, *args, **kwargs) | {
            "body": body_html(self.body, self.locale.language_code),
            "leaders": list(readable(leaders)),
        }


class LeaderPage(SourcedPage):
    """One of the leaders; the title is the name. The photo is the Chinese page's."""

    position = models.CharField(gettext_lazy("position"), max_length=80)
    photo = models.ForeignKey(
        PortalImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("photo"),
    )
    photo_alt = models.CharField(
        gettext_lazy("what the photo shows"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("Read aloud in place of the photo."),
    )
    duties = RichTextField(gettext_lazy("duties"), features=TEXT_FEATURES)
    biography = RichTextField(gettext_lazy("biography"), blank=True, features=TEXT_FEATURES)
    reception = models.CharField(gettext_lazy("hours for visitors"), max_length=160, blank=True)

    SOURCE_FIELDS: ClassVar[tuple[str, ...]] = ("photo",)
    content_panels: ClassVar[list[Any]] = [
        *SourcedPage.content_panels,
        FieldPanel("position"),
        SourcePanel([FieldPanel("photo")], heading=gettext_lazy("photo")),
        FieldPanel("photo_alt"),
        FieldPanel("duties"),
        FieldPanel("biography"),
        FieldPanel("reception"),
    ]
    search_fields: ClassVar[list[Any]] = [
        *SourcedPage.search_fields,
        index.SearchField("position"),
        index.SearchField("duties"),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.ProfilePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/leader.html"

    class Meta:
        verbose_name = gettext_lazy("leader")

    def clean(self) -> None:
        super().clean()
        if self.facts.photo_id and not self.photo_alt:
            words = _("Say in words what the photo shows, for those who can't see it.")
            raise ValidationError({"photo_alt": words})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        alt = self.photo_alt or self.title
        return super().get_context(request, *args, **kwargs) | {"photo": self.facts.photo, "photo_alt": alt}
