"""Registers of applications, public lists and awards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.registers.base import Register
from portal.registers.filters import ByStreet
from portal.registers.names import heads_of
from portal.registers.show import benefit_label, value_of
from relief.applications.models import Application
from relief.awards.models import Award
from relief.households.models import Person
from relief.publicity.models import PublicList


class ApplicationRegister(Register):
    """申请台账."""

    model = Application
    base_url_path = "registers/applications"
    menu_label = _("Application register")
    menu_icon = "form"
    menu_order = 30
    list_display = ("case", "person_name", "community", "state", "submitted_on", "due_on")
    list_filter = (ByStreet, "state")
    list_select_related = ("community", "applicant")
    search_fields = ("number",)
    record_fields: ClassVar = (
        "number",
        "person_name",
        "household",
        "community",
        "benefit",
        "kind",
        "road_key",
        "state",
        "persons",
        "submitted_on",
        "accepted_on",
        "survey_from",
        "due_on",
        "due_provisional",
        "limit_on",
        "kin_registered",
        "complaint_registered",
        "income_per_head",
        "recommended",
        "proposed_persons",
        "proposed_amount",
        "proposed_top_up",
        "forwarded_on",
        "decided_persons",
        "decided_amount",
        "decided_top_up",
        "decided_on",
    )

    def people_of(self, rows: list[Any]) -> Mapping[int, Person]:
        return {row.pk: row.applicant for row in rows}

    def case(self, row: Any) -> str:
        return str(row)

    def person_name(self, row: Any) -> str:
        return super().person_name(row)

    case.short_description = _("case number")  # type: ignore[attr-defined]
    case.admin_order_field = "number"  # type: ignore[attr-defined]
    person_name.short_description = _("applicant")  # type: ignore[attr-defined]


class PublicListRegister(Register):
    """公示名单台账: what was published when; the rows themselves stand on the public page."""

    model = PublicList
    area_column = "area__number"
    base_url_path = "registers/lists"
    menu_label = _("List register")
    menu_icon = "list-ul"
    menu_order = 40
    list_display = ("list_number", "kind", "area", "batch", "state", "starts_on", "ends_on", "entry_count")
    list_filter = (ByStreet, "kind", "state")
    list_select_related = ("area",)
    search_fields = ("number",)
    record_fields: ClassVar = (
        "number",
        "title_zh",
        "title_en",
        "kind",
        "benefit",
        "area",
        "batch",
        "revision",
        "state",
        "index_number",
        "document_number",
        "entry_count",
        "person_count",
        "published_at",
        "days",
        "starts_on",
        "ends_on",
        "names_until",
        "names_deleted_on",
        "digest",
    )

    def list_number(self, row: Any) -> str:
        return str(row)

    list_number.short_description = _("list number")  # type: ignore[attr-defined]
    list_number.admin_order_field = "number"  # type: ignore[attr-defined]

    def tables_of(self, row: PublicList, user: object) -> list[dict[str, Any]]:
        return [
            {
                "caption": gettext("Postings"),
                "headers": [gettext("Where"), gettext("Posted on"), gettext("Posted by")],
                "rows": [
                    [
                        posting.board or posting.get_channel_display(),
                        value_of(posting, "posted_on"),
                        posting.officer_name,
                    ]
                    for posting in row.postings.select_related("board")
                ],
            }
        ]


class AwardRegister(Register):
    """保障对象台账."""

    model = Award
    base_url_path = "registers/awards"
    menu_label = _("Award register")
    menu_icon = "tick"
    menu_order = 50
    list_display = ("award_household", "person_name", "award_benefit", "community", "status")
    list_filter = (ByStreet, "status")
    list_select_related = ("community", "household")
    search_fields = ("household__number",)
    record_fields: ClassVar = ("household", "person_name", "benefit", "community", "status")

    def people_of(self, rows: list[Any]) -> Mapping[int, Person]:
        heads = heads_of({row.household_id for row in rows})
        return {row.pk: heads[row.household_id] for row in rows if row.household_id in heads}

    def award_household(self, row: Any) -> str:
        return str(row.household)

    def award_benefit(self, row: Any) -> str:
        return benefit_label(row.benefit)

    def person_name(self, row: Any) -> str:
        return super().person_name(row)

    award_household.short_description = _("household")  # type: ignore[attr-defined]
    award_household.admin_order_field = "household__number"  # type: ignore[attr-defined]
    award_benefit.short_description = _("benefit")  # type: ignore[attr-defined]
    person_name.short_description = _("Head of household")  # type: ignore[attr-defined]

    def tables_of(self, row: Award, user: object) -> list[dict[str, Any]]:
        return [
            {
                "caption": gettext("Amounts"),
                "headers": [
                    gettext("From month"),
                    gettext("Until month"),
                    gettext("persons"),
                    gettext("Yuan per month"),
                ],
                "rows": [
                    [
                        value_of(period, "from_month"),
                        value_of(period, "until_month"),
                        value_of(period, "persons"),
                        value_of(period, "amount"),
                    ]
                    for period in row.periods.order_by("-from_month", "-pk")
                ],
            }
        ]
