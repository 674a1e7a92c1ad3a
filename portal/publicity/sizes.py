"""How big a download is, for the words of its link: measured where it is cheap, else honestly estimated.

A file is measured by making it where its rows are at hand or few (`FEW`), a bigger one from some of its rows;
an Excel file costs too much to be made for a link: until somebody has downloaded it, its link says `about`.
What was measured is remembered for the list's version and the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.core.cache import cache
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relief.publicity.models import PublicList
from relief.trail import clock

FEW = 200
ONE_DAY = 24 * 60 * 60
#: an Excel file of a list: what it holds besides the rows, and a row compressed, in bytes (measured)
WORKBOOK, WORKBOOK_ROW = 7_400, 31


def size_in_words(public_list: PublicList, what: str, rows: int, chunks: Iterable[bytes]) -> str:
    """Size of a file of so many `rows` that comes as a head and then a chunk a row, or for some of them."""
    key = _key(public_list, what)
    known = cache.get(key)
    if known is None:
        parts = iter(chunks)
        head = len(next(parts, b""))
        drawn = [len(part) for part in islice(parts, FEW + 1)]  # one more for what follows the last row
        known = head + sum(drawn), len(drawn) >= rows
        if not known[1]:
            known = head + sum(drawn) * rows // max(len(drawn), 1), False
        cache.set(key, known, ONE_DAY)
    return _in_words(*known)


def workbook_in_words(public_list: PublicList, what: str, rows: int) -> str:
    """Size of an Excel file, exact once one was made."""
    known = cache.get(_key(public_list, what))
    return _in_words(*(known or (WORKBOOK + WORKBOOK_ROW * rows, False)))


def remember(public_list: PublicList, what: str, size: int) -> None:
    """A file was made and has `size` bytes."""
    cache.set(_key(public_list, what), (size, True), ONE_DAY)


def counted(public_list: PublicList, what: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same chunks; once all are sent, their size is known."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        yield chunk
    remember(public_list, what, size)


def _key(public_list: PublicList, what: str) -> str:
    day = clock.today().isoformat()
    return f"size.{public_list.number}.{public_list.version}.{day}.{get_language()}.{what}"


def _in_words(size: int, exact: bool) -> str:
    words = filesizeformat(size)
    return words if exact else _("about %(size)s") % {"size": words}
