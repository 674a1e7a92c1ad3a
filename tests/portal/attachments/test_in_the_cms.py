"""The editor's way: uploads through Wagtail's own screens, replaces, looks at versions, tries to delete."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.attachments.images import PortalImage
from portal.attachments.models import PortalDocument
from portal.attachments.version_models import FileVersion
from portal.pages.models import NoticePage, SectionPage
from portal.pages.seed import add_live
from relief.officers.models import Role
from tests.factories.district import make_district
from tests.factories.pages import seeded
from tests.portal.attachments.test_pictures import jpeg
from tests.portal.attachments.uploads import ENTITY, bomb, package, pdf
from tests.portal.cms.staff import signed_in

MANY = {"headers": {"x-requested-with": "XMLHttpRequest"}}


@pytest.fixture
def section(db, settings, tmp_path) -> SectionPage:
    settings.MEDIA_ROOT = str(tmp_path)
    return SectionPage.objects.child_of(seeded()["zh-hans"]).get(slug="notices")


@pytest.fixture
def officer(section):
    return make_district().officer(Role.EDITOR)


@pytest.fixture
def editor(officer) -> Client:
    return signed_in(officer)


def test_a_refused_file_is_told_of_once(section, editor):
    sent = {"title": "申请表", "file": SimpleUploadedFile("申请表.docx", bomb())}
    answer = editor.post(reverse("wagtaildocs:add"), sent)
    assert len(answer.context["form"].errors["file"]) == 1
    assert "文件解压后会过大" in answer.content.decode()


def test_a_document_from_upload_to_public_to_its_next_version(section, editor, officer):
    first, second = pdf(1), pdf(2)
    sent = {"title": "申请表", "file": SimpleUploadedFile("申请表.pdf", first), "upload_note": "初稿"}
    assert editor.post(reverse("wagtaildocs:add"), sent).status_code == 302
    document = PortalDocument.objects.get()
    version = document.versions.get()
    assert (version.by_name, version.by_id, version.note) == (officer.name, officer.pk, "初稿")
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    assert "从未公开" in editor.get(edit).content.decode()
    assert "从未公开" in editor.get("/cms/documents/").content.decode()

    body = f'<p><a linktype="document" id="{document.pk}">x</a></p>'
    page = NoticePage(title="附件", slug="f", body=body, issuer="局", signed_on="2026-11-01")
    page.locale = section.locale
    add_live(section, page)
    answer = editor.post(edit, {"title": "申请表", "file": SimpleUploadedFile("申请表.pdf", second)})
    assert answer.status_code == 302
    assert b"".join(Client().get(version.url).streaming_content) == first
    newer = document.versions.get(number=2)
    assert Client().get(newer.url).status_code == 404
    assert b"".join(editor.get(newer.url).streaming_content) == second

    text = editor.get(edit).content.decode()
    assert version.sha256[:16] in text and newer.sha256[:16] in text and "附件" in text
    assert re.search(r"<td[^>]*>\s*2\s*</td>", editor.get("/cms/documents/").content.decode())

    for address in (f"/cms/documents/delete/{document.pk}/", "/cms/bulk/portal/portaldocument/delete/"):
        editor.post(f"{address}?id={document.pk}")
    assert PortalDocument.objects.filter(pk=document.pk).exists()
    delete = reverse("wagtaildocs:delete_multiple", args=[document.pk])
    assert editor.post(delete, **MANY).status_code == 403


def test_the_title_of_a_public_document_changes_on_no_page_past_its_review(section, editor):
    editor.post(reverse("wagtaildocs:add"), {"title": "表", "file": SimpleUploadedFile("表.pdf", pdf(1))})
    document = PortalDocument.objects.get()
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    assert editor.post(edit, {"title": "申请表"}).status_code == 302  # nobody reads it yet
    body = f'<p><a linktype="document" id="{document.pk}">x</a></p>'
    page = NoticePage(title="附件", slug="f", body=body, issuer="局", signed_on="2026-11-01")
    page.locale = section.locale
    add_live(section, page)
    refused = editor.post(edit, {"title": "张三的申请表"})
    assert refused.status_code == 200 and "张三的申请表" in refused.content.decode()
    shown = Client().get(page.get_url()).content.decode()
    assert "申请表" in shown and "张三" not in shown


def test_a_refused_file_leaves_the_entries_and_the_old_version(section, editor):
    data = package()
    document = PortalDocument.objects.create(title="表", file=SimpleUploadedFile("a.docx", data))
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    bad = SimpleUploadedFile("a.docx", package(main=ENTITY))
    text = editor.post(edit, {"title": "新的标题", "file": bad, "upload_note": "改了"}).content.decode()
    assert "外部实体" in text and "新的标题" in text and "改了" in text
    same = editor.post(edit, {"title": "表", "file": SimpleUploadedFile("a.docx", data)})
    assert "第1版" in same.content.decode()
    assert FileVersion.objects.count() == 1
    document.refresh_from_db()
    assert document.title == "表" and document.file.storage.exists(document.file.name)


def test_many_uploads_at_once_are_looked_at_too(section, editor, officer):
    add = reverse("wagtaildocs:add_multiple")
    good = editor.post(add, {"title": "x", "files[]": SimpleUploadedFile("a.pdf", pdf())}, **MANY).json()
    assert good["success"] and FileVersion.objects.get().by_name == officer.name
    bad = editor.post(add, {"files[]": SimpleUploadedFile("a.txt", b"<svg onload=alert(1)>")}, **MANY).json()
    assert not bad["success"] and "SVG" in bad["error_message"]
    assert PortalDocument.objects.count() == 1


def test_pictures_come_without_metadata_whichever_way_they_take(section, editor):
    words = {"title": "窗口", "description": "救助窗口"}
    sent = words | {"file": SimpleUploadedFile("a.jpg", jpeg())}
    assert editor.post(reverse("wagtailimages:add"), sent).status_code == 302
    many = reverse("wagtailimages:add_multiple")
    assert editor.post(many, {"files[]": SimpleUploadedFile("b.jpg", jpeg())}, **MANY).json()["success"]
    # a title that is too long: Wagtail lays the upload aside and asks again
    aside = editor.post(many, {"title": "x" * 300, "files[]": SimpleUploadedFile("c.jpg", jpeg())}, **MANY)
    key = (
        aside.json()["uploaded_image_id"]
        if "uploaded_image_id" in aside.json()
        else aside.json()["uploaded_file_id"]
    )
    then = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[key])
    prefix = f"uploaded-image-{key}-"
    assert editor.post(then, {prefix + name: word for name, word in words.items()}, **MANY).json()["success"]
    pictures = list(PortalImage.objects.all())
    assert len(pictures) == 3
    for picture in pictures:
        with picture.open_file() as file:
            assert b"ACME" not in file.read()
        assert len(picture.sha256) == 64


def test_a_picture_needs_words_and_one_in_use_is_not_exchanged(section, editor):
    sent = {"title": "窗口", "description": "", "file": SimpleUploadedFile("a.jpg", jpeg())}
    assert editor.post(reverse("wagtailimages:add"), sent).status_code == 200
    assert not PortalImage.objects.exists()
    editor.post(
        reverse("wagtailimages:add"),
        sent | {"description": "窗口", "file": SimpleUploadedFile("a.jpg", jpeg())},
    )
    picture = PortalImage.objects.get()
    body = f'<embed embedtype="image" id="{picture.pk}" format="fullwidth" alt="大厅"/>'
    page = NoticePage(
        title="图", slug="f", body=body, issuer="局", signed_on="2026-11-01", locale=section.locale
    )
    add_live(section, page)
    edit = reverse("wagtailimages:edit", args=[picture.pk])
    other = SimpleUploadedFile("b.jpg", jpeg((10, 10)))
    assert editor.post(edit, {"title": "窗口", "description": "窗口", "file": other}).status_code == 200
    assert PortalImage.objects.get().sha256 == picture.sha256
