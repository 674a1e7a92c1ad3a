"""Withdrawal: nothing below stays behind, translations go along, and who links here is told."""

import pytest
from wagtail.models import Locale, Page

from portal.pages.models import NoticePage, SectionPage
from portal.pages.seed import ENGLISH, add_live, translated
from portal.publishing.links import links_to
from portal.publishing.models import PageState
from portal.publishing.withdraw import withdraw
from relief.errors import Blocked, Stale
from relief.ledger.models import Publication
from tests.factories.texts import Newsroom, make_newsroom

WHY = {"reason_zh": "误发。", "reason_en": "By mistake."}


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def notice(parent: Page, slug: str, body: str = "<p>文本</p>") -> NoticePage:
    """A live notice, published as set-up does."""
    page = NoticePage(
        title=f"通知{slug}", slug=slug, body=body, issuer="明河区民政局", signed_on="2026-11-02",
        locale=parent.locale,
    )  # fmt: skip
    add_live(Page.objects.get(pk=parent.pk), page)
    return page


def gone(room: Newsroom, page: Page, way: str = "removed", **more: object):
    record = room.record(page)
    return withdraw(record, by=room.publisher, way=way, **{"version": record.version, **WHY, **more})


def test_a_section_is_removed_after_what_is_below_it(room):
    section = SectionPage(title="专栏", slug="column", locale=room.section.locale)
    add_live(room.section, section)
    below = notice(section, "below")
    with pytest.raises(Blocked) as refused:
        gone(room, section)
    assert "通知below" in str(refused.value.reasons[0])
    assert room.record(section).state == PageState.PUBLIC
    gone(room, below)
    assert gone(room, section).state == PageState.REMOVED


def test_a_translation_leaves_with_its_source_and_names_what_replaces_it(room):
    english = Locale.objects.get(language_code=ENGLISH)
    page, newer = notice(room.section, "old"), notice(room.section, "new")
    twin, new_twin = (translated(one, {}, english) for one in (page, newer))
    gone(room, new_twin)
    rows = Publication.objects.count()
    gone(room, page, "superseded", replaced_by=newer)
    left = room.record(twin)
    assert (left.state, left.reason_en, left.replaced_by) == (PageState.SUPERSEDED, "By mistake.", newer.pk)
    assert [change.kind for change in left.changes.all()] == ["first", "superseded"]
    assert Publication.objects.count() == rows + 2
    with pytest.raises(Stale):
        gone(room, page, "removed", version=1)
    assert room.record(twin).state == PageState.SUPERSEDED  # it stays with its source, both or none
    gone(room, page)
    assert room.record(twin).state == PageState.REMOVED


def test_a_translation_is_withdrawn_alone(room):
    page = notice(room.section, "both")
    twin = translated(page, {}, Locale.objects.get(language_code=ENGLISH))
    gone(room, twin)
    assert room.record(page).state == PageState.PUBLIC


def test_chosen_and_typed_links_count_in_public_texts_and_in_drafts(room, settings):
    target = notice(room.section, "target")
    notice(room.section, "target-2")
    address = target.get_url()
    for slug, href in (
        ("typed", f'href="{address}"'),
        ("bare", f'href="{address.rstrip("/")}#top"'),
        ("whole", f'href="{settings.PUBLIC_BASE_URL}{address}"'),
        ("chosen", f'linktype="page" id="{target.pk}"'),
        ("other", f'href="{address.rstrip("/")}-2/"'),
        ("foreign", f'href="https://example.org{address}"'),
    ):
        notice(room.section, slug, f"<p><a {href}>见</a></p>")
    for slug, href in (("typing", f'href="{address}"'), ("choosing", f'linktype="page" id="{target.pk}"')):
        room.edited(notice(room.section, slug), body=f"<p><a {href}>见</a></p>")
    room.draft("never-public", body=f'<p><a linktype="page" id="{target.pk}">见</a></p>')
    room.draft("silent")
    named = {page.slug for page in links_to(target)}
    assert named == {"typed", "bare", "whole", "chosen", "typing", "choosing", "never-public"}
