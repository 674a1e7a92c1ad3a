"""Delete names whose time is over. Readers never depend on it: every form checks the day as it is read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from relief.errors import Blocked, Reason
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.gaps import keeps_open
from relief.publicity.models import ListState, PublicList, PublicRow
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb

EXPIRY = Robot("expiry")


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
        clause="pipl-47",
    )
    PublicRow.objects.filter(public_list=public_list).delete()
    expired = set_if(public_list, public_list.version, {"names_deleted_on": clock.today()}, event)
    assert expired.number is not None
    journal.append("expire", expired.number, expired.digest, event_id=event.pk, at=event.at)
    return expired
