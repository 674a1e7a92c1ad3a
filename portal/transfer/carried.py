"""What a portal takes along, table by table, and what it leaves behind and why.

Page types of the portal and the rows of their pages come along by themselves; other tables are named here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page


class Kept(Enum):
    """How a table keeps its rows: freely, written once, or with a history."""

    FREELY = "freely"
    ONCE = "once"
    TRACKED = "tracked"


@dataclass(frozen=True)
class Carried:
    """One table: which rows, without which columns (their defaults stand), and where its files are."""

    label: str
    kept: Kept = Kept.FREELY
    without: frozenset[str] = frozenset()
    #: columns that hold the key of an officer; the file says the sign-in name
    officers: frozenset[str] = frozenset()
    #: column that names bytes in storage
    file: str = ""
    #: parts of a JSON column that stay behind
    without_parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rows: Callable[[models.QuerySet], models.QuerySet] = lambda rows: rows

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def columns(self) -> list[str]:
        """Names of the columns in the file, the key aside."""
        meta: Any = self.model._meta
        columns = [one.name for one in meta.local_fields if not one.primary_key and one.serialize]
        many = [one.name for one in meta.local_many_to_many if one.serialize]
        return [name for name in columns + many if name not in self.without]

    def selected(self) -> models.QuerySet:
        return self.rows(self.model._base_manager.order_by("pk"))


def _of_pages(rows: models.QuerySet) -> models.QuerySet:
    return rows.filter(base_content_type=ContentType.objects.get_for_model(Page))


def _on_pages(rows: models.QuerySet) -> models.QuerySet:
    return rows.filter(page__in=Page.objects.all())


def _of_files(rows: models.QuerySet) -> models.QuerySet:
    return rows.filter(content_type__app_label="portal")


#: locks and Wagtail's own dates are work under way, aliases are never made
UNDER_WAY = frozenset({"locked", "locked_at", "locked_by", "go_live_at", "expire_at", "expired", "alias_of"})
#: of a version: who owns or locks the page, and remarks among colleagues; none of it is text
NOT_TEXT = frozenset({"owner", "locked", "locked_at", "locked_by", "content_type", "comments"})
REMARKS = frozenset({"wagtail_admin_comments"})
EVENT = frozenset({"event_id"})
VERSION = frozenset({"version"})


def carried() -> list[Carried]:
    """Every table that comes along, in the order in which its rows are entered."""
    return [
        Carried("wagtailcore.Locale"),
        Carried("wagtailcore.Collection"),
        Carried("wagtailcore.CollectionViewRestriction", without=frozenset({"password"})),
        Carried("taggit.Tag"),
        Carried("portal.PortalImage", file="file"),
        Carried("portal.PortalRendition", file="file"),
        Carried("portal.PortalDocument"),
        Carried("portal.FileVersion", Kept.ONCE, officers=frozenset({"by_id"}), file="file"),
        Carried("taggit.TaggedItem", rows=_of_files),
        Carried(
            "wagtailcore.Revision",
            without=frozenset({"approved_go_live_at"}),
            without_parts={"content": NOT_TEXT | REMARKS},
            rows=_of_pages,
        ),
        Carried("wagtailcore.Page", without=UNDER_WAY),
        *(Carried(label) for label in page_tables()),
        Carried("wagtailcore.PageViewRestriction", without=frozenset({"password"})),
        Carried("wagtailcore.PageLogEntry", rows=_on_pages),
        Carried("wagtailredirects.Redirect", without=frozenset({"site"})),
        Carried("portal.PageRecord", Kept.TRACKED, without=VERSION),
        Carried("portal.PublicChange", Kept.ONCE, without=EVENT),
        Carried("portal.TranslationMark", Kept.ONCE, without=EVENT),
        Carried("portal.AddressChange", Kept.ONCE, without=EVENT),
        Carried("portal.PublicFile", Kept.ONCE, without=EVENT),
        Carried("portal.Particulars", Kept.TRACKED, without=VERSION),
        Carried("portal.CatalogueRow", Kept.TRACKED, without=VERSION),
        Carried("portal.CatalogueItem", Kept.TRACKED, without=VERSION),
        Carried("portal.Statement", Kept.TRACKED, without=VERSION),
        Carried("search.SynonymGroup", Kept.TRACKED, without=VERSION),
    ]


def page_tables() -> list[str]:
    """The portal's page types and the rows that belong to their pages."""
    models_here = list(apps.get_app_config("portal").get_models())
    pages = [model for model in models_here if issubclass(model, Page)]
    below = [model for model in models_here if _belongs_to_page(model)]
    return [model._meta.label for model in (*pages, *below)]


def _belongs_to_page(model: type[models.Model]) -> bool:
    return any(
        isinstance(one, ParentalKey) and issubclass(one.related_model, Page)
        for one in model._meta.local_fields
    )


#: tables of the portal that stay behind, and why
LEFT_BEHIND: dict[str, str] = {
    "portal.MissingAddress": "what readers of this server did not find; the other one counts anew",
    "portal.AskedWords": "what readers of this server searched for, kept for days; the other one counts anew",
    "portal.AskedCount": "see AskedWords",
    "portal.AskedSecret": "see AskedWords",
    "portal.Submission": "a review is an act of officers, bound to this trail; drafts are handed in anew",
    "portal.Approval": "see Submission",
    "portal.Plan": "a planned text is a draft elsewhere until somebody releases it there",
    "portal.GateVerdict": "the gate is asked again where the texts become public",
    "portal.GateRelease": "a second person answers for it where the texts become public",
    "portal.BinnedDraft": "what is thrown away is forgotten, not carried",
    "portal.CheckRun": "the nightly check makes a new one",
    "portal.AttachmentText": "read anew from the files",
    "portal.Register": "no table of its own: rights only",
    "portal.ReviewWorkflow": "made at set-up from the table of steps",
    "portal.StepTask": "made at set-up from the table of steps",
    "portal.PreviewLink": "leads to this portal, for seven days",
    "portal.PreviewOpening": "see PreviewLink",
    "portal.Handover": "says which officer here gave what to whom",
    "portal.NotificationRule": "names officers here; another portal begins with the rules of its set-up",
    "portal.Occurrence": "see Notification",
    "portal.Notification": "a mail that this portal sent or will send",
    "portal.Transfer": "says what happened to this portal",
}
