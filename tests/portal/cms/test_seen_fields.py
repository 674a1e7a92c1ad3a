"""Fields of the CMS's own screens are seen: Wagtail draws the border of a field whose kind is named alone."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FIELD = re.compile(r"<input\b[^>]*>")
SCREENS = {path.stem: path for path in (Path(settings.BASE_DIR) / "templates" / "cms").glob("*.html")}


@pytest.mark.parametrize("screen", sorted(SCREENS))
def test_every_field_names_its_kind(screen):
    fields = FIELD.findall(SCREENS[screen].read_text(encoding="utf-8"))
    assert [field for field in fields if 'type="' not in field] == []
