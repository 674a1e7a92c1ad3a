"""What the traps' ground on our portal stands on: the seeded site, its officers, the forms of screens."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from portal.pages.seed import seed_site
from relief.officers.appoint import appoint, register_officer
from relief.officers.models import Role
from relief.places.set_up import SETUP
from tests.factories.district import SINCE, make_district
from tests.factories.kept import kept

ROLES = {
    "editor": Role.EDITOR,
    "editor2": Role.EDITOR,
    "reviewer": Role.REVIEWER,
    "reviewer2": Role.REVIEWER,
    "publisher": Role.PUBLISHER,
    "accounts": Role.PUBLISHER,
}
WORDS = {"issuer": "明河区民政局", "signed_on": date(2026, 1, 5), "summary": "摘要"}
EDITED = {
    "summary": "摘要",
    "issuer": "明河区民政局",
    "index_number": "",
    "document_number": "",
    "signed_on": "2026-01-05",
    "topic": "",
    "deadline": "",
    "origin": "",
    "blocks-count": "0",
    "seo_title": "",
    "search_description": "",
    "change_kind": "substantive",
    "change_note_zh": "更正文字",
    "change_note_en": "words corrected",
    "publish_at": "",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "1000",
}


def typed(text: str) -> str:
    """What Wagtail's text field posts for one paragraph of plain words."""
    plain = text.removeprefix("<p>").removesuffix("</p>")
    block = {"key": "a", "text": plain, "type": "unstyled", "depth": 0}
    return json.dumps({"blocks": [block | {"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}})


@kept
def site() -> dict[str, Any]:
    """The site as it is seeded, with the persons of the traps in office; officers by what they do."""
    make_district()
    seed_site()
    officers = {}
    for who, role in ROLES.items():
        officers[who] = register_officer(
            who, password="traps-2026", name=who, office="明河区民政局", by=SETUP
        )
        appoint(officers[who], role=role, area="000", from_date=SINCE, by=SETUP)
    return officers


def account_form(name: str, password: str) -> dict[str, str]:
    """The form of an account that is to be a superuser."""
    names = {"username": name, "first_name": "A", "last_name": "B", "email": "a@example.org"}
    rights = {"is_active": "on", "is_superuser": "on"}
    return {**names, **rights, "password1": password, "password2": password}
