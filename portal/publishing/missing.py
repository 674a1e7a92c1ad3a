"""Addresses that were asked for and not found: counted so that old links can be mended.

What looks like a number or a name of a person, or like a secret, is not kept at all.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F

from portal.gate.rules import private_numbers
from portal.gate.surnames import is_full_name
from portal.publishing.addresses import CLOSED, stored
from portal.publishing.links import slashed
from portal.publishing.models import MissingAddress
from relief.confidential.private_kinds import Allowed
from relief.trail import clock

KEPT_FOR = timedelta(days=90)
LONGEST = 200
#: rows in all, and new ones a day: what scanners try must not fill the report
MOST, NEW_A_DAY = 2_000, 200
PLAIN = re.compile(r"(/[\w~,()+=-][\w.~,()+=-]*)+")
#: a long run of letters and digits is a token: somebody's way in, not a name of a page
TOKEN = re.compile(r"(?=[a-zA-Z]*\d)[a-zA-Z0-9]{20,}|[\w=-]{65,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
HOST = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)*(:\d{2,5})?")


def countable(path: str) -> str:
    """The address as it is counted; empty where it is none of a page or could tell of a person."""
    wanted = stored(path)
    if len(wanted) > LONGEST or wanted == "/" or slashed(wanted).startswith(CLOSED):
        return ""
    if not PLAIN.fullmatch(wanted) or TOKEN.search(wanted):
        return ""
    if any(is_full_name(word) for word in CHINESE.findall(wanted)):
        return ""
    spaced = re.sub(r"[/_~,()+=]", " ", wanted)
    private = any(True for text in (wanted, spaced) for _found in private_numbers(text, Allowed()))
    return "" if private else wanted


def host_of(referrer: str) -> str:
    """The host that led here, nothing else of its address."""
    try:
        host = urlsplit(referrer).netloc.lower()
    except ValueError:
        return ""
    plain = HOST.fullmatch(host) and len(host) <= 100
    return host if plain and not any(private_numbers(host, Allowed())) else ""


@transaction.atomic
def note(path: str, host: str) -> None:
    """Count one visitor of a `countable` address; a full report drops what was asked for least."""
    today = clock.today()
    newest = {"referrer": host} if host else {}
    if MissingAddress.objects.filter(path=path).update(visitors=F("visitors") + 1, last_on=today, **newest):
        return
    if MissingAddress.objects.filter(first_on=today).count() >= NEW_A_DAY:
        return
    if MissingAddress.objects.count() >= MOST:
        rarest = MissingAddress.objects.order_by("visitors", "last_on", "pk").values("pk")[:1]
        MissingAddress.objects.filter(pk__in=list(rarest.values_list("pk", flat=True))).delete()
    MissingAddress.objects.get_or_create(
        path=path, defaults={"first_on": today, "last_on": today, "referrer": host}
    )


def due_for_expiry() -> list[list[int]]:
    """Rows that nobody asked for in 90 days, all in one act."""
    old = MissingAddress.objects.filter(last_on__lt=clock.today() - KEPT_FOR)
    numbers = list(old.values_list("pk", flat=True))
    return [numbers] if numbers else []


def expire(numbers: list[int]) -> int | None:
    """Delete rows of the report; None when somebody was first."""
    return MissingAddress.objects.filter(pk__in=numbers).delete()[0] or None
