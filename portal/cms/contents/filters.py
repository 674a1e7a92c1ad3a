"""Filters of the contents view: of the chosen type only what its pages have is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django_filters
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Page, get_page_models

from portal.cms.contents.lines import OFFICIAL
from portal.cms.contents.states import LABELS, Stand, condition
from portal.pages.above import HOME_DEPTH
from portal.pages.base import PortalPage
from portal.pages.finding import having, keys_by_validity
from portal.pages.policy import PolicyPage
from portal.pages.topics import Topic
from portal.pages.validity import LABELS as VALIDITIES
from portal.publishing.models import PageRecord, PageState
from relief.officers.models import Officer
from relief.trail import clock

#: a check that falls due within so many days is shown as coming
SOON = timedelta(days=30)
NOBODY = "nobody"
#: the column that a type needs for a filter to make sense
NEEDS = {"topic": "topic", "issuer": "issuer"}


def page_types() -> dict[str, type[PortalPage]]:
    """Types of page by key, in the order of their names."""
    models = [model for model in get_page_models() if issubclass(model, PortalPage)]
    models.sort(key=lambda model: str(model._meta.verbose_name))
    return {str(model._meta.model_name): model for model in models}


def _choice(label: Any, method: str, choices: Callable[[], list[tuple[str, Any]]]) -> Any:
    return django_filters.ChoiceFilter(label=label, method=method, choices=choices, empty_label=_("All"))


def _types() -> list[tuple[str, str]]:
    return [(key, capfirst(str(model._meta.verbose_name))) for key, model in page_types().items()]


def _sections() -> list[tuple[str, str]]:
    """The sections below the home page, by their Chinese names; a section counts in both languages."""
    pages = Page.objects.filter(depth=HOME_DEPTH + 1).order_by("path")
    named: dict[str, str] = {}
    for key, title in pages.values_list("translation_key", "title"):
        named.setdefault(str(key), title)
    return list(named.items())


def _issuers() -> list[tuple[str, str]]:
    names = {name for model in OFFICIAL for name in model.objects.values_list("issuer", flat=True).distinct()}
    return [(name, name) for name in sorted(names) if name]


def _owners() -> list[tuple[str, Any]]:
    named = PageRecord.objects.exclude(owner=None).values("owner_id")
    authors = Page.objects.exclude(owner=None).values("owner_id")
    found = Officer.objects.filter(Q(pk__in=named) | Q(account__in=authors)).order_by("name")
    return [*((str(one.pk), one.name) for one in found), (NOBODY, _("nobody"))]


class ContentsFilter(WagtailFilterSet):
    """What the address may ask for. The language is added by Wagtail."""

    type = _choice(_("Type"), "by_type", _types)
    section = _choice(_("Section"), "by_section", _sections)
    state = _choice(_("State"), "by_state", lambda: [(str(one), label) for one, label in LABELS.items()])
    topic = _choice(_("Topic"), "by_column", lambda: list(Topic.choices))
    issuer = _choice(_("Issued by"), "by_column", _issuers)
    validity = _choice(
        _("Validity"), "by_validity", lambda: [(str(one), label) for one, label in VALIDITIES.items()]
    )
    owner = _choice(_("Owner"), "by_owner", _owners)
    check = _choice(
        _("Next check"),
        "by_check",
        lambda: [("due", _("due")), ("soon", _("due within 30 days")), ("none", _("no date set"))],
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = page_types().get((self.data or {}).get("type", ""))
        for name, column in NEEDS.items():
            if chosen is not None and not _has(chosen, column):
                del self.filters[name]
        if chosen not in (None, PolicyPage):
            del self.filters["validity"]

    def by_type(self, pages: Any, name: str, value: str) -> Any:
        return pages.type(page_types()[value])

    def by_section(self, pages: Any, name: str, value: str) -> Any:
        within = Q(pk__in=[])
        for path in Page.objects.filter(translation_key=value).values_list("path", flat=True):
            within |= Q(path__startswith=path)
        return pages.filter(within)

    def by_state(self, pages: Any, name: str, value: str) -> Any:
        return pages.filter(condition(Stand(value)))

    def by_column(self, pages: Any, name: str, value: str) -> Any:
        return pages.filter(having(page_types().values(), name, **{name: value}))

    def by_validity(self, pages: Any, name: str, value: str) -> Any:
        return pages.filter(translation_key__in=keys_by_validity(PolicyPage.objects.defer("body"), value))

    def by_owner(self, pages: Any, name: str, value: str) -> Any:
        return pages.filter(carer=None) if value == NOBODY else pages.filter(carer=int(value))

    def by_check(self, pages: Any, name: str, value: str) -> Any:
        if value == "none":
            return pages.filter(check_on=None)
        until = clock.today() + (SOON if value == "soon" else timedelta(0))
        public = PageRecord.objects.filter(state=PageState.PUBLIC, next_check_on__lte=until)
        return pages.filter(pk__in=public.values("page_id"))


def _has(model: type[PortalPage], column: str) -> bool:
    try:
        return bool(model._meta.get_field(column))
    except FieldDoesNotExist:
        return False
