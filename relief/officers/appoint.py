"""Bring officers into office and out of it. Group membership for the CMS follows the appointments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.errors import Invalid, NotAllowed, Reason, WrongState
from relief.officers.authority import appointments_of
from relief.officers.models import SITE_ROLES, Account, Appointment, Officer, Role, ScopeKind, level_of
from relief.places.models import DISTRICT, Area
from relief.trail import clock
from relief.trail.actor import Actor, Robot
from relief.trail.record import record, set_if
from relief.trail.verb import verb
from relief.trail.written import check_reason

#: what who releases the texts of a section gives there; publishers, and roles over an area, come from set-up
GIVEN_IN_SECTIONS = (Role.EDITOR, Role.SECTION_EDITOR, Role.REVIEWER)
NOT_HERE = Reason("setup-only", gettext_lazy("This appointment is made and ended by the system's set-up."))
DAY = timedelta(days=1)


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
    officer: Officer,
    *,
    role: str,
    section: UUID,
    from_date: date,
    by: Officer | Robot,
    until_date: date | None = None,
    why: str = "",
    above: Collection[str] = (),
) -> Appointment:
    """Give `officer` a role over one section (栏目), named by its translation key: in both languages.

    `above`: the keys of the section and of all above it, over one of which an officer who appoints releases
    texts. Raises Invalid when the role belongs to casework or the days don't fit, WrongState for a role that
    is held already, NotAllowed for who may not appoint here.
    """
    actor = _appointing(by, officer, role, above)
    _check_section(role, from_date, until_date)
    if isinstance(by, Officer):
        check_reason(why)
        if from_date < clock.today():
            raise Invalid({"from_date": [Reason("past", _("From today on, or later."))]})
    held = Appointment.objects.filter(
        Q(until_date=None) | Q(until_date__gte=from_date),
        officer=officer,
        role=role,
        scope_kind=ScopeKind.SECTION,
        scope_code=str(section),
    )
    if (held.filter(from_date__lte=until_date) if until_date else held).exists():
        words = _("This person holds this role here already within these days.")
        raise WrongState(Reason("appointed-already", words))
    appointment = Appointment(
        officer=officer,
        role=role,
        scope_kind=ScopeKind.SECTION,
        scope_code=str(section),
        from_date=from_date,
        until_date=until_date,
        why=why.strip(),
    )
    appointment.save(event=record("appoint-to-section", officer, actor=actor))
    follow_groups(officer)
    return appointment


@verb("end-appointment")
def end_appointment(
    appointment: Appointment,
    *,
    until_date: date,
    by: Officer | Robot,
    version: int,
    why: str = "",
    above: Collection[str] = (),
) -> Appointment:
    """Let an appointment end with `until_date`. An officer ends those that they might make, as above."""
    in_section = appointment.scope_kind == ScopeKind.SECTION
    if isinstance(by, Officer) and not in_section:
        raise NotAllowed(NOT_HERE)
    actor = _appointing(by, appointment.officer, appointment.role, above)
    if until_date < appointment.from_date:
        raise Invalid({"until_date": [Reason("until-before-from", _("The end lies before the beginning."))]})
    if isinstance(by, Officer):
        check_reason(why)
        if until_date < clock.today() - DAY:
            raise Invalid({"until_date": [Reason("past", _("With yesterday at the earliest."))]})
    area = "" if in_section else appointment.scope_code
    event = record("end-appointment", appointment.officer, actor=actor, area=area)
    ended = set_if(appointment, version, {"until_date": until_date, "why": why.strip()}, event)
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


def _appointing(by: Officer | Robot, officer: Officer, role: str, above: Collection[str]) -> Actor:
    """Set-up appoints everybody; who releases the texts of a section, those who write and review there.

    Raises NotAllowed, also for one's own appointment: nobody extends their own power.
    """
    if isinstance(by, Robot):
        return by.actor()
    if by.pk == officer.pk:
        words = _("Nobody appoints themselves or ends their own appointment: somebody else does it.")
        raise NotAllowed(Reason("own-appointment", words))
    if role not in GIVEN_IN_SECTIONS:
        raise NotAllowed(NOT_HERE)
    for held in appointments_of(by):
        whole = held.scope_kind == ScopeKind.AREA and held.scope_code == DISTRICT
        if held.role == Role.PUBLISHER and (whole or held.scope_code in above):
            return held.actor()
    words = _("In a section this is done by who releases its texts.")
    raise NotAllowed(Reason("not-your-section", words))


def _check_section(role: str, from_date: date, until_date: date | None) -> None:
    if role not in SITE_ROLES:
        raise Invalid({"role": [Reason("not-a-site-role", _("This role has no section of the site."))]})
    if until_date is not None and until_date < from_date:
        raise Invalid({"until_date": [Reason("until-before-from", _("The end lies before the beginning."))]})


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
