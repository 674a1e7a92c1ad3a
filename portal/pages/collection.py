"""Collections (专题): pages on one subject in the editor's groups, wherever in the tree they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from portal.pages.base import TEXT_FEATURES, PortalPage
from portal.pages.blocks_guide import GROUPS
from portal.pages.chosen import ChosenPage, chosen_pages, raw_items, raw_keys
from portal.pages.items_field import ItemsField


@dataclass(frozen=True)
class Group:
    """A group as drawn; it is never empty."""

    title: str
    text: str
    pages: list[ChosenPage]


class CollectionPage(PortalPage):
    """Chosen pages in ordered groups. A group without a public page isn't shown."""

    intro = RichTextField(_("introduction"), blank=True, features=TEXT_FEATURES)
    groups = ItemsField(GROUPS, _("groups"))

    content_panels: ClassVar[list[Any]] = [
        *PortalPage.content_panels,
        FieldPanel("intro"),
        FieldPanel("groups"),
    ]
    parent_page_types: ClassVar[list[str]] = ["portal.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/collection.html"

    class Meta:
        verbose_name = pgettext_lazy("page type", "collection")

    def shown(self) -> list[Group]:
        """The groups with something in them, in the editor's order."""
        raw = raw_items(self.groups, "group")
        keys = [raw_keys(one["pages"]) for one in raw]
        pages = chosen_pages((key for some in keys for key in some), self.locale_id)
        groups = [
            Group(one["title"], one.get("text") or "", [pages[key] for key in some if key in pages])
            for one, some in zip(raw, keys, strict=True)
        ]
        return [group for group in groups if group.pages]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"groups": self.shown()}
