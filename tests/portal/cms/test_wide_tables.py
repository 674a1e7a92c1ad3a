"""A table of five columns or more is wider than a telephone in some language: it scrolls by itself."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
SCREENS = sorted([*(TEMPLATES / "cms").rglob("*.html"), *(TEMPLATES / "catalogue").glob("cms_*.html")])
TABLE = re.compile(r"(?P<before>[^\n]*\n[^\n]*)<table\b(?P<table>.*?)</thead>", re.DOTALL)
WIDE = 5


def wide_tables(text: str) -> list[str]:
    """What stands before each table of so many columns, up to the line above."""
    return [
        found["before"] for found in TABLE.finditer(text) if found["table"].count('<th scope="col"') >= WIDE
    ]


def test_there_are_wide_tables_to_judge():
    assert sum(len(wide_tables(one.read_text("utf-8"))) for one in SCREENS) >= 8


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.name)
def test_a_wide_table_scrolls_in_a_region_with_a_name(screen):
    for before in wide_tables(screen.read_text("utf-8")):
        assert re.search(r'<div class="cms-(scroll|table|wide)"[^>]*>\s*$', before), before[-80:]
