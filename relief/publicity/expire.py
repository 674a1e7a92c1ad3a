"""Delete names whose time is over. Readers never depend on it: every form checks the day as it is read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from relief.errors import Blocked, Reason
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.amounts import has_sum, sum_of
from relief.publicity.editions import current_rows
from relief.publicity.gaps import keeps_open
from relief.publicity.models import ListKind, ListState, PublicList, PublicRow
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import hold, record, set_if, touch
from relief.trail.verb import verb

EXPIRY = Robot("expiry")
#: hour of the day after the last day with names at which the job that deletes them counts as late
ALARM_HOUR = 6


def due_for_expiry() -> list[PublicList]:
    """Lists whose last day with names has passed and whose rows still stand.

    A list whose period will be extended keeps them, unseen: they are shown again on the added days.
    """
    over = PublicList.objects.filter(names_until__lt=clock.today(), names_deleted_on=None, digest__gt="")
    return [one for one in over if _is_due(one)]


def _is_due(public_list: PublicList) -> bool:
    until = public_list.names_until
    if until is None or until >= clock.today() or public_list.names_deleted_on is not None:
        return False
    return public_list.state != ListState.RUNNING or not keeps_open(public_list)


def late_for_expiry() -> list[PublicList]:
    """Lists whose names should have been deleted hours ago: the job that deletes them is late."""
    now = clock.now()
    return [one for one in due_for_expiry() if one.names_until and now > _alarm_at(one.names_until)]


def _alarm_at(until: date) -> datetime:
    return clock.at(until + timedelta(days=1), ALARM_HOUR)


def due_for_row_expiry() -> list[PublicList]:
    """Corrected lists whose own period is over while rows with days of their own are still shown."""
    today = clock.today()
    lists = PublicList.objects.filter(
        kind=ListKind.PRE_APPROVAL, edition__gt=1, ends_on__lt=today, names_until__gte=today
    ).exclude(state=ListState.RUNNING)  # its period may still be extended
    return [one for one in lists.order_by("pk") if rows_over(one).exists()]


def rows_over(public_list: PublicList) -> QuerySet[PublicRow]:
    """Rows of such a list that are shown no more: all but those with days left, and all older editions'."""
    rows = PublicRow.objects.filter(public_list=public_list)
    return rows.exclude(current=True, entry__ends_on__gte=clock.today())


@verb("expire-rows")
def expire_rows(public_list: PublicList, *, by: Officer | Robot = EXPIRY) -> PublicList:
    """Delete the rows whose time is over while late ones are still shown. Reading hid them already.

    Raises NotAllowed, Stale, or Blocked when no row is over.
    """
    actor = acting(by, {"robot"}, public_list.area_id)
    public_list = hold(public_list, public_list.version)
    if public_list.pk not in {one.pk for one in due_for_row_expiry()}:
        raise Blocked(Reason("names-in-time", _("The names of this list are still shown, or gone already.")))
    event = record("expire-rows", public_list, actor=actor, area=public_list.area_id, clause="pipl-47")
    PublicRow.objects.filter(pk__in=rows_over(public_list).values("pk")).delete()
    return touch(public_list, public_list.version, event)


@verb("expire-names")
def expire_names(public_list: PublicList, *, by: Officer | Robot = EXPIRY) -> PublicList:
    """Delete a list's public rows; entries, commitments and digest stay, so proofs still verify.

    Raises NotAllowed, Stale, or Blocked before the names' time is over and when they are gone already.
    """
    actor = acting(by, {"robot"}, public_list.area_id)
    public_list = hold(public_list, public_list.version)
    if not _is_due(public_list):
        raise Blocked(Reason("names-in-time", _("The names of this list are still shown, or gone already.")))
    event = record(
        "expire-names",
        public_list,
        actor=actor,
        area=public_list.area_id,
        from_state=public_list.state,
        to_state=public_list.state,
        reason="late" if public_list.pk in {one.pk for one in late_for_expiry()} else "",
        clause="pipl-47",
    )
    changes = {"names_deleted_on": clock.today(), **_sum_left(public_list)}
    PublicRow.objects.filter(public_list=public_list).delete()
    expired = set_if(public_list, public_list.version, changes, event)
    assert expired.number is not None
    journal.append("expire", expired.number, expired.digest, event_id=event.pk, at=event.at)
    return expired


def _sum_left(public_list: PublicList) -> dict[str, Decimal | None]:
    """The sum of a list frozen before sums were kept, taken while every row still stands."""
    if public_list.amount_sum is not None or not has_sum(public_list):
        return {}
    rows = list(current_rows(public_list).values_list("row", flat=True))
    if len(rows) != public_list.entry_count:
        return {}
    return {"amount_sum": sum_of(public_list, rows)}
