"""What the editor does for the official catalogue in the demo: pages into rows, then each row checked."""

from __future__ import annotations

from collections.abc import Mapping

from wagtail.models import Page

from portal.catalogue import verbs
from portal.catalogue.models import CatalogueRow
from portal.catalogue.rows import ROWS
from portal.demo.content_reader import all_texts
from portal.demo.ground import DISTRICT
from portal.demo.play import Script
from portal.demo.stage import Stage
from relief.officers.models import Role
from relief.trail import clock

#: the notice that says where to complain, and the row that asks for it
SUPERVISION = ("notices/supervision", 2)


def catalogue_script(stage: Stage, pages: Mapping[str, Page]) -> Script:
    """On the last working day the editor puts pages into rows that no topic fills, and checks all rows."""
    named = [(text.name, text.facts["catalogue"]) for text in all_texts() if "catalogue" in text.facts]
    editor = stage.district.one_in
    yield clock.at(stage.calendar.ago(1), 16)
    by = editor(Role.EDITOR, DISTRICT)
    keys = {row.number: row.key for row in ROWS}
    for name, number in [SUPERVISION, *named]:
        if name in pages:
            row = CatalogueRow.objects.get(key=keys[number])
            verbs.attach(row, by=by, version=row.version, page=pages[name].specific)
    yield clock.at(stage.calendar.ago(1), 16, 30)
    for row in CatalogueRow.objects.order_by("pk"):
        verbs.check_unchanged(row, by=by, version=row.version)
