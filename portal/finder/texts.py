"""The words of files: read in a process of their own, kept by digest, forgotten once no page shows the file.

Kept is what a reader of the file sees: neither properties and remarks with the names of who wrote it, nor
what is hidden or was deleted, nor a line with a private number; of a file that lists names beside amounts
nothing at all.
"""

from __future__ import annotations

import hashlib
import inspect
import logging
import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.attachments.version_models import FileVersion
from portal.finder.models import AttachmentText
from portal.finder.shown_files import shown_versions
from portal.gate import reader, rules
from portal.gate.names_and_amounts import lists_of_names
from portal.gate.reader import ask, found, kinds, ofd, pdf, sheets, xml_words, zips
from portal.gate.reader.ask import LIMITS, Stored, read_file
from portal.gate.reader.found import BROKEN, Place, Text, Unread
from portal.gate.rules import WHYS, private_numbers
from relief.confidential.private_kinds import Allowed
from relief.publicity.forms import forms
from relief.trail import clock
from search.analysis import BODY_LIMIT, UNITS
from search.characters import HAN, clean

log = logging.getLogger(__name__)

#: readings of one file that may break off before it counts as broken
TRIES = 3
#: steps of a place whose words stand before a reader's eyes
SEEN = {"page", "line", "document", "header", "footer", "footnotes", "endnotes", "paragraph", "sheet"}
#: why a file isn't searched though the gate can read it: not in the storage, or full of names
MISSING, NAMES = "missing", "names"
REASONS: dict[str, Any] = WHYS | {
    MISSING: _("Its bytes are not in the storage any more."),
    NAMES: _("It lists names beside amounts: nobody is searched for by name."),
}
#: a line of Chinese goes on in the next one, within a word too, unless a sentence ends or it is a table's row
GOES_ON, GONE_ON = re.compile(rf"[{HAN}〔《（“，、]$"), re.compile(rf"[{HAN}〕》）”，、。；：！？]")
ROW = re.compile(rf"[{HAN}] [{HAN}]|[0-9] [0-9]")
#: what is set with a gap between a number and its measure word, or divided there
GAP = re.compile(rf"(?<=[0-9])\s+(?=[{UNITS}])")


def missing() -> QuerySet[FileVersion]:
    """Files that a page shows and nobody has read yet, or whose reading broke off."""
    done = Q(read_at__isnull=False) | Q(tries__gte=TRIES)
    read = AttachmentText.objects.filter(done, reader=reader_version())
    return shown_versions().exclude(sha256__in=read.values("sha256"))


def not_shown() -> QuerySet[AttachmentText]:
    """Texts of files that no page shows any more."""
    return AttachmentText.objects.exclude(sha256__in=shown_versions().order_by().values("sha256"))


def read_text(version: FileVersion) -> AttachmentText:
    """Read a file and keep its words. That it was begun is kept first: a file may break whoever reads it."""
    kept, _new = AttachmentText.objects.get_or_create(
        sha256=version.sha256, defaults={"reader": reader_version()}
    )
    kept.tries = 1 if kept.reader != reader_version() else kept.tries + 1
    kept.reader, kept.read_at, kept.unread = reader_version(), None, BROKEN
    kept.save()
    kept.text, kept.unread = words_of(_read(version), Allowed.of(forms().particulars()))
    kept.read_at = clock.now()
    kept.save()
    return kept


def words_of(read: Iterable[Text | Unread], allowed: Allowed) -> tuple[str, str]:
    """The words that are searched, and codes of what could not be read; pure."""
    read = list(read)
    unread = [one.why for one in read if isinstance(one, Unread)]
    seen = [one for one in read if isinstance(one, Text) and not one.joined and _is_seen(one.place)]
    if lists_of_names([one.text for one in seen]):
        return "", " ".join(dict.fromkeys([*unread, NAMES]))
    seen = [one for one in seen if not any(private_numbers(one.text, allowed))]
    return clean(_joined(seen), BODY_LIMIT).strip(), " ".join(dict.fromkeys(unread))


def reasons(unread: str) -> list[str]:
    """Codes in words, in the reader's language."""
    return [str(REASONS.get(code, code)) for code in unread.split()]


@cache
def reader_version() -> str:
    """Twelve hexadecimal signs that change with the reader, its limits and what is kept of a file."""
    parts = (reader, ask, found, kinds, ofd, pdf, sheets, xml_words, zips, rules)
    words = "".join(inspect.getsource(one) for one in (*parts, inspect.getmodule(reader_version)) if one)
    return hashlib.sha256(f"{words}{LIMITS}".encode()).hexdigest()[:12]


def _read(version: FileVersion) -> list[Text | Unread]:
    file: Any = Stored.of(version)
    try:
        return read_file(file)
    except OSError:
        return [Unread((), MISSING)]
    except Exception:
        log.exception("reading version %s of a file failed", version.pk)
        return [Unread((), BROKEN)]


def _is_seen(place: Place) -> bool:
    return all(step[0] in SEEN and "idden" not in str(step[2:3]) for step in place)


def _joined(texts: list[Text]) -> str:
    """The lines of each page as running text, everything else line by line."""
    written = []
    for place, some in groupby(texts, key=lambda one: one.place[0]):
        lines = [one.text.strip() for one in some]
        written.append(_running(lines) if place[0] == "page" else "\n".join(lines))
    return "\n".join(written)


def _running(lines: list[str]) -> str:
    parts = lines[:1]
    for before, line in pairwise(lines):
        of_table = ROW.search(before) or ROW.search(line)
        goes_on = not of_table and GOES_ON.search(before) and GONE_ON.match(line)
        parts += ["" if goes_on else "\n", line]
    return GAP.sub("", "".join(parts))
