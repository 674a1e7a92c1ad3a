"""Files that are no exports, or no longer: refused in words before anything is entered."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from portal.transfer.pack import MANIFEST, Pack
from portal.transfer.unpack import Archive
from relief.errors import Blocked
from relief.trail import clock
from tests.portal.transfer.site import rewritten, silent

ROWS = "rows/portal.HomePage.jsonl"
FACTS = {
    "made_at": clock.now().isoformat(),
    "origin": "http://127.0.0.1:8000",
    "site_name": "旧站",
    "home": 3,
    "counts": {},
}


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    """An export of two members."""
    pack = Pack(tmp_path / "whole.zip")
    for name in (ROWS, "files/documents/a/b/申请表.txt"):
        with pack.member(name) as member:
            member.write(b"one line\n")
    pack.finish(FACTS)
    return (tmp_path / "whole.zip").read_bytes()


def refusal(file: bytes, folder: Path) -> str:
    """The code with which the file is refused; empty when it is taken."""
    path = folder / "in.zip"
    path.write_bytes(file)
    try:
        archive = Archive(path)
    except Blocked as refused:
        assert path not in open_files()
        return refused.reasons[0].code
    try:
        archive.check(silent)
    except Blocked as refused:
        return refused.reasons[0].code
    finally:
        archive.close()
    return ""


def open_files() -> set[Path]:
    """What this process holds open."""
    return {one.resolve() for one in Path("/proc/self/fd").iterdir()}


def listed(**changes: object) -> Callable[[dict[str, bytes]], None]:
    """Change the list itself."""

    def apply(members: dict[str, bytes]) -> None:
        members[MANIFEST] = json.dumps(json.loads(members[MANIFEST]) | changes).encode()

    return apply


def named(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: b"x"})


def test_an_export_is_taken(whole, tmp_path):
    assert refusal(whole, tmp_path) == ""


@pytest.mark.parametrize(
    ("change", "honest", "code"),
    [
        (lambda members: members.update({ROWS: b"two line\n"}), False, "import-changed"),
        (lambda members: members.update({ROWS: b"longer than it was\n"}), False, "import-changed"),
        (lambda members: members.pop(ROWS), False, "import-missing"),
        (named("rows/relief.Account.jsonl"), False, "import-foreign"),
        (lambda members: members.pop(MANIFEST), False, "import-no-list"),
        (lambda members: members.update({MANIFEST: b"[1, 2"}), False, "import-bad-list"),
        (lambda members: members.update({MANIFEST: b"[1, 2]"}), False, "import-bad-list"),
        (listed(version=2), False, "import-version"),
        (listed(format="plone"), False, "import-no-list"),
        (listed(counts={"portal.HomePage": "many"}), False, "import-bad-list"),
        (listed(home=None), False, "import-bad-list"),
        (named("files/../../etc/passwd"), True, "import-name"),
        (named("/etc/passwd"), True, "import-name"),
        (named("files/a\\b"), True, "import-name"),
        (named("rows/portal.HomePage.py"), True, "import-name"),
        (lambda members: members.update({ROWS: bytes(20 * 1024 * 1024)}), True, "import-big"),
        (lambda members: members.update({"files/x": bytes(21 * 1024 * 1024)}), True, "import-big"),
    ],
)
def test_what_is_no_export_any_more_is_refused_by_name(whole, tmp_path, change, honest, code):
    assert refusal(rewritten(whole, change, honest=honest), tmp_path) == code


def test_a_file_cut_off_or_of_another_kind_is_no_zip(whole, tmp_path):
    assert refusal(whole[:200], tmp_path) == refusal(b"%PDF-1.7", tmp_path) == "import-no-zip"


def test_a_byte_turned_within_a_member_is_seen(whole, tmp_path):
    with zipfile.ZipFile(BytesIO(whole)) as zipped:
        info = zipped.getinfo(ROWS)
    at = info.header_offset + 30 + len(ROWS) + len(info.extra or b"") + 21
    turned = bytearray(whole)
    turned[at] ^= 0xFF
    assert refusal(bytes(turned), tmp_path) in ("import-damaged", "import-changed")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_named_twice_is_refused(whole, tmp_path):
    (tmp_path / "twice.zip").write_bytes(whole)
    with zipfile.ZipFile(tmp_path / "twice.zip", "a") as zipped:
        zipped.writestr(ROWS, b"another line\n")
    assert refusal((tmp_path / "twice.zip").read_bytes(), tmp_path) == "import-twice"


def test_an_export_overwrites_nothing_and_leaves_nothing_half(tmp_path):
    path = tmp_path / "out.zip"
    pack = Pack(path)
    with pack.member(ROWS) as member:
        member.write(b"x")
    pack.give_up()
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"kept")
    with pytest.raises(Blocked):
        Pack(path)
    assert path.read_bytes() == b"kept"
