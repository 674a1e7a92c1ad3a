"""The columns of the home page: those that editors made, else what is new by type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.pages.criteria import Criteria
from portal.pages.finding import listable_types, shown

LIMIT = 5


@dataclass(frozen=True)
class Column:
    """One column as it is drawn: heading, pages, and where all of them are."""

    title: str
    pages: list[Page]
    url: str = ""


@dataclass(frozen=True)
class _Plan:
    """A heading, its criteria and the page that has them all; `section` names it by its address."""

    title: str
    criteria: Criteria
    key: Any = None
    section: str = ""


def columns_of(home: Any) -> list[Column]:
    """Columns with pages in them; an empty one is left out. Queries: one for each column and three more."""
    plans = _own(home) or _usual()
    targets = _targets(home, plans)
    drawn = [(plan, list(shown(plan.criteria, home))) for plan in plans]
    return [
        Column(plan.title, pages, targets.get(plan.key or plan.section, "")) for plan, pages in drawn if pages
    ]


def _own(home: Any) -> list[_Plan]:
    plans = []
    for column in home.columns.select_related("section", "listing", "listing__section"):
        asked = column.asked
        key = column.listing.translation_key if column.listing else asked.section
        plans.append(_Plan(column.title, asked, key=key))
    return plans


def _usual() -> list[_Plan]:
    """What every site shows until an editor decides otherwise."""
    usual = (
        (_("Latest policies"), ("policypage",), "policies"),
        (_("Latest notices"), ("noticepage",), "notices"),
        (_("Latest interpretations"), ("interpretationpage",), "interpretations"),
    )
    known = listable_types()
    return [
        _Plan(title, Criteria(types=types, limit=LIMIT), section=section)
        for title, types, section in usual
        if set(types) <= set(known)
    ]


def _targets(home: Any, plans: list[_Plan]) -> dict[Any, str]:
    """Addresses by translation key, and by the address of sections right below the home page."""
    keys = [plan.key for plan in plans if plan.key]
    pages = Page.objects.live().filter(locale_id=home.locale_id)
    by_key = pages.filter(translation_key__in=keys) if keys else pages.none()
    found = {page.translation_key: page.get_url() or "" for page in by_key}
    if any(plan.section for plan in plans):
        below = pages.child_of(home).filter(slug__in=[plan.section for plan in plans])
        found |= {page.slug: page.get_url() or "" for page in below}
    return found
