"""Preview links: one version of a draft for somebody outside, seven days, counted, ended early."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from portal.attachments.models import PortalDocument
from portal.pages.shared_draft import OPENINGS, WRONG, address_of_link
from portal.publishing.models import PageRecord, PreviewLink, PreviewOpening
from portal.publishing.share import check_draft, share, token_of
from portal.publishing.withdraw import withdraw
from relief.errors import Blocked, Invalid, NotAllowed, WrongState
from relief.trail import clock
from relief.trail.models import Event
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

OUTSIDER = "明河日报编辑部"


@pytest.fixture
def room(db, settings, tmp_path) -> Newsroom:
    settings.MEDIA_ROOT = str(tmp_path)
    return make_newsroom()


def linked(room: Newsroom, page: Page) -> PreviewLink:
    revision = Page.objects.get(pk=page.pk).latest_revision
    check_draft(revision, by=room.writer)
    return share(revision, by=room.writer, for_whom=OUTSIDER)


def removed(room: Newsroom, page: Page) -> None:
    record = room.record(page)
    words = {"way": "removed", "reason_zh": "误发。", "reason_en": "By mistake."}
    withdraw(record, by=room.publisher, version=record.version, **words)


def path_of(link: PreviewLink) -> str:
    return reverse("pages:shared-draft", args=[token_of(link)])


def opened(link: PreviewLink, **more: str) -> object:
    return Client(**more).get(path_of(link))


def test_a_draft_is_shown_to_who_holds_the_link_under_a_banner_and_kept_by_nobody(room):
    page = room.draft()
    link = linked(room, page)
    answer = opened(link)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "取暖补助按户发放。" in text and "草稿，未发布" in text and OUTSIDER in text
    assert '<meta name="robots" content="noindex, nofollow">' in text and 'rel="canonical"' not in text
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert Client().get(page.get_url()).status_code == 404
    assert [(one.link_id, one.file_version_id) for one in PreviewOpening.objects.all()] == [(link.pk, None)]
    columns = {field.name for field in PreviewOpening._meta.get_fields()}
    assert columns == {"id", "link", "file_version_id", "at"}  # who opened it is not known


def test_making_and_revoking_stand_in_the_trail(room):
    page = room.draft()
    link = linked(room, page)
    record = PageRecord.objects.get(page_id=page.pk)
    screen = reverse("publishing:preview-links", args=[page.pk])
    signed_in(room.reviewer).post(screen, {"link": link.pk, "version": link.version})
    assert opened(link).status_code == 410
    acts = Event.objects.filter(subject_code=record.code).order_by("pk").values_list("act", "actor_name")
    assert list(acts)[-2:] == [
        ("share-draft", room.writer.name),
        ("revoke-preview", room.reviewer.name),
    ]
    assert [row.history_type for row in link.history.order_by("history_id")] == ["+", "~"]


def test_seven_days_are_the_end(room):
    link = linked(room, room.draft())
    with clock.moved_to(link.until - timedelta(minutes=1)):
        assert opened(link).status_code == 200
    with clock.moved_to(link.until):
        answer = opened(link)
    words = answer.content.decode()
    assert answer.status_code == 410 and "取暖补助按户发放" not in words
    assert "本预览已结束" in words and "已不再公开" not in words
    assert link.until - link.at == timedelta(days=7)


def test_it_ends_when_the_text_is_published_and_leads_there(room):
    page = room.draft()
    link = linked(room, page)
    live = room.published(page)
    answer = opened(link)
    assert answer.status_code == 410 and f'href="{live.get_url()}"' in answer.content.decode()
    again = linked(room, room.edited(live, body="<p>新的草稿。</p>"))
    assert "新的草稿。" in opened(again).content.decode()
    removed(room, live)
    assert opened(again).status_code == 410


def test_a_draft_of_a_removed_page_is_shown_as_it_would_be(room):
    page = room.published()
    removed(room, page)
    link = linked(room, room.edited(page, body="<p>重新发布的文字。</p>"))
    assert "重新发布的文字。" in opened(link).content.decode()


def test_it_ends_when_the_draft_is_deleted(room):
    page = room.draft()
    link = linked(room, page)
    page.delete()
    assert opened(link).status_code == 410


def test_only_the_version_that_was_shared_is_shown(room):
    page = room.draft()
    link = linked(room, page)
    room.edited(page, body="<p>后来写的。</p>")
    assert "后来写的" not in opened(link).content.decode()
    old = page.latest_revision
    with pytest.raises(WrongState):
        share(old, by=room.writer, for_whom=OUTSIDER)


def test_the_gate_must_have_let_it_pass(room):
    page = room.draft(body="<p>联系人身份证号 11010519491231002X。</p>")
    revision = page.latest_revision
    with pytest.raises(Blocked):  # nobody has read it
        share(revision, by=room.writer, for_whom=OUTSIDER)
    assert check_draft(revision, by=room.writer).findings
    with pytest.raises(Blocked):
        share(revision, by=room.writer, for_whom=OUTSIDER)
    screen = reverse("publishing:preview-links", args=[page.pk])
    answer = signed_in(room.writer).post(screen, {"revision": revision.pk, "for_whom": OUTSIDER})
    assert OUTSIDER in answer.content.decode()  # what was typed is still there
    assert "11010519491231002X" not in answer.content.decode()
    assert not PreviewLink.objects.exists()


@pytest.mark.parametrize("words", ["", "   "])
def test_it_is_said_for_whom(room, words):
    revision = room.draft().latest_revision
    check_draft(revision, by=room.writer)
    with pytest.raises(Invalid):
        share(revision, by=room.writer, for_whom=words)


def test_only_who_writes_there_makes_a_link_and_only_of_a_draft(room):
    revision = room.draft().latest_revision
    with pytest.raises(NotAllowed):
        check_draft(revision, by=room.publisher)
    with pytest.raises(NotAllowed):
        share(revision, by=room.publisher, for_whom=OUTSIDER)
    with pytest.raises(WrongState):
        share(room.published(room.draft("public")).live_revision, by=room.writer, for_whom=OUTSIDER)


def test_files_are_open_through_the_link_alone_while_it_holds(room):
    document = PortalDocument.objects.create(title="申请表", file=ContentFile(b"form", name="form.txt"))
    page = room.draft(body=f'<p><a linktype="document" id="{document.pk}">下载</a></p>')
    link = linked(room, page)
    other = linked(room, room.draft("other"))
    inside = f"{path_of(link)}files/{document.token}/{document.filename}"
    assert f'href="{inside}"' in opened(link).content.decode()
    answer = Client().get(inside)
    assert b"".join(answer.streaming_content) == b"form"
    assert answer["Cache-Control"] == "private, no-store" and answer["Referrer-Policy"] == "no-referrer"
    assert Client().get(document.url).status_code == 404
    assert Client().get(inside.replace(token_of(link), token_of(other))).status_code == 404
    assert PreviewOpening.objects.filter(link=link).exclude(file_version_id=None).count() == 1
    document.file = ContentFile(b"another form", name="form.txt")  # nobody's gate has read this one
    document.save()
    assert opened(link).status_code == Client().get(inside).status_code == 410


def test_a_wrong_address_is_not_found_and_tries_are_counted(room, monkeypatch):
    few = type(WRONG)(WRONG.name, times=4, minutes=10)
    monkeypatch.setattr("portal.pages.shared_draft.WRONG", few)
    link = linked(room, room.draft())
    guesser = Client(REMOTE_ADDR="192.0.2.7")
    with clock.moved_to(link.at):
        for broken in ("x-y", "%00", "a" * 32 + ".b", "草稿"):
            assert guesser.get(f"/preview/{broken}/").status_code == 404
        assert guesser.get("/preview/x-y/").status_code == 429
        assert opened(link, REMOTE_ADDR="192.0.2.7").status_code == 200  # a right one is never a guess
        assert Client(REMOTE_ADDR="192.0.2.8").get("/preview/x-y/").status_code == 404


def test_a_changed_sign_of_the_address_opens_nothing(room):
    link = linked(room, room.draft())
    code, _dot, signature = token_of(link).partition(".")
    other = f"{'0' if code[0] != '0' else '1'}{code[1:]}.{signature}"
    assert Client().get(f"/preview/{other}/").status_code == 404
    assert Client().get(f"/preview/{code}/").status_code == 404


def test_openings_are_limited_so_that_nobody_fills_the_log(room, monkeypatch):
    link = linked(room, room.draft())
    few = type(OPENINGS)(OPENINGS.name, times=2, minutes=10)
    monkeypatch.setattr("portal.pages.shared_draft.OPENINGS", few)
    with clock.moved_to(link.at):
        assert [opened(link).status_code for _ in range(3)] == [200, 200, 429]
    assert PreviewOpening.objects.count() == 2


def test_the_screen_lists_links_with_constant_queries(room):
    page = room.draft()
    linked(room, page)
    client = signed_in(room.writer)
    screen = reverse("publishing:preview-links", args=[page.pk])
    client.get(screen)
    with_one = queries_of(client, screen)
    for _ in range(5):
        opened(linked(room, page))
    assert queries_of(client, screen) == with_one
    shown = client.get(screen).content.decode()
    assert address_of_link(PreviewLink.objects.first(), "zh-hans") in shown


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as kept:
        assert client.get(address).status_code == 200
    return len(kept)


def test_an_editor_makes_a_link_on_the_screen_and_a_stale_form_makes_none(room):
    page = room.draft()
    client, screen = signed_in(room.writer), reverse("publishing:preview-links", args=[page.pk])
    old = page.latest_revision
    room.edited(page, body="<p>第二稿。</p>")
    client.post(screen, {"revision": old.pk, "for_whom": OUTSIDER})
    assert not PreviewLink.objects.exists()
    newest = Page.objects.get(pk=page.pk).latest_revision_id
    assert client.post(screen, {"revision": newest, "for_whom": OUTSIDER}).status_code == 302
    link = PreviewLink.objects.get()
    assert (link.for_whom, link.by_name, link.revision_id) == (OUTSIDER, room.writer.name, newest)
    assert "第二稿。" in opened(link).content.decode()
