"""May this officer do this here? Role and area come from the appointments in force today."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from relief.errors import NotAllowed, Reason
from relief.officers.models import Account, Appointment, Officer, Role, ScopeKind
from relief.places.scope import contains
from relief.trail import clock
from relief.trail.actor import Actor, Robot


def officer_of(account: object) -> Officer | None:
    """The active officer behind a signed-in account, or None."""
    if not isinstance(account, Account) or not account.is_active:
        return None
    return Officer.objects.filter(account=account, active=True).first()


def appointments_of(officer: Officer) -> list[Appointment]:
    """What the officer may act as today."""
    return list(Appointment.objects.on(clock.today()).filter(officer=officer).select_related("officer"))


def scopes_of(officer: Officer, roles: Collection[str] | None = None) -> list[str]:
    """Area numbers within which the officer acts today (in one of `roles`)."""
    return sorted(
        {
            appointment.scope_code
            for appointment in appointments_of(officer)
            if appointment.scope_kind == ScopeKind.AREA and (roles is None or appointment.role in roles)
        }
    )


def acting(by: Officer | Robot, roles: Collection[str], area: str) -> Actor:
    """The actor snapshot of `by` in one of `roles` over `area`.

    A robot acts only where `roles` names "robot". Raises NotAllowed.
    """
    if isinstance(by, Robot):
        if "robot" in roles:
            return by.actor()
        raise NotAllowed(_not_your_role(roles))
    fitting = [appointment for appointment in appointments_of(by) if appointment.role in roles]
    if not fitting:
        raise NotAllowed(_not_your_role(roles))
    for appointment in fitting:
        if appointment.scope_kind == ScopeKind.AREA and contains(appointment.scope_code, area):
            return appointment.actor()
    raise NotAllowed(Reason("foreign-area", _("This case lies outside your area.")))


def _not_your_role(roles: Collection[str]) -> Reason:
    names = "、".join(str(Role(role).label) for role in roles if role != "robot")
    return Reason("not-your-role", _("This step is done by: %(roles)s.") % {"roles": names})
