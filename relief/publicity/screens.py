"""Big screens that say they are alive (大屏幕心跳). No act of the law: plainly written and deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from relief.ledger.codes import normalise_code
from relief.officers.authority import appointments_of
from relief.officers.models import SITE_ROLES, Officer, ScopeKind
from relief.places.models import DISTRICT, Area, Station
from relief.places.scope import within_any
from relief.publicity.models import PublicList
from relief.publicity.queries import PUBLISHED
from relief.publicity.screen_models import Screen
from relief.trail import clock

#: a screen that said nothing for so long needs somebody to look at it
SILENT = timedelta(minutes=10)
#: words of one screen are written no oftener than this
SHORTEST = timedelta(seconds=20)
FORGOTTEN = timedelta(days=30)
MOST_PER_AREA = 40
KEY = re.compile(r"[A-Za-z0-9_-]{22}")
SIZE = re.compile(r"[1-9]\d{1,4}x[1-9]\d{1,4}")


class ScreenState(models.TextChoices):
    OK = "ok", _("agrees with the published list")
    OFFLINE = "offline", _("network interrupted, last data shown")
    MISMATCH = "mismatch", _("differs from the published list")
    UNCHECKED = "unchecked", _("not checked")
    OVER = "over", _("shows a notice, no list")


@dataclass(frozen=True)
class Beat:
    """What one screen says: where it hangs and what it shows. `path` is made by the site, never free text."""

    key: str
    area: str
    path: str
    state: str
    list_number: str = ""
    check_code: str = ""
    size: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether every part is one of the few things that it may be."""
        return bool(
            KEY.fullmatch(self.key)
            and self.state in ScreenState.values
            and (not self.check_code or normalise_code(self.check_code) == self.check_code)
            and (not self.size or SIZE.fullmatch(self.size))
            and len(self.path) <= 200
        )


def hear(beat: Beat) -> bool:
    """Keep what a screen says; False when it said so a moment ago, or its area has too many screens.

    Raises ValueError for a beat that isn't sound or names a list that isn't public.
    """
    if not beat.is_sound or not _is_public(beat.list_number):
        raise ValueError("not a heartbeat")
    now = clock.now()
    known = Screen.objects.filter(key=beat.key)
    told = {
        "area_id": beat.area,
        "path": beat.path,
        "list_number": beat.list_number,
        "check_code": beat.check_code,
        "state": beat.state,
        "size": beat.size,
        "last_seen": now,
    }
    if known.filter(last_seen__gt=now - SHORTEST).exists():
        return False
    if Screen.objects.filter(key=beat.key).update(**told):
        return True
    if not _room_in(beat.area):
        return False
    try:
        with transaction.atomic():
            Screen.objects.create(key=beat.key, first_seen=now, **told)
    except IntegrityError:
        return False  # its own other word was first
    return True


def _is_public(number: str) -> bool:
    return not number or PublicList.objects.filter(number=number, state__in=PUBLISHED).exists()


def _room_in(area: str) -> bool:
    """Room for one more screen; the one that is silent for longest makes room, a living one doesn't."""
    there = Screen.objects.filter(area__number=area).order_by("-last_seen")
    if there.count() < MOST_PER_AREA:
        return True
    longest = there.last()
    if longest is None or longest.last_seen > clock.now() - SILENT:
        return False
    longest.delete()
    return True


def screens_of(officer: Officer) -> QuerySet[Screen]:
    """Screens in the officer's areas; community staff see those of their whole street, like its lists."""
    scopes = [
        held.scope_code
        for held in appointments_of(officer)
        if held.scope_kind == ScopeKind.AREA and held.role not in SITE_ROLES
    ]
    mine = within_any(scopes, "area__number")
    if DISTRICT not in scopes:
        mine |= Q(area__number__in={scope[:3] for scope in scopes})
    return Screen.objects.filter(mine).select_related("area")


def stations_of(areas: set[str]) -> dict[str, Station]:
    """Whom to call about a screen: the station of its community, else of its street. One query."""
    wanted = areas | {area[:3] for area in areas}
    found: dict[str, Station] = {}
    for station in Station.objects.filter(area__number__in=wanted).select_related("area").order_by("-pk"):
        found[station.area.number] = station
    nearest = {area: found.get(area) or found.get(area[:3]) for area in areas}
    return {area: station for area, station in nearest.items() if station is not None}


def place_named(number: str) -> Area | None:
    """The street or community of that number."""
    return Area.objects.filter(number=number).exclude(number=DISTRICT).first() if number.isdigit() else None


def due_for_forgetting() -> list[Screen]:
    """Screens of which nothing was heard for a month."""
    return list(Screen.objects.filter(last_seen__lt=clock.now() - FORGOTTEN).select_related("area"))


def forget(screen: Screen) -> bool | None:
    """Remove a silent screen; None when it is gone already or speaks again."""
    gone, _by_table = Screen.objects.filter(pk=screen.pk, last_seen=screen.last_seen).delete()
    return True if gone else None
