"""Register of officers with their appointments."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.registers.base import Register
from portal.registers.filters import ByStreet
from portal.registers.show import value_of
from relief.officers.models import Appointment, Officer, ScopeKind
from relief.places.models import DISTRICT, Area
from relief.places.scope import within_any


class OfficerRegister(Register):
    """人员任职台账: an officer lies where an appointment, past or present, lies."""

    model = Officer
    base_url_path = "registers/officers"
    menu_label = _("Officer register")
    menu_icon = "key"
    menu_order = 60
    list_display = ("name", "office", "active")
    list_filter = (ByStreet, "active")
    search_fields = ("name", "office")
    record_fields: ClassVar = ("name", "office", "language", "active")

    def within(self, rows: QuerySet, scopes: list[str]) -> QuerySet:
        if DISTRICT in scopes:
            return rows
        there = Appointment.objects.filter(
            within_any(scopes, "scope_code"), officer=OuterRef("pk"), scope_kind=ScopeKind.AREA
        )
        return rows.filter(Exists(there))

    def tables_of(self, row: Officer, user: object) -> list[dict[str, Any]]:
        appointments = list(row.appointments.order_by("-from_date", "-pk"))
        places = Area.objects.in_bulk([a.scope_code for a in appointments], field_name="number")
        return [
            {
                "caption": gettext("Appointments"),
                "headers": [gettext("role"), gettext("area"), gettext("from"), gettext("until")],
                "rows": [
                    [
                        appointment.get_role_display(),
                        places.get(appointment.scope_code, appointment.scope_code),
                        value_of(appointment, "from_date"),
                        value_of(appointment, "until_date"),
                    ]
                    for appointment in appointments
                ],
            }
        ]
