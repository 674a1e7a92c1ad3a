"""The way out (导出): all texts, their files and their public history, in one file."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Site

from portal.transfer.asked import check_sound
from portal.transfer.carried import Carried, carried
from portal.transfer.database import one_moment
from portal.transfer.ground import answering
from portal.transfer.models import Transfer, Way
from portal.transfer.pack import CHUNK, FILES, Pack
from portal.transfer.people import People
from portal.transfer.rows import RowWriter
from portal.transfer.shelf import without_bytes
from portal.transfer.unpack import Progress, rows_name
from relief.errors import Blocked, Reason
from relief.officers.models import Officer
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import record
from relief.trail.verb import verb

ROWS_AT_ONCE = 500


def export_file(path: Path, *, by: Officer | Robot, progress: Progress) -> Transfer:
    """Write an export and enter it into the trail. Raises NotAllowed, Blocked or OSError, in words."""
    may_take_out(by=by)
    made_at, pack = clock.now(), Pack(path)
    try:
        with one_moment():
            check_sound()
            counts = {one.label: _write_rows(one, pack, progress) for one in carried()}
            facts = _facts(made_at, counts)
            stored = [
                row for one in carried() if one.file for row in one.selected() if not without_bytes(row)
            ]
        for row in progress(stored, _("Files"), len(stored)):
            _write_file(row, pack)
        digest = pack.finish(facts)
    except BaseException:
        pack.give_up()
        raise
    return enter_export(digest, by=by, made_at=made_at, counts=counts)


@verb("export-texts")
def may_take_out(*, by: Officer | Robot) -> None:
    """Raises NotAllowed for who doesn't answer for all texts: drafts are among them."""
    answering(by)


@verb("export-texts")
def enter_export(digest: str, *, by: Officer | Robot, made_at: datetime, counts: dict[str, int]) -> Transfer:
    """Enter a finished export into the trail: who, which file, how much."""
    done = Transfer(
        way=Way.OUT, file_digest=digest, origin=settings.PUBLIC_BASE_URL, made_at=made_at, counts=counts
    )
    done.save(event=record("export-texts", done, actor=answering(by)))
    return done


def _write_rows(table: Carried, pack: Pack, progress: Progress) -> int:
    """The rows of a table as lines of JSON; how many."""
    rows = table.selected()
    total = rows.count()
    with pack.member(rows_name(table.label)) as member:
        binary: Any = _Binary(member)
        text = io.TextIOWrapper(binary, "utf-8", newline="\n", write_through=True)
        words = str(table.model._meta.verbose_name_plural)
        RowWriter(table, People()).write(progress(rows.iterator(ROWS_AT_ONCE), words, total), text)
        text.flush()
    return total


def _facts(made_at: datetime, counts: dict[str, int]) -> dict[str, Any]:
    site = Site.objects.get(is_default_site=True)
    return {
        "made_at": made_at.isoformat(),
        "origin": settings.PUBLIC_BASE_URL,
        "site_name": site.site_name,
        "home": site.root_page_id,
        "counts": counts,
    }


def _write_file(row: Any, pack: Pack) -> None:
    """The bytes behind a row, piece by piece. Raises Blocked when storage has lost them."""
    try:
        with (
            row.file.storage.open(row.file.name, "rb") as source,
            pack.member(FILES + row.file.name, packed=False) as member,
        ):
            while piece := source.read(CHUNK):
                member.write(piece)
    except FileNotFoundError as lost:
        words = _("“%(name)s” is missing in storage. Bring it back from the backup, then export again.")
        raise Blocked(Reason("file-lost", words % {"name": row.file.name})) from lost


class _Binary(io.RawIOBase):
    """A member of the pack as a stream that text can be written to."""

    def __init__(self, target: Any) -> None:
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return int(self._target.write(bytes(data)))
