"""Translations: begun, compared and confirmed by verbs; what became of each is read from public changes."""

import pytest
from wagtail.models import Page

from portal.publishing.beside import side_by_side
from portal.publishing.difference import differences
from portal.publishing.marks import MarkKind, TranslationMark
from portal.publishing.translated import TranslationState, standing_of, standings
from portal.publishing.translations import begin, confirm, decide_needed, newest_change
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.officers.models import Role
from relief.trail.models import Event
from tests.factories.texts import Newsroom, make_newsroom


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def translated(room: Newsroom, page: Page):
    """The page's translation, begun and taken through its review."""
    twin = begin(page, by=room.writer)
    return room.published(room.edited(twin, title="Heating", body="<p>Paid by household.</p>"))


def confirmed(room: Newsroom, page: Page, twin: Page) -> TranslationMark:
    newest = newest_change(room.record(page))
    latest = Page.objects.get(pk=twin.pk).latest_revision_id
    return confirm(Page.objects.get(pk=twin.pk), by=room.writer, revision_id=latest, change_id=newest.pk)


def test_a_translation_is_begun_once_as_a_draft_of_the_public_text(room):
    page = room.published()
    assert standing_of(page).state == TranslationState.MISSING
    room.edited(page, title="还没有公开的标题")
    twin = begin(page, by=room.writer)
    assert (twin.title, twin.live, twin.owner) == (page.title, False, room.writer.account)
    assert twin.latest_revision.user == room.writer.account  # four eyes know who wrote it
    assert (twin.signed_on, twin.index_number) == (None, "")
    assert standing_of(page).state == TranslationState.BEGUN
    mark = TranslationMark.objects.get()
    assert (mark.kind, mark.twin_id) == (MarkKind.BEGUN, twin.pk)
    assert Event.objects.get(pk=mark.event_id).act == "begin-translation"
    with pytest.raises(WrongState):
        begin(page, by=room.writer)
    with pytest.raises(WrongState):
        begin(twin, by=room.writer)


def test_who_writes_nothing_here_begins_nothing_and_nothing_is_left_behind(room):
    page = room.published()
    with pytest.raises(NotAllowed):
        begin(page, by=room.publisher)
    assert not TranslationMark.objects.exists() and not page.get_translations().exists()


def test_a_page_whose_parent_has_no_translation_waits_for_that_one(room):
    section = room.section
    section.get_translations().update(translation_key="6f1de5a0-0000-4000-8000-000000000000")
    page = room.published()
    with pytest.raises(Blocked) as refused:
        begin(page, by=room.writer)
    assert section.title in str(refused.value)


def test_changes_of_the_source_make_a_translation_stale_until_it_is_confirmed(room):
    page = room.published()
    twin = translated(room, page)
    assert standing_of(page).state == TranslationState.CURRENT
    room.published(room.edited(page, summary="十二月发放。"))
    room.published(room.edited(page, summary="十二月起发放。", change_kind="minor"))
    found = standing_of(page)
    assert (found.state, found.substantive, found.minor) == (TranslationState.STALE, 1, 1)
    confirmed(room, page, twin)
    assert standing_of(page).state == TranslationState.CURRENT


def test_a_confirmed_draft_counts_when_it_is_public(room):
    page = room.published()
    twin = translated(room, page)
    room.published(room.edited(page, summary="十二月发放。"))
    room.edited(twin, summary="Paid in December.")
    confirmed(room, page, twin)
    assert standing_of(page).state == TranslationState.STALE  # readers still see the old text
    room.published(Page.objects.get(pk=twin.pk))
    assert standing_of(page).state == TranslationState.CURRENT


def test_a_slip_corrected_in_the_translation_leaves_it_stale(room):
    page = room.published()
    twin = translated(room, page)
    room.published(room.edited(page, summary="十二月发放。"))
    room.published(room.edited(twin, title="Heating aid", change_kind="minor"))
    assert standing_of(page).state == TranslationState.STALE


def test_a_text_in_review_is_told_as_such(room):
    page = room.published()
    twin = begin(page, by=room.writer)
    twin.get_workflow().start(twin, room.writer.account)
    assert standing_of(page).state == TranslationState.IN_REVIEW


