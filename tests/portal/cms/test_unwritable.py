"""A sign that no database keeps (U+0000) is refused in our words, wherever the CMS takes a text."""

import pytest
from django.urls import reverse

from portal.catalogue.seed import seed_catalogue
from portal.particulars.verbs import enter
from portal.publishing.models import PreviewLink
from relief.places.set_up import SETUP
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

NUL = "救\x00助"
OURS, DJANGO_S = "U+0000", "不允许空字符"
REASONS = {"reason_zh": NUL, "reason_en": "x", "version": 1}


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("add-synonyms", {"words": NUL, "why": "同义"}),
        ("add-rule", {"why": NUL}),
        ("own-mail", {"mail": NUL}),
        ("site", {"act": "change", "why": NUL}),
        ("site", {"act": "take-back", "why": NUL}),
        ("withdraw", {"way": "removed", **REASONS}),
        ("move", {"slug": "warmth", **REASONS}),
        ("addresses", {"path": "/warm", "reason": NUL, "version": 1}),
        ("care", {"act": "check", "check-why": NUL}),
        ("preview-links", {"for_whom": NUL}),
        ("translation", {"decision": "not_needed", "reason": NUL}),
        ("appoint", {"why": NUL}),
    ],
)
def test_a_form_says_which_sign_is_wrong(room, name, typed):
    enter(by=SETUP)
    page = room.published()
    of_page = name in ("withdraw", "move", "addresses", "care", "preview-links", "translation", "appoint")
    if name == "preview-links":
        typed = typed | {"revision": room.edited(page, title="取暖补助").latest_revision_id}
    at = reverse(f"publishing:{name}", args=[page.pk] if of_page else [])
    told = signed_in(room.writer if name == "preview-links" else room.publisher).post(at, typed, follow=True)
    text = told.content.decode()
    assert told.status_code in (200, 422) and OURS in text and DJANGO_S not in text
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("name", ["synonyms", "searches", "leading", "missing"])
def test_a_filter_says_so_too(room, name):
    text = signed_in(room.publisher).get(reverse(f"publishing:{name}"), {"q": NUL}).content.decode()
    assert OURS in text and DJANGO_S not in text


def test_a_row_of_the_catalogue_says_so_too(room):
    seed_catalogue()
    at = reverse("catalogue_admin:row", args=["destitute-review"])
    text = signed_in(room.writer).post(at, {"act": "state", "why_zh": NUL, "version": 1}).content.decode()
    assert OURS in text and DJANGO_S not in text
