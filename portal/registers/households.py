"""Registers of households and persons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.registers.base import Register
from portal.registers.filters import ByStreet
from portal.registers.names import heads_of, shown_names
from portal.registers.reader import SEE_NAMES, reader_of
from portal.registers.show import value_of
from relief.households.models import Household, Membership, Person
from relief.households.queries import memberships_on
from relief.places.models import DISTRICT
from relief.places.scope import within_any
from relief.trail import clock


class HouseholdRegister(Register):
    """家庭台账: the head's name stands for the household."""

    model = Household
    base_url_path = "registers/households"
    menu_label = _("Household register")
    menu_icon = "group"
    menu_order = 10
    list_display = ("number", "person_name", "community", "kind")
    list_filter = (ByStreet, "kind")
    list_select_related = ("community",)
    search_fields = ("number",)
    record_fields: ClassVar = ("number", "person_name", "community", "kind", "address", "phone", "account")

    def people_of(self, rows: list[Any]) -> Mapping[int, Person]:
        return heads_of({row.pk for row in rows})

    def person_name(self, row: Any) -> str:
        return super().person_name(row)

    person_name.short_description = _("Head of household")  # type: ignore[attr-defined]

    def tables_of(self, row: Household, user: object) -> list[dict[str, Any]]:
        reader = reader_of(user)
        members = memberships_on(row, clock.today())
        people = {member.person_id: member.person for member in members}
        names = {}
        if reader:
            seen = PersonRegister().within(Person.objects.all(), reader.scopes(SEE_NAMES))
            names = shown_names(people, seen, reader)
        return [
            {
                "caption": gettext("Members"),
                "headers": [
                    gettext("person"),
                    pgettext("person", "name"),
                    gettext("relation"),
                    gettext("from"),
                ],
                "rows": [
                    [
                        member.person,
                        names.get(member.person_id, ""),
                        member.get_relation_display(),
                        value_of(member, "from_date"),
                    ]
                    for member in members
                ],
            }
        ]


class PersonRegister(Register):
    """人员台账: nothing of a person in clear; a person lies where the household of today lies."""

    model = Person
    base_url_path = "registers/persons"
    menu_label = _("Person register")
    menu_icon = "user"
    menu_order = 20
    list_display = ("number", "person_name", "household")
    list_filter = (ByStreet,)
    record_fields: ClassVar = ("person_name", "id_number", "birth_date", "phone", "health")

    def within(self, rows: QuerySet, scopes: list[str]) -> QuerySet:
        if DISTRICT in scopes:
            return rows
        today = Membership.objects.on(clock.today()).filter(person=OuterRef("pk"))
        return rows.filter(Exists(today.filter(within_any(scopes, "household__community__number"))))

    def people_of(self, rows: list[Any]) -> Mapping[int, Person]:
        self._find_households(rows)
        return {row.pk: row for row in rows}

    def _find_households(self, rows: list[Any]) -> None:
        memberships = Membership.objects.on(clock.today()).filter(person__in=rows)
        found = {row.person_id: row.household for row in memberships.select_related("household")}
        for row in rows:
            row.todays_household = found.get(row.pk)

    def number(self, row: Any) -> str:
        return str(row)

    def household(self, row: Any) -> str:
        return str(row.todays_household or self.empty_value_display)

    def person_name(self, row: Any) -> str:
        return super().person_name(row)

    number.short_description = _("person")  # type: ignore[attr-defined]
    number.admin_order_field = "pk"  # type: ignore[attr-defined]
    household.short_description = _("household")  # type: ignore[attr-defined]
    person_name.short_description = pgettext_lazy("person", "name")  # type: ignore[attr-defined]

    def tables_of(self, row: Person, user: object) -> list[dict[str, Any]]:
        memberships = row.memberships.select_related("household").order_by("-from_date", "-pk")
        return [
            {
                "caption": gettext("memberships"),
                "headers": [gettext("household"), gettext("relation"), gettext("from"), gettext("until")],
                "rows": [
                    [
                        membership.household,
                        membership.get_relation_display(),
                        value_of(membership, "from_date"),
                        value_of(membership, "until_date"),
                    ]
                    for membership in memberships
                ],
            }
        ]
