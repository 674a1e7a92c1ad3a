"""The three pages of a register."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail_modeladmin.views import IndexView, InspectView, InstanceSpecificView

from portal.actors import who
from portal.registers.show import in_words, label_of, value_of
from portal.registers.words import act_label, reason_label, role_label
from relief.places.models import Area
from relief.trail.row_history import RowStep, history_rows, row_history
from relief.trail.timeline import Change

PER_PAGE = 50
MOST_PAGES = 6  # digits


class ListPage(IndexView):
    """The list. Only known address parameters count: no free look-ups, no export."""

    page_num: int

    def get_page_title(self) -> str:
        return str(self.model_admin.menu_label)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.GET = self._known(request)
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(self.index_url)

    def _known(self, request: HttpRequest) -> Any:
        known = {self.PAGE_VAR, self.SEARCH_VAR, self.ORDER_VAR} | self.model_admin.filter_parameters()
        query = request.GET.copy()
        for name in list(query):
            if name not in known:
                del query[name]
        query[self.SEARCH_VAR] = query.get(self.SEARCH_VAR, "").replace("\0", "")
        page = query.get(self.PAGE_VAR, "")
        if not (page.isascii() and page.isdigit() and len(page) <= MOST_PAGES and int(page)):
            query[self.PAGE_VAR] = "1"
        return query

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.page_num = min(self.page_num, self._last_page())
        context = super().get_context_data(**kwargs)
        rows = list(context["object_list"])
        self.model_admin.reveal(rows, self.request.user)
        return {**context, "object_list": rows}

    def _last_page(self) -> int:
        return self.paginator_class(self.queryset, self.items_per_page).num_pages


class RecordPage(InspectView):
    """One row (查看): its columns, then what hangs on it."""

    def get_page_title(self) -> str:
        return capfirst(self.verbose_name)

    def get_meta_title(self) -> str:
        return f"{self.get_page_title()} {self.instance}"

    def get_fields_dict(self) -> list[dict[str, str]]:
        self.model_admin.reveal([self.instance], self.request.user)
        return [self._field(name) for name in self.model_admin.record_fields]

    def _field(self, name: str) -> dict[str, str]:
        if name == "person_name":
            return {
                "label": capfirst(pgettext("person", "name")),
                "value": self.model_admin.person_name(self.instance),
            }
        label = label_of(self.model._meta.get_field(name))
        return {"label": label, "value": value_of(self.instance, name)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tables = self.model_admin.tables_of(self.instance, self.request.user)
        return super().get_context_data(**{"tables": tables, **kwargs})


class HistoryPage(InstanceSpecificView):
    """Every change of one row, newest first, with act, person and what changed (变更历史)."""

    def get_page_title(self) -> str:
        return _("History of changes")

    def get_meta_title(self) -> str:
        return f"{self.get_page_title()}: {self.instance}"

    def get_template_names(self) -> str:
        return self.model_admin.get_history_template()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(history_rows(self.instance), PER_PAGE).get_page(self.request.GET.get("p"))
        steps = row_history(self.instance, start=(page.number - 1) * PER_PAGE, count=PER_PAGE)
        areas = _names_of_areas(steps)
        self.related = self._related(steps)
        return super().get_context_data(
            page=page,
            steps=[self._shown(step, areas) for step in steps],
            record_url=self.url_helper.get_action_url("inspect", self.instance.pk),
            **kwargs,
        )

    def _shown(self, step: RowStep, areas: dict[str, str]) -> dict[str, Any]:
        record = step.record
        return {
            "at": record.history_date,
            "act": act_label(step.event.act) if step.event else "",
            "actor": who(record),
            "role": role_label(record.actor_role),
            "area": areas.get(record.actor_area, ""),
            "reason": reason_label(record.history_change_reason or ""),
            "born": step.change.born,
            "changes": [self._change(change) for change in step.change.changes],
        }

    def _change(self, change: Change) -> dict[str, Any]:
        field = self.model._meta.get_field(change.name)
        return {
            "field": label_of(field),
            "masked": change.sealed,
            "before": self._words(field, change.before),
            "after": self._words(field, change.after),
        }

    def _words(self, field: Any, value: Any) -> str:
        if field.is_relation and value is not None:
            return self.related.get((field.name, value), str(value))
        return in_words(field, value)

    def _related(self, steps: list[RowStep]) -> dict[tuple[str, Any], str]:
        """What foreign keys in the changes point to, in words: one query per column, not per row."""
        wanted: dict[str, set[Any]] = {}
        for change in (change for step in steps for change in step.change.changes):
            if self.model._meta.get_field(change.name).is_relation:
                wanted.setdefault(change.name, set()).update({change.before, change.after} - {None})
        found = {}
        for name, keys in wanted.items():
            field = self.model._meta.get_field(name)
            key = field.target_field.attname
            for row in field.related_model._default_manager.filter(**{f"{key}__in": keys}):
                found[name, getattr(row, key)] = str(row)
        return found


def _names_of_areas(steps: list[RowStep]) -> dict[str, str]:
    numbers = {step.record.actor_area for step in steps if step.record.actor_area}
    rows: QuerySet[Area] = Area.objects.filter(number__in=numbers)
    return {area.number: area.name for area in rows}
