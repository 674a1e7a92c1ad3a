"""Who reads a register, and how far: today's appointments say it, group membership alone does not.

A right counts only within the areas of the appointments whose role brings it: who edits pages of the whole
district and reviews cases of one street reads the register of that street.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.db.models import Model

from relief.officers.appoint import group_of
from relief.officers.authority import appointments_of, officer_of
from relief.officers.models import Officer, ScopeKind

SEE_NAMES = "portal.see_names"


def view_right(model: type[Model]) -> str:
    """The right to read a model's register: `relief.view_household`."""
    return f"{model._meta.app_label}.view_{model._meta.model_name}"


@dataclass
class Reader:
    """An officer with the areas of each right, as of today."""

    officer: Officer
    roles: set[str]
    #: the groups that the account is in, and those that its appointments bring today
    groups: set[str]
    due_groups: set[str]
    areas: dict[str, set[str]] = field(default_factory=dict)

    def scopes(self, right: str) -> list[str]:
        """Numbers of the areas in which the officer has `right`; empty when nowhere."""
        return sorted(self.areas.get(right, ()))


def reader_of(user: object) -> Reader | None:
    """The reader behind a signed-in account, worked out once per request; None for who is no officer."""
    if not hasattr(user, "_reader"):
        user._reader = _read(user)  # type: ignore[attr-defined]
    return user._reader  # type: ignore[attr-defined]


def _read(user: object) -> Reader | None:
    officer = officer_of(user)
    if officer is None:
        return None
    appointments = appointments_of(officer)
    groups = set(Group.objects.filter(user=officer.account_id).values_list("name", flat=True))
    reader = Reader(officer, {a.role for a in appointments}, groups, {group_of(a) for a in appointments})
    rights = _rights_of(reader.roles)
    for appointment in appointments:
        if appointment.scope_kind == ScopeKind.AREA:
            for right in rights.get(appointment.role, ()):
                reader.areas.setdefault(right, set()).add(appointment.scope_code)
    return reader


def _rights_of(roles: set[str]) -> dict[str, set[str]]:
    """Rights by role, in one query: `{"auditor": {"relief.view_person", …}}`."""
    found: dict[str, set[str]] = {}
    rows = Group.objects.filter(name__in=roles, permissions__isnull=False)
    for name, app, code in rows.values_list(
        "name", "permissions__content_type__app_label", "permissions__codename"
    ):
        found.setdefault(name, set()).add(f"{app}.{code}")
    return found
