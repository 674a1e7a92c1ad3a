"""The demo's whole site goes out and into another portal: each address answers with the same bytes."""

from pathlib import Path

import pytest
from django.test import override_settings

from portal.demo.district import District, set_up_places, set_up_rules
from portal.demo.load import first_day
from portal.demo.small_story import SMALL_STORY
from portal.pages import models as index_pages
from portal.transfer.bring_in import import_file
from portal.transfer.take_out import export_file
from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.verify import differences
from tests import databases
from tests.portal.transfer.addresses import addresses, answers
from tests.portal.transfer.site import silent


@pytest.fixture
def no_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists of the register are another way in: on both sides the blocks that show them are empty."""
    monkeypatch.setattr(index_pages, "running_lines", list)
    monkeypatch.setattr(index_pages, "last_ended_line", lambda: None)
    monkeypatch.setattr(index_pages, "latest_announcements", list)
    monkeypatch.setattr(index_pages, "index_context", lambda request, kind: {})


@pytest.mark.long
def test_the_demo_in_another_portal_answers_with_the_same_bytes(scratch_demo, no_lists, tmp_path: Path):
    file = tmp_path / "demo.zip"
    other = str(tmp_path / "other.sqlite3") if databases.on_sqlite() else "scratch_other_portal"
    databases.drop(other)
    with clock.moved_to(clock.now()):
        before = answers(addresses())
        export_file(file, by=Officer.objects.get(account__username="wangzhan-qianfa"), progress=silent)
        databases.copy(databases.migrated_template(), other)
        with databases.pointed_at(other), override_settings(MEDIA_ROOT=str(tmp_path / "media")):
            import_file(file, by=a_publisher(), progress=silent)
            after = answers(before)
            assert list(differences()) == []
    databases.drop(other)
    assert len(before) > 200
    assert {address for address, answer in before.items() if after[address] != answer} == set()


def a_publisher() -> Officer:
    """Somebody in office in the new portal, whose places are entered already."""
    set_up_places(District(SMALL_STORY.ground))
    set_up_rules(SMALL_STORY.ground, since=first_day())
    officer = register_officer("wangzhan-qianfa", password="-", name="钱法", office="区民政局", by=SETUP)
    since = clock.today().replace(day=1)
    appoint(officer, role=Role.PUBLISHER, area="000", from_date=since, by=SETUP)
    return officer
