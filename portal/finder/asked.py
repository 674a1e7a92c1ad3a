"""Count what readers search for and which result they open, never who did.

Words stand in plain only when nothing in them could tell of a person and visitors from three different
networks searched for them within a week. Before that only keyed digests are kept; their secret lasts a week.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, Sum

from portal.finder.asked_models import AskedCount, AskedSecret, AskedWords, What
from portal.finder.asked_words import as_typed, folded_words
from relief.trail import clock
from search.plan import FOUND

#: days of a secret, and of the counts
PERIOD, KEPT_FOR = timedelta(days=7), timedelta(days=30)
#: visitors of different networks until words are kept in plain
VISITORS = 3
#: rows in all, and new ones a day: what machines try must not fill the log
MOST, NEW_A_DAY = 4_000, 800
#: places that are counted one by one; the next stands for all further ones
PLACES = 10
#: milliseconds that a count waits for the database: it is worth no reader's time
PATIENCE = 200


@dataclass(frozen=True)
class Asked:
    """A search: words, language, visitor's network, how many texts it found and `meaning` (search.plan)."""

    words: str
    language: str
    network: str
    total: int = 0
    meaning: str = ""


def note(asked: Asked) -> None:
    """Count a search, whose words are `countable`. A full log drops what was asked for least."""
    today = clock.today()
    with _in_a_hurry():
        secret = _secret_of(today)
        row = _row_of(asked, secret) or _new_row(asked, secret, today)
        if row is None:
            return
        _meet(row, asked, _digest(secret, "visitor", asked.network))
        row.found, row.last_on = asked.total, today
        row.save()
        _count(row, today, What.ASKED)
        if not asked.total:
            _count(row, today, What.NOTHING)
        elif asked.meaning != FOUND:
            _count(row, today, What.LOOSE)


def note_opened(asked: Asked, place: int) -> None:
    """Count that a result was opened, for words that are counted already; nothing is made for others."""
    with _in_a_hurry():
        secret = AskedSecret.objects.order_by("-since").first()
        row = _row_of(asked, secret.salt if secret else "")
        if row is not None:
            _count(row, clock.today(), What.OPENED, min(place, PLACES + 1))


def due_for_forgetting() -> list[date]:
    """Today, when anything of the log is too old."""
    today = clock.today()
    old = AskedSecret.objects.filter(since__lte=today - PERIOD).exists()
    return [today] if old or AskedCount.objects.filter(day__lt=today - KEPT_FOR).exists() else []


def forget(today: date) -> int | None:
    """Delete ended secrets with their digests, and counts older than 30 days; None when nothing was left."""
    with transaction.atomic():
        gone = _end_secret(today)
        gone += AskedCount.objects.filter(day__lt=today - KEPT_FOR).delete()[0]
        AskedWords.objects.filter(counts=None).delete()
    return gone or None


def _secret_of(today: date) -> str:
    """The secret of this period; a new one ends the old one, and with it whatever stood in digests."""
    known = AskedSecret.objects.filter(since__gt=today - PERIOD).order_by("-since").first()
    if known is None:
        _end_secret(today)
        known = AskedSecret.objects.create(salt=secrets.token_hex(32), since=today)
    return known.salt


def _end_secret(today: date) -> int:
    ended = AskedSecret.objects.filter(since__lte=today - PERIOD).delete()[0]
    if ended:
        AskedWords.objects.exclude(digest="").delete()
    return ended


def _digest(salt: str, kind: str, text: str) -> str:
    """Of the server's key too: who has a copy of the database alone can try out nothing."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"asked {salt}".encode(), "sha256")
    return hmac.digest(key, f"{kind} {text}".encode(), "sha256").hex()


def _row_of(asked: Asked, salt: str) -> AskedWords | None:
    """The row of these words, plain or not; held until the count is done."""
    folded = folded_words(asked.words)
    known = Q(folded=folded) | Q(digest=_digest(salt, "words", folded))
    return AskedWords.objects.select_for_update().filter(known, language=asked.language).first()


def _new_row(asked: Asked, salt: str, today: date) -> AskedWords | None:
    """None when there were enough new ones today."""
    if AskedWords.objects.filter(first_on=today).count() >= NEW_A_DAY:
        return None
    if AskedWords.objects.count() >= MOST:
        # words that aren't plain yet go first
        rarest = AskedWords.objects.annotate(plain=Q(folded__gt=""), times=Sum("counts__times"))
        first = rarest.order_by("plain", "times", "last_on", "pk").values_list("pk", flat=True)[:1]
        AskedWords.objects.filter(pk__in=list(first)).delete()
    digest = _digest(salt, "words", folded_words(asked.words))
    return AskedWords.objects.create(language=asked.language, digest=digest, first_on=today, last_on=today)


def _meet(row: AskedWords, asked: Asked, visitor: str) -> None:
    """Remember a visitor of words that are not plain yet; the third lets them be."""
    seen = row.visitors.split()
    if not row.digest or visitor in seen:
        return
    if len(seen) + 1 < VISITORS:
        row.visitors = " ".join([*seen, visitor])
        return
    row.digest = row.visitors = ""
    row.words, row.folded = as_typed(asked.words), folded_words(asked.words)


def _count(row: AskedWords, day: date, what: What, place: int = 0) -> None:
    one = {"words": row, "day": day, "what": what, "place": place}
    if not AskedCount.objects.filter(**one).update(times=F("times") + 1):
        AskedCount.objects.create(**one)


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """One transaction that rather counts nothing than waits long for somebody who writes."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
            yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
