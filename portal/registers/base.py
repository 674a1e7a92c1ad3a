"""The frame of every register: read only, by right and area, in list, record and history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from portal.registers.names import shown_names
from portal.registers.reader import SEE_NAMES, reader_of, view_right
from portal.registers.show import DOTS
from portal.registers.views import HistoryPage, ListPage, RecordPage
from relief.households.models import Person
from relief.places.scope import within_any

LONGEST_KEY = 18  # digits of a 64-bit number


class ReadOnly(PermissionHelper):
    """Reading hangs on the view right in today's areas; nothing else is possible, for nobody."""

    def scopes(self, user: object) -> list[str]:
        """Numbers of the areas whose rows the user may read."""
        reader = reader_of(user)
        return reader.scopes(view_right(self.model)) if reader else []

    def user_can_list(self, user: object) -> bool:
        return bool(self.scopes(user))

    def user_can_inspect_obj(self, user: object, obj: Model) -> bool:
        """Only asked for rows that came through `Register.readable`."""
        return self.user_can_list(user)

    def user_can_create(self, user: object) -> bool:
        return False

    def user_can_edit_obj(self, user: object, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: object, obj: Model) -> bool:
        return False


class RecordButtons(ButtonHelper):
    """查看 and 变更历史."""

    def get_buttons_for_obj(
        self,
        obj: Model,
        exclude: Iterable[str] = (),
        classnames_add: Any = None,
        classnames_exclude: Any = None,
    ) -> list[dict[str, str]]:
        labels = {"inspect": _("View"), "history": _("History of changes")}
        return [
            self._button(action, label, obj, classnames_add)
            for action, label in labels.items()
            if action not in (exclude or ())
        ]

    def get_primary_button(self, obj: Model) -> dict[str, str]:
        return self._button("inspect", _("View"), obj)

    def _button(self, action: str, label: str, obj: Model, more: list[str] | None = None) -> dict[str, str]:
        return {
            "url": self.url_helper.get_action_url(action, obj.pk),
            "label": label,
            "classname": self.finalise_classname(["button-secondary", *more] if more else []),
            "title": f"{label}: {obj}",
        }


class Register(ModelAdmin):
    """One register. Subclasses name the model, its columns and how its rows lie in areas."""

    #: path to the area number of a row
    area_column: ClassVar[str] = "community__number"
    #: columns of the record page, in order
    record_fields: ClassVar[tuple[str, ...]] = ()

    permission_helper_class = ReadOnly
    button_helper_class = RecordButtons
    index_view_class = ListPage
    inspect_view_class = RecordPage
    history_view_class = HistoryPage
    inspect_view_enabled = True
    inspect_template_name = "registers/record.html"
    history_template_name = "registers/history.html"
    list_per_page = 50
    empty_value_display = "—"

    # --- which rows ---------------------------------------------------------------------------

    def within(self, rows: QuerySet, scopes: list[str]) -> QuerySet:
        """Those of `rows` that lie in the areas numbered `scopes`."""
        return rows.filter(within_any(scopes, self.area_column))

    def readable(self, user: object) -> QuerySet:
        """The rows that the user may read."""
        return self.within(self.model._default_manager.all(), self.permission_helper.scopes(user))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.within(super().get_queryset(request), self.permission_helper.scopes(request.user))

    # --- what is shown ------------------------------------------------------------------------

    def people_of(self, rows: list[Any]) -> Mapping[int, Person]:
        """The person whose name stands for a row, by row key."""
        return {}

    def reveal(self, rows: list[Any], user: object) -> None:
        """Write the shown name into each row of a page, in one look."""
        reader = reader_of(user)
        people = self.people_of(rows)
        if reader is None or not people:
            return
        seen = self.within(self.model._default_manager.all(), reader.scopes(SEE_NAMES))
        names = shown_names(people, seen, reader)
        for row in rows:
            row.shown_name = names.get(row.pk, self.empty_value_display)

    def person_name(self, row: Any) -> str:
        return getattr(row, "shown_name", DOTS)

    def tables_of(self, row: Any, user: object) -> list[dict[str, Any]]:
        """Tables under the record: caption, headers and rows."""
        return []

    def filter_parameters(self) -> set[str]:
        """Names of the address parameters that the filters read; all others are dropped."""
        names: set[str] = set()
        for wanted in self.list_filter:
            if isinstance(wanted, str):
                names |= {f"{wanted}__exact", f"{wanted}__isnull"}
            else:
                names.add(wanted.parameter_name)
        return names

    # --- doors ----------------------------------------------------------------------------------

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        return super().inspect_view(request, self._admitted(request, instance_pk))

    def history_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        return super().history_view(request, self._admitted(request, instance_pk))

    def _admitted(self, request: HttpRequest, key: str) -> str:
        """Right first, row second: without the right nobody learns which rows there are."""
        if not self.permission_helper.user_can_list(request.user):
            raise PermissionDenied
        if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY):
            raise Http404
        if not self.readable(request.user).filter(pk=key).exists():
            raise Http404
        return key

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """List, record and history only: other addresses don't exist."""
        keep = {self.url_helper.get_action_url_name(name) for name in ("index", "inspect", "history")}
        return tuple(url for url in super().get_admin_urls_for_registration() if url.name in keep)

    def get_permissions_for_registration(self) -> QuerySet:
        return Permission.objects.none()  # nothing to tick: rights are set by role

    def register_indexing(self) -> None:
        """No reference index: it would copy links between case rows at every save."""

    def register_admin_url_finders(self) -> None:
        """There is no edit page to find."""
