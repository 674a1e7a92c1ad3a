"""From what happened to mails in the outbox: which rules listen, and who is meant today."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from portal.notifying.found import Found
from portal.notifying.models import AUTHOR, MailState, Notification, NotificationRule, Occurrence
from relief.officers.models import SITE_ROLES, Appointment, Officer, ScopeKind
from relief.places.models import DISTRICT
from relief.trail import clock


def tell(found: Found) -> Occurrence | None:
    """Write down what happened with a mail for everybody who is meant; None when somebody was first."""
    with transaction.atomic():
        happened, made = Occurrence.objects.get_or_create(
            key=found.key,
            defaults={
                "event": found.event,
                "page_id": found.page.pk if found.page else None,
                "page_type": found.page_type,
                "section": found.section,
                "title": found.title,
                "path": found.path,
                "at": found.at,
            },
        )
        if not made:
            return None
        meant: dict[int, tuple[NotificationRule, Officer]] = {}
        for rule in listening(found):
            for officer in recipients(rule, found):
                meant.setdefault(officer.pk, (rule, officer))
        for rule, officer in meant.values():
            put(happened, rule, officer)
    return happened


def put(happened: Occurrence, rule: NotificationRule, officer: Officer) -> Notification:
    """One mail into the outbox, or into the log as one that has nowhere to go."""
    state = MailState.WAITING if officer.mail else MailState.NO_ADDRESS
    return Notification.objects.create(
        occurrence=happened, rule=rule, officer=officer, state=state, next_try_at=clock.now()
    )


def listening(found: Found) -> list[NotificationRule]:
    """Rules in force when it happened, for this event, type and section."""
    rules = NotificationRule.objects.filter(
        Q(page_type="") | Q(page_type=found.page_type),
        event=found.event,
        made_at__lte=found.at,
        ended_at=None,
    )
    return [rule for rule in rules if rule.section is None or str(rule.section) in found.keys]


def recipients(rule: NotificationRule, found: Found) -> list[Officer]:
    """Who is meant today: only officers with a role of the site where it happened; drafts are not public."""
    if rule.officer_id is not None:
        wanted: Iterable[Appointment] = _today().filter(officer_id=rule.officer_id)
    elif rule.recipient == AUTHOR:
        wanted = _today().filter(officer=found.author) if found.author else ()
    else:
        wanted = _today().filter(role=rule.recipient)
    officers = {one.officer_id: one.officer for one in wanted if _there(one, found)}
    return [officers[key] for key in sorted(officers)]


def _today() -> QuerySet[Appointment]:
    return Appointment.objects.on(clock.today()).filter(role__in=SITE_ROLES).select_related("officer")


def _there(appointment: Appointment, found: Found) -> bool:
    if appointment.scope_kind == ScopeKind.AREA:
        return appointment.scope_code == DISTRICT
    return appointment.scope_code in found.keys if found.page is not None else False
