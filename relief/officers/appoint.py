"""Bring officers into office and out of it. Group membership for the CMS follows the appointments."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from relief.errors import Invalid, NotAllowed, Reason
from relief.officers.models import SITE_ROLES, Account, Appointment, Officer, Role, ScopeKind, level_of
from relief.places.models import Area
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from relief.trail.verb import verb


@verb("register-officer")
def register_officer(
    username: str, *, password: str, name: str, office: str, by: Robot, language: str = "zh-hans"
) -> Officer:
    """Open an account and enter its officer. Only the set-up robot does it as yet."""
    _only_setup(by)
    if Account.objects.filter(username=username).exists():
        raise Invalid({"username": [Reason("username-taken", _("This user name is taken."))]})
    account = Account.objects.create_user(username, password=password)
    officer = Officer(account=account, name=name, office=office, language=language)
    officer.save(event=record("register-officer", officer, actor=by.actor()))
    return officer


@verb("appoint")
def appoint(
    officer: Officer, *, role: str, area: str, from_date: date, by: Robot, until_date: date | None = None
) -> Appointment:
    """Give `officer` a role over the area numbered `area`. Raises Invalid when role and level don't fit."""
    _only_setup(by)
    place = Area.objects.filter(number=area).first()
    level = level_of(role)
    if role not in Role.values:
        raise Invalid({"role": [Reason("choice", _("Choose a role."))]})
    if place is None or (level is not None and place.level != level):
        raise Invalid(
            {"area": [Reason("area-level", _("This role belongs to another level of the district."))]}
        )
    if until_date is not None and until_date < from_date:
        raise Invalid({"until_date": [Reason("until-before-from", _("The end lies before the beginning."))]})
    event = record("appoint", officer, actor=by.actor(), area=area)
    appointment = Appointment(
        officer=officer,
        role=role,
        scope_kind=ScopeKind.AREA,
        scope_code=area,
        from_date=from_date,
        until_date=until_date,
    )
    appointment.save(event=event)
    follow_groups(officer)
    return appointment


@verb("appoint-to-section")
def appoint_to_section(
    officer: Officer, *, role: str, section: UUID, from_date: date, by: Robot, until_date: date | None = None
) -> Appointment:
    """Give `officer` a role over one section (栏目), named by its translation key: in both languages.

    Raises Invalid when the role belongs to casework, not to the site.
    """
    _only_setup(by)
    if role not in SITE_ROLES:
        raise Invalid({"role": [Reason("not-a-site-role", _("This role has no section of the site."))]})
    if until_date is not None and until_date < from_date:
        raise Invalid({"until_date": [Reason("until-before-from", _("The end lies before the beginning."))]})
    event = record("appoint-to-section", officer, actor=by.actor())
    appointment = Appointment(
        officer=officer,
        role=role,
        scope_kind=ScopeKind.SECTION,
        scope_code=str(section),
        from_date=from_date,
        until_date=until_date,
    )
    appointment.save(event=event)
    follow_groups(officer)
    return appointment


@verb("end-appointment")
def end_appointment(appointment: Appointment, *, until_date: date, by: Robot, version: int) -> Appointment:
    """Let an appointment end with `until_date`."""
    _only_setup(by)
    if until_date < appointment.from_date:
        raise Invalid({"until_date": [Reason("until-before-from", _("The end lies before the beginning."))]})
    area = appointment.scope_code if appointment.scope_kind == ScopeKind.AREA else ""
    event = record("end-appointment", appointment.officer, actor=by.actor(), area=area)
    ended = set_if(appointment, version, {"until_date": until_date}, event)
    follow_groups(ended.officer)
    return ended


@verb("dismiss-officer")
def dismiss(officer: Officer, *, by: Robot, version: int) -> Officer:
    """Deactivate an officer and the account; what they did stays in the records."""
    _only_setup(by)
    event = record("dismiss-officer", officer, actor=by.actor())
    dismissed = set_if(officer, version, {"active": False}, event)
    Account.objects.filter(pk=officer.account_id).update(is_active=False)
    follow_groups(dismissed)
    return dismissed


def follow_groups(officer: Officer) -> None:
    """One group per role, and one per role and section: the CMS's own permissions hang on them."""
    held = Appointment.objects.on(clock.today()).filter(officer=officer)
    names = {group_of(one) for one in held}
    officer.account.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(names)])


def group_of(appointment: Appointment) -> str:
    """Name of the group that an appointment brings: `editor`, or `editor@<section>` within one section."""
    if appointment.scope_kind == ScopeKind.SECTION:
        return f"{appointment.role}@{appointment.scope_code}"
    return str(appointment.role)


def _only_setup(by: Robot) -> None:
    if not isinstance(by, Robot):
        raise NotAllowed(Reason("setup-only", _("Officers are entered by the system's set-up.")))
