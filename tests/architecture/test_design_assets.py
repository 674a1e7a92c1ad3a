"""The vendored style sheet is what we pinned, holds nothing that belongs to GOV.UK, and stays small."""

import gzip
import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ASSETS = ROOT / "portal" / "static" / "cap"
FORBIDDEN = re.compile(
    r"GDS Transport|\bcrown|crest|govuk-logo|govuk-logotype|royal|@font-face", re.IGNORECASE
)
PUBLIC_CSS_LIMIT = 20 * 1024  # bytes, gzip


def test_vendored_files_have_their_checksums() -> None:
    lines = (ASSETS / "SHA256SUMS").read_text().splitlines()
    assert {line.split()[1] for line in lines} == {"LICENSE-govuk-frontend.txt", "VERSION.txt", "portal.css"}
    for line in lines:
        expected, name = line.split()
        assert hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() == expected, (
            f"{name} was changed by hand"
        )


def test_version_and_licence_stand_beside_the_style_sheet() -> None:
    version = (ASSETS / "VERSION.txt").read_text().splitlines()[0].split()[1]
    assert f'--govuk-frontend-version: "{version}"' in (ASSETS / "portal.css").read_text("utf-8")
    assert f"govuk_version={version}" in (ROOT / "scripts" / "build_css.sh").read_text("utf-8")
    assert "The MIT License" in (ASSETS / "LICENSE-govuk-frontend.txt").read_text()


def test_no_marks_and_no_fonts_of_another_government() -> None:
    files = [*ASSETS.glob("*.css"), *ASSETS.glob("*.svg"), *(ROOT / "templates").rglob("*.html")]
    assert files
    found = [
        (path.name, hit.group()) for path in files for hit in FORBIDDEN.finditer(path.read_text("utf-8"))
    ]
    assert not found


def test_styles_fetch_nothing() -> None:
    for path in ASSETS.glob("*.css"):
        text = path.read_text("utf-8")
        assert "url(" not in text, path.name
        assert "@import" not in text, path.name


def test_own_styles_need_no_new_browser() -> None:
    """Old WeChat and domestic browsers: no :has(), no container queries, no nesting."""
    own = (ASSETS / "cap.css").read_text("utf-8")
    assert ":has(" not in own
    assert "@container" not in own
    assert not re.search(r"^\s*&", own, re.MULTILINE)


def test_styles_stay_small() -> None:
    size = sum(len(gzip.compress(path.read_bytes(), 6)) for path in ASSETS.glob("*.css"))
    assert size <= PUBLIC_CSS_LIMIT
