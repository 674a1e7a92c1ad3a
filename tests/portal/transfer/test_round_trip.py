"""What was exported stands in an empty portal as it stood: to the byte in public, as drafts for staff."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.attachments.version_models import FileVersion
from portal.catalogue.facts import read_facts
from portal.catalogue.models import CatalogueItem, CatalogueRow, Statement
from portal.gate.models import GateVerdict
from portal.publishing.models import AddressChange, PageRecord, PageState
from portal.transfer.bring_in import import_file
from portal.transfer.models import Transfer
from relief.errors import NotAllowed
from relief.ledger.models import Publication
from relief.officers.models import Account, Officer
from relief.places.set_up import SETUP
from relief.trail.models import Event
from relief.trail.verify import differences
from search.models import SynonymGroup
from search.synonym_verbs import seed_synonyms
from search.synonyms import in_force
from tests.factories.district import District, make_district
from tests.factories.texts import Newsroom
from tests.portal.transfer.addresses import answers
from tests.portal.transfer.site import Exported, notice_called, rewritten, silent


@pytest.fixture
def district(small: Exported) -> District:
    return make_district()


def brought_in(file: bytes, folder: Path, district: District) -> Transfer:
    """The file imported by the publisher of a district that has no texts yet."""
    path = folder / "in.zip"
    path.write_bytes(file)
    return import_file(path, by=district.officer("publisher"), progress=silent)


def test_what_went_out_comes_in_as_it_was(small, district, tmp_path):
    """One import, for it takes its time; each look below asks something else of it."""
    done = brought_in(small.file, tmp_path, district)
    same_bytes_in_public(small)
    trail_names_the_import_and_holds(done, district)
    gate_has_read_what_is_public()
    catalogue_redirects_and_versions_came_along(district)
    drafts_stayed_drafts_with_their_authors(district)
    synonyms_hold_and_ended_ones_stay_ended()


def same_bytes_in_public(small: Exported) -> None:
    now = answers(small.public)
    assert {address for address, answer in small.public.items() if now[address] != answer} == set()
    assert {answer.status for answer in now.values()} == {200, 302, 404, 410}
    assert any(address.startswith("/media/") for address in now)


def drafts_stayed_drafts_with_their_authors(district: District) -> None:
    changed = notice_called("关于冬季取暖补助的通知（更正）")
    assert changed.live and changed.get_latest_revision_as_object().title == "还没有人审过的改动"
    unseen = notice_called("还没有公开过")
    assert not unseen.live and unseen.owner == district.officer("editor").account
    room = Newsroom(district, {})
    anew = room.published(changed)
    assert (anew.title, room.record(anew).state) == ("还没有人审过的改动", PageState.PUBLIC)


def synonyms_hold_and_ended_ones_stay_ended() -> None:
    assert [group.listed for group in in_force()] == [["取暖", "供暖"]]
    (ended,) = SynonymGroup.objects.exclude(ended_at=None)
    assert (ended.listed, ended.why) == (["煤票", "煤炭券"], "不再发放。")
    assert seed_synonyms(by=SETUP) == 0


def trail_names_the_import_and_holds(done: Transfer, district: District) -> None:
    act = Event.objects.get(act="import-texts")
    assert (act.subject_code, act.actor_name) == (done.code, district.officer("publisher").name)
    records = list(PageRecord.objects.all())
    own = Event.objects.filter(act="import-text", cause_id=act.pk)
    assert {one.code for one in records} <= set(own.values_list("subject_code", flat=True))
    told = Publication.objects.filter(kind="page")
    public = [one for one in records if one.state != PageState.DRAFT]
    assert {(one.ref, one.digest) for one in told} == {(str(one.code), one.digest) for one in public}
    assert list(differences()) == []


def gate_has_read_what_is_public() -> None:
    readable = PageRecord.objects.filter(state__in=(PageState.PUBLIC, PageState.SUPERSEDED))
    assert set(GateVerdict.objects.values_list("page_id", flat=True)) == {one.page_id for one in readable}
    assert all(GateVerdict.objects.values_list("passed", flat=True))


def catalogue_redirects_and_versions_came_along(district: District) -> None:
    page = notice_called("关于冬季取暖补助的通知（更正）")
    assert Redirect.objects.get(old_path="/old-heating").redirect_page_id == page.pk
    assert AddressChange.objects.get(path="/old-heating").reason == "旧网站的网址"
    item = CatalogueItem.objects.get()
    assert (item.row.key, item.page_key) == ("destitute-review", page.translation_key)
    assert CatalogueRow.objects.get(key="destitute-review").checked_by == district.officer("editor").name
    assert Statement.objects.get().made_by == district.officer("publisher").name
    assert read_facts(item.row)
    versions = FileVersion.objects.order_by("document", "number")
    assert [(one.number, one.file.open().read().decode()) for one in versions] == [
        (1, "第一版"), (2, "第二版"), (1, "第一版")
    ]  # fmt: skip


def test_no_account_no_password_and_no_row_of_the_register_goes_out(small):
    with zipfile.ZipFile(BytesIO(small.file)) as zipped:
        names = zipped.namelist()
        everything = b"".join(zipped.read(name) for name in names)
    tables = {name.split("/")[1].split(".")[0] for name in names if name.startswith("rows/")}
    assert tables == {"portal", "search", "wagtailcore", "wagtailredirects", "taggit"}
    assert b"pbkdf2" not in everything and b"md5$" not in everything and b'"password"' not in everything


@pytest.mark.long
def test_who_has_no_account_here_stays_as_a_name(small, district, tmp_path):
    def rename(members: dict[str, bytes]) -> None:
        name = "rows/portal.FileVersion.jsonl"
        members[name] = members[name].replace(b'"by_name": "setup"', '"by_name": "王编辑"'.encode())

    brought_in(rewritten(small.file, rename), tmp_path, district)
    assert set(FileVersion.objects.values_list("by_id", "by_name")) == {(None, "王编辑")}


def test_only_a_publisher_answers_for_it(small, district, tmp_path):
    path = tmp_path / "in.zip"
    path.write_bytes(small.file)
    with pytest.raises(NotAllowed):
        import_file(path, by=district.officer("editor"), progress=silent)
    assert not Page.objects.filter(depth__gt=2).exists()


def test_the_list_says_what_is_in_the_file(small):
    with zipfile.ZipFile(BytesIO(small.file)) as zipped:
        listed = json.loads(zipped.read("manifest.json"))
    assert (listed["format"], listed["version"]) == ("sunshine-relief/portal", 1)
    assert listed["counts"]["portal.NoticePage"] == 4
    assert Account.objects.count() == Officer.objects.count() == 0
