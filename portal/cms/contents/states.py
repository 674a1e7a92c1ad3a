"""States of a text as staff name them: conditions for filters, badges for rows. A text may bear several."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from portal.publishing.models import OPEN_PLANS, PageRecord, PageState, Plan


class Stand(StrEnum):
    """Where a text stands."""

    LIVE = "live"
    DRAFT = "draft"
    REVIEW = "review"
    PLANNED = "planned"
    WITHDRAWN = "withdrawn"


LABELS: dict[Stand, Any] = {
    Stand.LIVE: _("live"),
    Stand.DRAFT: _("draft"),
    Stand.REVIEW: _("in review"),
    Stand.PLANNED: _("planned"),
    Stand.WITHDRAWN: _("withdrawn"),
}
COLOURS = {
    Stand.LIVE: "cms-green",
    Stand.DRAFT: "",
    Stand.REVIEW: "cms-amber",
    Stand.PLANNED: "cms-amber",
    Stand.WITHDRAWN: "cms-red",
}
GONE = (PageState.SUPERSEDED, PageState.REMOVED)


@dataclass(frozen=True)
class Badge:
    """A word and its colour."""

    label: Any
    colour: str = ""


def badge_of(stand: Stand) -> Badge:
    return Badge(LABELS[stand], COLOURS[stand])


def stands_of(page: Any, kept: PageRecord | None, *, in_review: bool, planned: bool) -> list[Stand]:
    """The states of one page; the same as the conditions below."""
    gone = kept is not None and kept.state in GONE
    found = [Stand.WITHDRAWN] if gone else [Stand.LIVE] if page.live else []
    if in_review:
        found.append(Stand.REVIEW)
    if planned:
        found.append(Stand.PLANNED)
    if not (in_review or planned) and (not page.live or page.has_unpublished_changes):
        found.append(Stand.DRAFT)
    return found


def running() -> Any:
    """Reviews that are going on."""
    return WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type__model="page"
    )


def condition(stand: Stand) -> Q:
    """Pages that bear a state, as a condition on a queryset of pages."""
    own = PageRecord.objects.filter(page_id=OuterRef("pk"))
    gone = Q(Exists(own.filter(state__in=GONE)))
    in_review = Q(Exists(running().filter(object_id=Cast(OuterRef("pk"), CharField()))))
    planned = Q(Exists(Plan.objects.filter(record__page_id=OuterRef("pk"), state__in=OPEN_PLANS)))
    return {
        Stand.LIVE: Q(live=True) & ~gone,
        Stand.WITHDRAWN: gone,
        Stand.REVIEW: in_review,
        Stand.PLANNED: planned,
        Stand.DRAFT: (Q(live=False) | Q(has_unpublished_changes=True)) & ~in_review & ~planned,
    }[stand]
