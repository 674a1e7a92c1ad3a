"""Filters of the lists."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from relief.places.models import Area, Level
from relief.places.scope import within_any


class ByStreet(SimpleListFilter):
    """Rows of one street, among the streets that the reader may read."""

    title = _("street")
    parameter_name = "street"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        self.register = model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        scopes = model_admin.permission_helper.scopes(request.user)
        streets = Area.objects.filter(within_any(scopes, "number"), level=Level.STREET)
        return [(street.number, street.name) for street in streets]

    def has_output(self) -> bool:
        return len(self.lookup_choices) > 1

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        street = self.value()
        return self.register.within(queryset, [street]) if street else queryset
