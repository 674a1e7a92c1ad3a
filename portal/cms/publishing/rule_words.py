"""Rules and appointments in words, and the history of one row from → to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.notifying.models import NotificationRule
from portal.registers.show import in_words
from portal.registers.words import act_label
from relief.officers.models import Officer
from relief.trail.row_history import history_rows, row_history
from relief.trail.tracked import Tracked

PER_PAGE = 20
#: said beside the act, not as a change
APART = {"why", "made_at"}


def section_titles(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """Titles by translation key; one query."""
    found: dict[UUID, str] = {}
    pages = Page.objects.filter(translation_key__in={key for key in keys if key}).order_by(
        "locale_id", "path"
    )
    for key, title in pages.values_list("translation_key", "title"):
        found.setdefault(key, title)
    return found


def recipient_in_words(rule: NotificationRule) -> str:
    """Role, author or person."""
    return rule.officer.name if rule.officer is not None else str(rule.get_recipient_display())


def acts_since(row: Tracked, version: int) -> list[dict[str, Any]]:
    """What was done with a row after it had this version, newest first: its `record`, the `act` in words."""
    steps = row_history(row, count=PER_PAGE)
    return [
        {"record": step.record, "act": act_label(step.event.act) if step.event else ""}
        for step in steps
        if step.record.version > version
    ]


def history_in_words(row: Tracked, number: str | None) -> tuple[Any, list[dict[str, Any]]]:
    """(a paginator's page, its steps newest first): when, who, act, why, and each column from → to."""
    shown = Paginator(history_rows(row), PER_PAGE).get_page(number)
    steps = row_history(row, start=(shown.number - 1) * PER_PAGE, count=PER_PAGE)
    pairs = [
        (one.name, value)
        for step in steps
        for one in step.change.changes
        for value in (one.before, one.after)
    ]
    titles = section_titles(value for name, value in pairs if name == "section")
    people = Officer.objects.in_bulk([value for name, value in pairs if name == "officer" and value])

    def words(name: str, value: Any) -> str:
        if value in (None, ""):
            return _("all") if name in ("section", "page_type") else ""
        if name == "section":
            return titles.get(value, str(value))
        if name == "officer":
            return people[value].name
        return in_words(type(row)._meta.get_field(name), value)

    return shown, [
        {
            "record": step.record,
            "act": act_label(step.event.act) if step.event else "",
            "born": step.change.born,
            "changes": [
                {
                    "label": one.column,
                    "before": words(one.name, one.before),
                    "after": words(one.name, one.after),
                }
                for one in step.change.changes
                if one.name not in APART
            ],
        }
        for step in steps
    ]
