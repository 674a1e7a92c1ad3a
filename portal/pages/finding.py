"""Find the pages that criteria ask for, in one language, as the public may see them today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from wagtail.models import Page

from portal.pages.above import HOME_DEPTH
from portal.pages.base import PortalPage
from portal.pages.chinese import keep_chinese
from portal.pages.criteria import ORDERS, Criteria, Dates, State
from portal.pages.relations import validity_of
from portal.publishing.models import PageRecord, PageState
from portal.publishing.queries import readable
from relief.trail import clock

#: page types that only lead to others, or stand for themselves from the first day and are no news
SIGNPOSTS = {
    "homepage",
    "sectionpage",
    "policysection",
    "interpretationsection",
    "listingpage",
    "publicityindexpage",
    "announcementindexpage",
    "annualreportindexpage",
    "guideindexpage",
    "disclosurepage",
    "profilepage",
}


def listable_types() -> dict[str, type[PortalPage]]:
    """The page types that a listing may ask for, by key: all that say something of their own."""
    return {
        str(model._meta.model_name): model
        for model in apps.get_models()
        if issubclass(model, PortalPage) and model._meta.model_name not in SIGNPOSTS
    }


def type_choices() -> list[tuple[str, str]]:
    """(key, label) of each type, for forms."""
    return [(key, capfirst(str(model._meta.verbose_name))) for key, model in listable_types().items()]


def find(criteria: Criteria, page: Page) -> Any:
    """The live, open pages of the language of `page` that fit, in order; the limit is not applied."""
    within = _section(criteria.section, page)
    types = [model for key, model in listable_types().items() if not criteria.types or key in criteria.types]
    above = within.path if within else page.path[: HOME_DEPTH * Page.steplen]
    pages = readable(Page.objects.filter(path__startswith=above).type(*types))
    if since := criteria.since(clock.today()):
        pages = pages.filter(first_published_at__gte=clock.at(since, 0))
    if criteria.dates == Dates.OPEN:
        pages = pages.filter(having(types, "deadline", deadline__gte=clock.today()))
    if criteria.topic:
        pages = pages.filter(having(types, "topic", topic=criteria.topic))
    if criteria.issuer:
        pages = pages.filter(having(types, "issuer", issuer=criteria.issuer))
    if criteria.validity:
        live = apps.get_model("portal.PolicyPage").objects.filter(live=True)
        pages = pages.filter(translation_key__in=keys_by_validity(live, criteria.validity))
    return _in_state(pages, criteria.state).order_by(*ORDERS[criteria.sort])


def shown(criteria: Criteria, page: Page) -> Any:
    """The same, cut at the limit."""
    pages = find(criteria, page)
    return pages[: criteria.limit] if criteria.limit else pages


def specifics(pages: Any) -> list[Any]:
    """Pages of one screen with the columns of their types: one query for each type among them."""
    return list(pages.specific()) if hasattr(pages, "specific") else list(pages)


def keep_facts(pages: list[Any], page: PortalPage) -> None:
    """Let pages in the language of `page` know who states their facts: one query for each type among them."""
    chinese = page.language == settings.LANGUAGE_CODE
    stating: dict[Any, Any] = {}
    for model in () if chinese else {type(one) for one in pages}:
        keys = [one.translation_key for one in pages if type(one) is model]
        found = model.objects.filter(translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE)
        stating |= {one.translation_key: one for one in found}
    for one in pages:
        keep_chinese(one, stating.get(one.translation_key))


def _section(key: Any, page: Page) -> Page | None:
    """The section in the page's language; without a translation the whole language is looked through."""
    if key is None:
        return None
    return Page.objects.filter(translation_key=key, locale_id=page.locale_id).first()


def having(types: Iterable[type[PortalPage]], field: str, **asked: Any) -> Q:
    """Pages of types that have the column and the value asked for.

    Metadata stand on the source page; a translation is found by its source, so a value holds in both.
    """
    fits = Q(pk__in=[])
    for model in types:
        if _has(model, field):
            fits |= Q(translation_key__in=model.objects.filter(**asked).values("translation_key"))
    return fits


def keys_by_validity(policies: Any, state: str) -> list[Any]:
    """The uuids of those of these policies that are in this state today, computed as on their pages."""
    stated = list(policies.filter(locale__language_code=settings.LANGUAGE_CODE))
    held = validity_of(stated)
    return [policy.translation_key for policy in stated if held[policy.pk].state == state]


def _has(model: type[models.Model], field: str) -> bool:
    try:
        return bool(model._meta.get_field(field))
    except FieldDoesNotExist:
        return False


def _in_state(pages: Any, state: str) -> Any:
    superseded = PageRecord.objects.filter(page_id=OuterRef("pk"), state=PageState.SUPERSEDED)
    if state == State.BOTH:
        return pages
    return pages.exclude(Exists(superseded)) if state == State.PUBLIC else pages.filter(Exists(superseded))
