"""Exports that strangers changed with care, list and all: nothing is entered, nothing lies in storage."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.attachments.version_models import FileVersion
from portal.gate.models import GateRelease
from portal.publishing import act
from portal.publishing.models import PageRecord
from portal.transfer import bring_in
from portal.transfer.asked import SecondPerson
from portal.transfer.ground import check_empty
from relief.errors import Blocked, Invalid, NotAllowed
from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.models import Event, Refusal
from search.models import SynonymGroup
from tests.factories.district import District, make_district
from tests.portal.transfer.site import Rows, notice_called, rewritten, silent, with_rows

MOBILE = "13812345678"
HEATING = "关于冬季取暖补助的通知（更正）"


@pytest.fixture
def district(small) -> District:
    return make_district()


def stored(folder: Path) -> list[Path]:
    return [path for path in (folder / "new").rglob("*") if path.is_file()]


def import_of(file: bytes, folder: Path, district: District, **more: object) -> None:
    path = folder / "in.zip"
    path.write_bytes(file)
    bring_in.import_file(path, by=district.officer("publisher"), progress=silent, **more)


def refusal(file: bytes, folder: Path, district: District) -> str:
    """The code of the refusal, after which the portal is as empty as before."""
    with pytest.raises(Blocked) as refused:
        import_of(file, folder, district)
    assert not Page.objects.filter(depth__gt=2).exists() and not PageRecord.objects.exists()
    assert not Event.objects.filter(act="import-texts").exists() and stored(folder) == []
    assert Refusal.objects.filter(act="import-texts").count() == 1
    return refused.value.reasons[0].code


def first(**columns: object) -> Callable[[Rows], None]:
    """The first row with other columns."""
    return lambda rows: rows[0]["fields"].update(columns)


def another_table(rows: Rows) -> None:
    rows[0]["model"] = "relief.account"


def another_column(rows: Rows) -> None:
    rows[0]["fields"]["is_superuser"] = True


def nonsense(rows: Rows) -> None:
    rows[0]["fields"]["first_published_at"] = "yesterday"


def nobodys(rows: Rows) -> None:
    rows[0]["fields"]["image"] = 9_999


@pytest.mark.long
@pytest.mark.parametrize(
    ("table", "change", "code"),
    [
        ("portal.HomePage", another_table, "import-row"),
        ("wagtailcore.Page", another_column, "import-columns"),
        ("wagtailcore.Page", nonsense, "import-row"),
        ("portal.PortalImage", lambda rows: rows.pop(), "import-count"),
        ("portal.PortalRendition", nobodys, "import-reference"),
        (
            "portal.FileVersion",
            first(file="images/x.txt"),
            "import-file-missing",
        ),
        ("portal.FileVersion", first(size=1), "import-file-other"),
        ("portal.PageRecord", first(state="draft"), "import-unsound"),
        ("portal.PublicChange", first(digest="0" * 64), "import-unsound"),
    ],
)
def test_rows_that_no_portal_wrote_are_refused(small, district, tmp_path, table, change, code):
    assert refusal(rewritten(small.file, with_rows(table, change)), tmp_path, district) == code


@pytest.mark.long
def test_synonyms_that_no_screen_would_take_are_refused(small, district, tmp_path):
    alone = rewritten(small.file, with_rows("search.SynonymGroup", first(words="取暖")))
    with pytest.raises(Invalid):
        import_of(alone, tmp_path, district)
    assert not SynonymGroup.objects.exists() and stored(tmp_path) == []


def said(words: str) -> Callable[[dict[str, bytes]], None]:
    """Other words in the public text of a notice: on its page and in the version that is live."""

    def apply(members: dict[str, bytes]) -> None:
        for name, data in members.items():
            if name in ("rows/portal.NoticePage.jsonl", "rows/wagtailcore.Revision.jsonl"):
                members[name] = data.replace("申请表</a>".encode(), f"申请表</a>{words}".encode())

    return apply


@pytest.mark.long
def test_a_changed_text_is_not_what_its_history_says(small, district, tmp_path):
    assert refusal(rewritten(small.file, said("，加一句")), tmp_path, district) == "import-unsound"


@pytest.mark.long
def test_script_in_a_text_is_refused_whatever_its_digest(small, district, tmp_path, monkeypatch):
    monkeypatch.setattr(bring_in, "check_sound", lambda: None)
    file = rewritten(small.file, said("<script>alert(1)</script>"))
    assert refusal(file, tmp_path, district) == "import-markup"


@pytest.mark.long
def test_the_gate_stops_what_it_finds_until_a_second_person_answers(small, district, tmp_path, monkeypatch):
    monkeypatch.setattr(bring_in, "check_sound", lambda: None)
    file = rewritten(small.file, said(f"电话{MOBILE}"))
    assert refusal(file, tmp_path, district) == "import-gate"
    why = "这是局里工作人员公开的值班手机。"
    with pytest.raises(NotAllowed):
        import_of(file, tmp_path, district, second=SecondPerson(district.officer("publisher"), why))
    second = register_officer("publisher-2", password="-", name="李二", office="区民政局", by=SETUP)
    appoint(second, role=Role.PUBLISHER, area="000", from_date=clock.today(), by=SETUP)
    import_of(file, tmp_path, district, second=SecondPerson(second, why))
    assert GateRelease.objects.get().verdict.page_id == notice_called(HEATING).pk
    assert stored(tmp_path) != []


def test_an_export_goes_into_an_empty_portal_only(small, district, tmp_path):
    with act.opened():
        Redirect.objects.create(old_path="/kept", redirect_link="/")
    with pytest.raises(Blocked) as refused:
        import_of(small.file, tmp_path, district)
    assert refused.value.reasons[0].code == "import-not-empty"


def test_what_a_portal_holds_already_is_named_as_the_reader_calls_it(db):
    facts = {"sha256": "", "size": 1, "media_type": "", "by_name": "", "uploaded_at": clock.now()}
    FileVersion.objects.create(document_id=1, number=1, file="x", filename="x", **facts)
    with translation.override("zh-hans"), pytest.raises(Blocked) as refused:
        check_empty()
    assert "文件版本 (1)" in str(refused.value.reasons[0])  # no English plural behind a Chinese word
