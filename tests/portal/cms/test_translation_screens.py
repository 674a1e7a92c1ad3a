"""The board of translations, the screen of one, and both texts side by side, as their users meet them."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from portal.publishing.marks import MarkKind, TranslationMark
from portal.publishing.translations import begin
from relief.officers.appoint import appoint_to_section
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

BOARD = reverse("publishing:translations")


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def board(client, query: str = ""):
    answer = client.get(BOARD + query)
    assert answer.status_code == 200
    return answer


def test_the_board_counts_filters_and_keeps_both_in_its_address(
    room, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr("portal.cms.publishing.board.PER_PAGE", 2)
    for number in range(3):
        room.published(room.draft(slug=f"notice-{number}", title=f"通知第{number}号"))
    client = signed_in(room.writer)
    board(client)
    with django_assert_max_num_queries(40) as asked:
        answer = board(client, "?section=notices&type=noticepage&state=missing")
    counts = {key: number for key, _words, number, _address in answer.context["counts"]}
    assert (counts["missing"], counts["stale"], len(answer.context["lines"])) == (3, 0, 2)
    text = answer.content.decode()
    assert "?section=notices&amp;type=noticepage&amp;state=missing&amp;p=2" in text
    with django_assert_max_num_queries(len(asked)):
        second = board(client, "?section=notices&type=noticepage&state=missing&p=2")
    assert len(second.context["lines"]) == 1
    nothing = board(client, "?section=guides&state=stale").content.decode()
    assert f'href="{BOARD}?"' in nothing or 'href="?"' in nothing
    odd = board(client, "?state=none&p=x").content.decode()
    assert "notices" in odd


def test_a_section_editor_sees_the_section_only(room):
    page = room.published()
    editor = room.district.officer(Role.AUDITOR)
    key, today = room.section.translation_key, clock.today()
    appoint_to_section(editor, role=Role.SECTION_EDITOR, section=key, from_date=today, by=SETUP)
    lines = board(signed_in(editor)).context["lines"]
    assert {one.source.pk for one, _section, _colour in lines} == {room.section.pk, page.pk}


def test_a_translation_is_begun_on_its_screen_by_who_writes_there(room):
    page = room.published()
    address = reverse("publishing:translation", args=[page.pk])
    shown = signed_in(room.reviewer).get(address).content.decode()
    assert 'value="begin"' not in shown and 'value="not_needed"' not in shown
    assert signed_in(room.publisher).post(address, {"decision": "begin"}).status_code == 200
    assert not page.get_translations().exists()
    answer = signed_in(room.writer).post(address, {"decision": "begin"})
    twin = page.get_translations().get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[twin.pk])
    assert 'value="begin"' not in signed_in(room.writer).get(address).content.decode()


def test_a_decision_without_reason_is_refused_and_one_with_reason_is_shown(room):
    page = room.published()
    address = reverse("publishing:translation", args=[page.pk])
    client = signed_in(room.publisher)
    assert client.post(address, {"decision": "not_needed", "reason": " "}).status_code == 200
    assert client.post(address, {"decision": "", "reason": "留着"}).context["reason"] == "留着"
    assert client.post(address, {"decision": "not_needed", "reason": "只涉及本地。"}).status_code == 302
    shown = client.get(address).content.decode()
    assert "只涉及本地。" in shown and room.publisher.name in shown
    assert 'value="needed"' in shown


def test_side_by_side_marks_the_change_and_confirms_what_was_seen(room):
    page = room.published()
    twin = begin(page, by=room.writer)
    room.published(room.edited(page, body="<p>取暖补助按人发放。</p>", change_note_zh="改为按人发放。"))
    address = reverse("publishing:beside", args=[twin.pk])
    client = signed_in(room.writer)
    text = client.get(address).content.decode()
    assert "<del>户</del><ins>人</ins>" in text and "改为按人发放。" in text
    seen = {"revision": Page.objects.get(pk=twin.pk).latest_revision_id, "change": 1}
    client.post(address, seen)
    assert not TranslationMark.objects.filter(kind=MarkKind.CONFIRMED).exists()
    client.post(address, seen | {"change": client.get(address).context["newest"].pk})
    assert TranslationMark.objects.filter(kind=MarkKind.CONFIRMED).exists()
    assert "<ins>" not in client.get(address).content.decode()
    assert client.get(reverse("publishing:beside", args=[page.pk])).status_code == 404


def test_the_edit_view_of_a_translation_has_the_chinese_text_beside_it(room):
    page = room.published()
    twin = begin(page, by=room.writer)
    client = signed_in(room.writer)
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[twin.pk])).content.decode()
    assert 'data-side-panel="source"' in edit and "取暖补助按户发放" in edit
    own = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'data-side-panel="source"' not in own


def test_the_screens_of_the_cms_that_copied_without_a_trace_are_closed(room):
    page = room.published()
    client = signed_in(room.writer)
    assert client.get(f"/cms/translation/submit/page/{page.pk}/").status_code == 404
    listing = client.get(reverse("wagtailadmin_explore", args=[room.section.pk])).content.decode()
    assert "/cms/translation/submit/" not in listing
