"""The act of an import (导入): all texts of an export become this portal's, in one transaction, or none."""

from __future__ import annotations

from pathlib import Path

from django.db import IntegrityError
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.particulars.models import Particulars
from portal.particulars.verbs import digest_of
from portal.publishing import act
from portal.publishing.models import PageRecord, PageState
from portal.transfer.asked import SecondPerson, ask_gate, check_sound
from portal.transfer.carried import carried
from portal.transfer.database import check_references, keys_go_on
from portal.transfer.entry import Entry
from portal.transfer.ground import answering, check_empty, clear, furnish
from portal.transfer.harmless import check_harmless
from portal.transfer.models import Transfer, Way
from portal.transfer.shelf import Shelf, shelf
from portal.transfer.unpack import Archive, Progress, refused
from relief.ledger import journal
from relief.officers.models import Officer
from relief.trail.actor import Robot
from relief.trail.record import record
from relief.trail.verb import verb


def import_file(
    path: Path, *, by: Officer | Robot, progress: Progress, second: SecondPerson | None = None
) -> Transfer:
    """Bring an export in. Raises Blocked or NotAllowed in words, OSError for a file that can't be read."""
    archive = Archive(path)
    try:
        digest = archive.check(progress)
        return bring_in(archive, by=by, digest=digest, progress=progress, second=second)
    finally:
        archive.close()


@verb("import-texts")
def bring_in(
    archive: Archive, *, by: Officer | Robot, digest: str, progress: Progress, second: SecondPerson | None
) -> Transfer:
    """Enter everything with its keys, dates and addresses, and let the gate read what becomes public.

    One act for the import, and one for each page and row of the catalogue, caused by it. Raises NotAllowed
    for who releases no texts, Blocked for a portal that isn't empty and for whatever isn't as it should be.
    """
    actor = answering(by)
    check_empty()
    transfer = Transfer(
        way=Way.IN,
        file_digest=digest,
        origin=archive.manifest["origin"],
        made_at=archive.made_at,
        counts=archive.counts,
    )
    event = record("import-texts", transfer, actor=actor)
    transfer.save(event=event)
    entry = Entry(archive, event, actor)
    with shelf() as files, act.opened():
        clear()
        _enter_all(entry, files, progress)
        furnish(archive.manifest["home"])
        check_sound()
        check_harmless()
        ask_gate(by=by, actor=actor, second=second, progress=progress)
        _index(progress)
        _tell(entry)
    return transfer


def _enter_all(entry: Entry, files: Shelf, progress: Progress) -> None:
    tables = carried()
    for table in tables:
        entry.enter(table, progress)
    keys_go_on(table.model for table in tables)
    try:
        check_references()
    except IntegrityError as fault:
        raise refused("reference", _("A row in the file points to one that isn't there.")) from fault
    for table in tables:
        if table.file:
            files.fill(table, entry.archive, progress)
    if idle := sorted(set(entry.archive.file_names()) - files.names):
        words = _("“%(name)s” stands in the file, but belongs to no text.")
        raise refused("file-idle", words % {"name": idle[0]})


def _index(progress: Progress) -> None:
    """What Wagtail does when a row is saved in its screens: who refers to whom, and its own search."""
    pages = Page.objects.filter(depth__gt=1).specific()
    for page in progress(pages.iterator(), _("Index"), pages.count()):
        ReferenceIndex.create_or_update_for_object(page)
        index.insert_or_update_object(page)
    for model in (PortalImage, PortalDocument):
        for thing in model.objects.all():
            index.insert_or_update_object(thing)


def _tell(entry: Entry) -> None:
    """The journal's rows, last: whatever is public here is public from now on."""
    told = [("page", kept.code, kept.digest) for kept in PageRecord.objects.exclude(state=PageState.DRAFT)]
    told += [("site", kept.code, digest_of(kept)) for kept in Particulars.objects.all()]
    for kind, code, digest in told:
        event = entry.acts[code]
        journal.append(kind, str(code), digest, event_id=event.pk, at=event.at)
