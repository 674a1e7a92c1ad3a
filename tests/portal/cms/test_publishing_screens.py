"""The screens of publishing as their users meet them: edit, review, withdraw, plans, bin, rights."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Page, Revision

from portal.attachments.images import PictureInUse, PortalImage
from portal.attachments.models import PortalDocument
from portal.pages.models import NoticePage
from portal.publishing.models import BinnedDraft, PageState
from portal.publishing.task import ensure_workflows
from relief.officers.appoint import appoint_to_section
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

RICH = (
    '{"blocks":[{"key":"a1","text":"%s","type":"unstyled","depth":0,"inlineStyleRanges":[],"entityRanges":[]}],'
    '"entityMap":{}}'
)


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def form_of(page: NoticePage, **words: str) -> dict[str, str]:
    newest = page.latest_revision
    return {
        "title": page.title, "slug": page.slug, "summary": "", "body": RICH % "取暖补助按户发放。",
        "issuer": page.issuer, "index_number": "", "document_number": "", "signed_on": "2026-11-02",
        "seo_title": "", "search_description": "", "change_kind": "substantive", "change_note_zh": "",
        "change_note_en": "", "publish_at": "", "blocks-count": "0",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "loaded_revision_id": str(newest.pk), "loaded_revision_created_at": newest.created_at.isoformat(),
        **words,
    }  # fmt: skip


def test_a_text_travels_from_the_editor_over_two_reviews_to_the_public(room):
    page = room.draft()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    writer, reviewer, publisher = (signed_in(one) for one in (room.writer, room.reviewer, room.publisher))
    answer = writer.post(edit, form_of(page, **{"action-submit": "1"}))
    assert answer.status_code == 302
    review = reverse("publishing:review", args=[page.pk])
    assert page.title in reviewer.get(reverse("publishing:waiting")).content.decode()
    for client, step in ((reviewer, "review"), (publisher, "release")):
        shown = client.get(review)
        assert "取暖补助按户发放" in shown.content.decode()
        decision = {"submission": shown.context["submission"].pk, "step": step, "decision": "pass"}
        assert writer.post(review, decision).status_code == 200  # an author passes nothing
        assert client.post(review, decision).status_code == 302
    assert "取暖补助按户发放" in Client().get(page.url).content.decode()


def test_the_start_page_tells_whose_turn_it_is(room):
    page = room.draft(title="待审的通知")
    reviewer, publisher = signed_in(room.reviewer), signed_in(room.publisher)
    assert "reviews-waiting" not in reviewer.get("/cms/").content.decode()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    signed_in(room.writer).post(edit, form_of(page, **{"action-submit": "1"}))
    address = reverse("publishing:review", args=[page.pk])
    start = reviewer.get("/cms/").content.decode()
    assert f'href="{address}">待审的通知</a> – 内容审核' in start and "待他人审核" not in start
    assert start.count("待审的通知") == 1  # Wagtail's own list of the same is not there
    start = publisher.get("/cms/").content.decode()
    assert address not in start and "待他人审核的文稿1篇" in start


def test_a_text_that_is_sent_back_goes_through_all_steps_again(room):
    page = room.draft()
    writer, reviewer = signed_in(room.writer), signed_in(room.reviewer)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    writer.post(edit, form_of(page, **{"action-submit": "1"}))
    review = reverse("publishing:review", args=[page.pk])
    submission = reviewer.get(review).context["submission"]
    decision = {"submission": submission.pk, "step": "review", "decision": "back"}
    assert reviewer.post(review, decision).status_code == 200  # without a reason
    assert reviewer.post(review, {**decision, "comment": "请补充发放时间。"}).status_code == 302
    page = NoticePage.objects.get(pk=page.pk)
    assert page.current_workflow_state is None
    assert "请补充发放时间" in writer.get(review).content.decode()
    writer.post(edit, form_of(page, summary="十一月发放", **{"action-submit": "1"}))
    again = reviewer.get(review).context
    assert again["submission"].pk != submission.pk and again["step"].code == "review"


def test_a_stale_form_saves_nothing_over_the_newer_text_and_both_are_kept(room):
    page = room.draft()
    form = form_of(page, title="我改的标题")
    room.edited(page, title="别人改的标题")
    answer = signed_in(room.writer).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True
    )
    text = answer.content.decode()
    assert "我改的标题" in text and "别人改的标题" in text
    page = NoticePage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().title == "别人改的标题"
    titles = {one.content["title"] for one in Revision.objects.for_instance(page)}
    assert {"我改的标题", "别人改的标题"} <= titles


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("publish_at", "2020-01-01 08:30", "publish_at"), ("change_note_en", "", "change_note_en")],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(room, field, value, told):
    page = room.published()
    edited = room.edited(page, title="改后的标题")
    form = form_of(
        NoticePage.objects.get(pk=page.pk),
        title="改后的标题",
        change_note_zh="改了。",
        **{"change_note_en": "Changed.", "action-submit": "1"} | {field: value},
    )
    answer = signed_in(room.writer).post(reverse("wagtailadmin_pages:edit", args=[edited.pk]), form)
    assert answer.status_code == 200 and told in answer.context["form"].errors
    assert "改后的标题" in answer.content.decode()


def test_a_page_is_withdrawn_after_what_links_here_was_shown(room):
    page = room.published()
    room.published(room.draft("second", body=f'<p><a linktype="page" id="{page.pk}">见通知</a></p>'))
    publisher = signed_in(room.publisher)
    address = reverse("publishing:withdraw", args=[page.pk])
    shown = publisher.get(address)
    assert [one.slug for one in shown.context["links"]] == ["second"]
    form = {"way": "removed", "reason_zh": "误发。", "reason_en": "", "version": room.record(page).version}
    refused = publisher.post(address, form)
    assert refused.status_code == 200 and "误发。" in refused.content.decode()
    assert publisher.post(address, {**form, "reason_en": "Published by mistake."}).status_code == 302
    public = Client().get(page.url)
    text = public.content.decode()
    assert public.status_code == 200 and "误发。" in text and "取暖补助按户发放" not in text
    assert Client().get("/notices/").content.decode().count(page.title) == 1  # the second page only
    history = Client().get(f"/page-history/{room.record(page).code}/").content.decode()
    assert "误发。" in history


def test_a_superseded_text_stays_readable_under_a_banner_that_names_what_replaces_it(room):
    from portal.publishing.withdraw import withdraw

    page, newer = room.published(), room.published(room.draft("newer", title="新的通知"))
    record = room.record(page)
    withdraw(
        record, by=room.publisher, way="superseded", reason_zh="已有新通知。", reason_en="Newer.",
        replaced_by=newer, version=record.version,
    )  # fmt: skip
    assert room.record(page).state == PageState.SUPERSEDED
    text = Client().get(page.url).content.decode()
    assert "已有新通知。" in text and "取暖补助按户发放" in text and "/notices/newer/" in text


def test_a_deleted_draft_is_found_in_the_bin_and_put_back(room):
    page = room.draft(title="误删的草稿")
    writer = signed_in(room.writer)
    writer.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()
    address = reverse("publishing:bin")
    listed = writer.get(address).content.decode()
    assert "误删的草稿" in listed and room.writer.name in listed
    draft = BinnedDraft.objects.get()
    answer = writer.post(address, {"draft": draft.pk, "parent": room.section.pk})
    assert answer.status_code == 302 and NoticePage.objects.get(title="误删的草稿").live is False


def test_who_writes_in_one_section_puts_no_draft_of_another_back(room):
    room.draft(title="别处的草稿").delete()
    draft, officer = BinnedDraft.objects.get(), room.district.officer(Role.AUDITOR)
    mine = room.homes["zh-hans"].get_children().exclude(pk=room.section.pk)[0]
    key = mine.translation_key
    appoint_to_section(officer, role=Role.EDITOR, section=key, from_date=clock.today(), by=SETUP)
    client, address = signed_in(officer), reverse("publishing:bin")
    assert "别处的草稿" not in client.get(address).content.decode()
    sent = {"draft": draft.pk, "parent": mine.pk}
    for form in (sent, sent | {"draft": "x"}, {}):
        assert client.post(address, form).status_code == 404
    assert BinnedDraft.objects.count() == 1 and not Page.objects.filter(title="别处的草稿").exists()


def test_a_draft_whose_old_place_is_gone_too_is_put_back_elsewhere(room):
    page = room.draft(title="无处可归的草稿")
    page.delete()
    BinnedDraft.objects.update(parent_id=987654)
    writer = signed_in(room.writer)
    address = reverse("publishing:bin")
    assert "无处可归的草稿" in writer.get(address).content.decode()
    draft = BinnedDraft.objects.get()
    assert writer.post(address, {"draft": draft.pk, "parent": room.section.pk}).status_code == 302
    assert NoticePage.objects.filter(title="无处可归的草稿").exists()


def test_the_panel_says_who_may_do_what_here_and_where_it_comes_from(room):
    helper = room.district.officer(Role.AUDITOR)
    until = clock.today() + timedelta(days=30)
    appoint_to_section(
        helper, role=Role.EDITOR, section=room.section.translation_key, from_date=clock.today(),
        until_date=until, by=SETUP,
    )  # fmt: skip
    text = signed_in(room.writer).get(reverse("publishing:rights", args=[room.section.pk])).content.decode()
    assert helper.name in text and room.section.title in text
    elsewhere = reverse("publishing:rights", args=[room.homes["zh-hans"].pk])
    assert helper.name not in signed_in(room.writer).get(elsewhere).content.decode()


def test_a_section_editor_of_one_section_writes_there_and_nowhere_else(room):
    ensure_workflows()
    officer = room.district.officer(Role.AUDITOR)
    appoint_to_section(
        officer,
        role=Role.SECTION_EDITOR,
        section=room.section.translation_key,
        from_date=clock.today(),
        by=SETUP,
    )
    client = signed_in(officer)
    add = "wagtailadmin_pages:add"
    assert client.get(reverse(add, args=["portal", "noticepage", room.section.pk])).status_code == 200
    home = room.homes["zh-hans"].pk
    assert client.get(reverse(add, args=["portal", "sectionpage", home])).status_code in (302, 403)


@pytest.mark.parametrize("name", ["waiting", "plans", "bin", "steps"])
def test_officers_without_a_role_of_the_site_see_none_of_it(room, name):
    outsider = signed_in(room.district.officer(Role.STREET_REVIEWER))
    assert outsider.get(reverse(f"publishing:{name}")).status_code == 403


def test_what_the_gate_finds_stops_the_release_until_a_second_person_lets_it_go(room):
    page = room.draft(body="<p>请拨打经办人电话13912345678。</p>")
    page.get_workflow().start(page, room.writer.account)
    reviewer, publisher = signed_in(room.reviewer), signed_in(room.publisher)
    review = reverse("publishing:review", args=[page.pk])
    shown = reviewer.get(review)
    assert shown.context["gate"]["findings"] and "13912345678" in shown.content.decode()
    decision = {"submission": shown.context["submission"].pk, "decision": "pass"}
    reviewer.post(review, decision | {"step": "review"})
    refused = publisher.post(review, decision | {"step": "release"})
    assert refused.status_code == 200 and not Page.objects.get(pk=page.pk).live
    findings = reverse("publishing:release-findings", args=[page.pk])
    for client in (signed_in(room.writer), publisher):
        client.post(findings, {"reason": "该号码是经办窗口公开的值班手机。"})
    publisher.post(review, decision | {"step": "release"})
    assert Page.objects.get(pk=page.pk).live


def test_a_file_replaced_under_the_same_name_is_seen_in_the_review(room, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    document = PortalDocument.objects.create(title="表", file=ContentFile(b"old words", name="form.txt"))
    link = f'<p><a linktype="document" id="{document.pk}">下载</a></p>'
    page = room.published(room.draft(body=link))
    document.file = ContentFile(b"new words", name="form.txt")
    document.save()
    changed = room.edited(page, body=link)
    changed.get_workflow().start(changed, room.writer.account)
    shown = signed_in(room.reviewer).get(reverse("publishing:review", args=[page.pk]))
    new = document.versions.get(number=2)
    files = [one for one in shown.context["changes"] if "form.txt" in one.place]
    assert [mark.kind for mark in files[0].marks if new.sha256[:16] in mark.text] == ["new"]


def test_a_picture_that_a_public_page_shows_is_not_deleted(room, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    picture = PortalImage.objects.create(title="窗口", file=ContentFile(file.getvalue(), name="counter.png"))
    embed = f'<p>图</p><embed embedtype="image" id="{picture.pk}" format="fullwidth" alt="窗口"/>'
    room.published(room.draft(body=embed))
    with pytest.raises(PictureInUse), transaction.atomic():
        picture.delete()
    with pytest.raises(PictureInUse), transaction.atomic():
        PortalImage.objects.all().delete()
