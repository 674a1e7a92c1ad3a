"""One row in every tracked and insert-only table of the portal: pages, files, gate, plans, catalogue."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.base import ContentFile
from wagtail.models import Page

from portal.attachments.models import PortalDocument
from portal.catalogue.models import CatalogueRow
from portal.catalogue.verbs import attach, seed_rows, state_nothing
from portal.gate.check import release
from portal.gate.models import GateVerdict
from portal.handover.verb import hand_over
from portal.notifying.found import untold
from portal.notifying.tell import tell
from portal.notifying.verbs import seed_rules
from portal.particulars.verbs import enter
from portal.publishing.care import set_owner
from portal.publishing.lead import add_address
from portal.publishing.share import check_draft, keep_opening, share
from portal.publishing.steps import RELEASERS
from portal.publishing.translations import decide_needed
from portal.transfer.take_out import enter_export
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from search.synonym_verbs import seed_synonyms
from tests.factories.district import District
from tests.factories.pages import seeded
from tests.factories.texts import Newsroom


def fill_the_portal(district: District) -> None:
    """Through the acts: a notice with a file, one planned, a finding released, two rows answered."""
    room = Newsroom(district, seeded.anew())
    document = PortalDocument.objects.create(title="表", file=ContentFile(b"words", name="form.txt"))
    link = f'<p><a linktype="document" id="{document.pk}">下载</a></p>'
    page = room.published(room.draft(body=link))
    planned = room.draft("planned", publish_at=clock.now() + timedelta(days=1))
    room.released(room.handed_in(planned))
    found = room.draft("found", body="<p>13912345678</p>")
    submission = room.handed_in(found)
    release(
        submission.record,
        verdict=GateVerdict.objects.get(revision_id=submission.revision_id),
        by=room.publisher,
        reason="经办窗口公开的值班号码。",
        roles=RELEASERS,
    )
    seed_rows(by=SETUP)
    seed_synonyms(by=SETUP)
    first = CatalogueRow.objects.get(key="destitute-approval")
    second = CatalogueRow.objects.get(key="destitute-review")
    attach(first, by=room.writer, version=first.version, page=page)
    until = clock.today() + timedelta(days=30)
    words = {"why_zh": "本期无新增。", "why_en": "Nothing new this month."}
    state_nothing(second, by=room.writer, version=second.version, until=until, **words)
    _fill_what_editors_keep(room, page)
    enter_export("0" * 64, by=room.publisher, made_at=clock.now(), counts={})


def _fill_what_editors_keep(room: Newsroom, page: Page) -> None:
    """Settings, rules and their mails, a shared draft, an address, an owner who hands over, a decision."""
    enter(by=SETUP)
    seed_rules(by=SETUP)
    tell(untold()[0])
    draft = room.draft("shared")
    check_draft(draft.latest_revision, by=room.writer)
    keep_opening(share(draft.latest_revision, by=room.writer, for_whom="印刷厂"))
    kept = room.record(page)
    add_address(kept, by=room.publisher, path="/qunuan", reason="海报用", version=kept.version)
    decide_needed(page, by=room.publisher, needed=False, reason="只在本地张贴。")
    set_owner(page, by=room.publisher, owner=room.writer, why="分工", version=room.record(page).version)
    hand_over(
        room.writer,
        by=room.publisher,
        taker=room.district.officer(Role.SECTION_EDITOR),
        why="岗位调整",
        texts=[page.pk],
        rows=[],
    )