def test_what_was_compared_must_be_what_stands_there(room):
    page = room.published()
    twin = translated(room, page)
    seen = newest_change(room.record(page))
    room.published(room.edited(page, summary="十二月发放。"))
    with pytest.raises(Stale):
        confirm(twin, by=room.writer, revision_id=twin.latest_revision_id, change_id=seen.pk)
    with pytest.raises(NotAllowed):
        confirm(twin, by=room.reviewer, revision_id=twin.latest_revision_id, change_id=seen.pk)
    assert not TranslationMark.objects.filter(kind=MarkKind.CONFIRMED).exists()


def test_that_no_translation_is_needed_is_decided_with_a_reason_and_can_be_taken_back(room):
    page = room.published()
    with pytest.raises(NotAllowed):
        decide_needed(page, by=room.writer, needed=False, reason="只涉及本地居民。")
    with pytest.raises(Invalid):
        decide_needed(page, by=room.publisher, needed=False, reason="  ")
    decide_needed(page, by=room.publisher, needed=False, reason="只涉及本地居民。")
    found = standing_of(page)
    assert (found.state, found.decision.reason) == (TranslationState.NOT_NEEDED, "只涉及本地居民。")
    assert found.decision.name == room.publisher.name
    with pytest.raises(WrongState):
        decide_needed(page, by=room.publisher, needed=False, reason="再说一次。")
    section_editor = room.district.officer(Role.SECTION_EDITOR)
    decide_needed(page, by=section_editor, needed=True, reason="有外籍居民询问。")
    assert standing_of(page).state == TranslationState.MISSING


def test_the_standing_of_all_texts_takes_the_same_queries(room, django_assert_num_queries):
    room.published()
    sources = Page.objects.filter(locale__language_code="zh-hans", depth__gte=2, live=True)
    with django_assert_num_queries(7):
        few = standings(sources.all())
    for number in range(3):
        translated(room, room.published(room.draft(slug=f"more-{number}")))
    with django_assert_num_queries(7):
        many = standings(sources.all())
    assert len(many) == len(few) + 3
    states = {one.source.slug: one.state for one in many}
    assert states["more-1"] == TranslationState.CURRENT and states["policies"] == TranslationState.CURRENT


def test_side_by_side_each_piece_meets_its_own_and_changes_are_marked(room):
    page = room.draft(body="<p>甲。</p><p>丙。</p>")
    base = room.published(page)
    twin = translated(room, base)
    twin.body = "<p>First.</p><p>Third.</p>"
    now = room.edited(base, body="<p>甲。</p><p>乙。</p><p>丙丁。</p>")
    body = [pair for pair in side_by_side(base, now, twin, base.SOURCE_FIELDS) if "body" in pair.place or
            "正文" in pair.place or "text" in pair.place]  # fmt: skip
    shown = ["".join(run.text for run in pair.source if run.kind != "gone") for pair in body]
    assert shown == ["甲。", "乙。", "丙丁。"]
    assert [pair.twin for pair in body][0] == "First."
    assert [pair.changed for pair in body] == [False, True, True]
    assert {pair.place for pair in side_by_side(base, now, twin)} != {pair.place for pair in body}


def test_side_by_side_leaves_out_where_links_lead_and_how_large_a_heading_is(room):
    heading = {"text": "总则", "level": "2", "anchor": "section-9"}
    page = room.draft(blocks=[{"type": "heading", "value": heading}])
    level = dict(page.blocks.stream_block.child_blocks["heading"].child_blocks["level"].field.choices)["2"]
    shown = {run.text for pair in side_by_side(None, page, page) for run in pair.source}
    assert "总则" in shown and not {"section-9", "2", str(level)} & shown


def test_a_choice_is_compared_by_its_words_alone(room):
    before = room.draft(topic="guarantee")
    after = room.edited(before, topic="temporary")
    topic = [one for one in differences(before, after) if any("temporary" in run.text for run in one.marks)]
    labels = "".join(run.text for one in differences(before, after) for run in one.marks)
    assert "guarantee\n" not in labels and str(after.get_topic_display()) in labels
    assert all("temporary relief" in "".join(run.text for run in one.marks) for one in topic)
