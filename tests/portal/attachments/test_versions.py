"""A file is replaced by its next version; what was public stays at its address until withdrawn."""

import hashlib
import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client

from portal.attachments.facts import attachment_facts
from portal.attachments.lines import attachment_lines
from portal.attachments.models import PortalDocument
from portal.attachments.offered import offered_by
from portal.attachments.public import make_public, shown_on, standings, withhold
from portal.attachments.shown import files_of
from portal.attachments.version_models import FileVersion, PublicFile, WasPublic
from portal.pages.models import NoticePage, SectionPage
from portal.pages.seed import add_live
from relief.ledger.insert_only import InsertOnlyError
from relief.trail import clock
from tests.factories.pages import seeded
from tests.factories.texts import published_anew

OLD, NEW = b"first words", b"second words"


@pytest.fixture
def section(db, settings, tmp_path) -> SectionPage:
    settings.MEDIA_ROOT = str(tmp_path)
    return SectionPage.objects.child_of(seeded()["zh-hans"]).get(slug="notices")


@pytest.fixture
def document(section) -> PortalDocument:
    return PortalDocument.objects.create(title="申请表", file=ContentFile(OLD, name="申请表.txt"))


def replaced(document: PortalDocument) -> FileVersion:
    document.file = ContentFile(NEW, name="申请表.txt")
    document.save()
    return document.versions.get(number=2)


def notice(section: SectionPage, *documents: PortalDocument) -> NoticePage:
    links = "".join(f'<a linktype="document" id="{one.pk}">下载</a>' for one in documents)
    return NoticePage(title="附件", slug="with-files", body=f"<p>{links}</p>", issuer="明河区民政局",
                      signed_on="2026-11-01", locale=section.locale)  # fmt: skip


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_each_file_becomes_a_version_with_its_digest(document):
    first = document.versions.get()
    assert (first.number, first.token, first.media_type) == (1, document.token, "text/plain")
    assert (first.sha256, first.size) == (hashlib.sha256(OLD).hexdigest(), len(OLD))
    document.title = "新标题"
    document.save()
    assert document.versions.count() == 1
    second = replaced(document)
    assert second.token != first.token and second.filename == first.filename == "申请表.txt"
    with pytest.raises(InsertOnlyError), transaction.atomic():
        FileVersion.objects.filter(pk=first.pk).update(sha256="")


def test_the_old_address_serves_the_old_bytes_and_names_the_new(section, document):
    page = notice(section, document)
    add_live(section, page)
    first = document.versions.get()
    second = replaced(document)
    assert Client().get(second.url).status_code == 404, "not public before a page carries it"
    assert Client().get(document.newest_url).headers["Location"] == first.url
    assert first.url in Client().get(page.url).content.decode()
    published_anew(page)
    old = Client().get(first.url)
    assert body(old) == OLD
    assert old.headers["ETag"] == f'"{hashlib.sha256(OLD).hexdigest()}"'
    assert old.headers["Link"] == f'<{second.url}>; rel="successor-version"'
    assert Client().get(first.url, headers={"if-none-match": old.headers["ETag"]}).status_code == 304
    assert body(Client().get(second.url)) == NEW
    assert Client().get(document.newest_url).headers["Location"] == second.url
    assert second.url in Client().get(page.url).content.decode()


def test_files_of_drafts_are_private(section, document):
    """Plone parity, trap 7: Wagtail serves every upload at once, those of drafts too."""
    draft = notice(section, document)
    draft.live = False
    section.add_child(instance=draft)
    draft.save_revision()
    assert Client().get(document.versions.get().url).status_code == 404
    live = notice(section)
    live.slug = "live"
    add_live(section, live)
    live.body = draft.body
    live.save_revision()  # a draft beside the live text
    assert Client().get(document.versions.get().url).status_code == 404


def test_a_removed_page_takes_its_files_along_but_not_those_of_others(section, document):
    code, other = uuid.uuid4(), uuid.uuid4()
    first = document.versions.get()
    make_public(code, [first], event_id=7, at=clock.now())
    make_public(code, [replaced(document)], event_id=8, at=clock.now())
    make_public(other, [first], event_id=9, at=clock.now())
    withhold(code, event_id=10, at=clock.now())
    second = document.versions.get(number=2)
    assert Client().get(first.url).status_code == 200
    assert Client().get(second.url).status_code == 410
    withhold(other, event_id=11, at=clock.now())
    assert Client().get(first.url).status_code == Client().get(document.newest_url).status_code == 410


def test_publishing_again_writes_only_what_changed(document):
    code, first = uuid.uuid4(), document.versions.get()
    for _ in range(2):
        make_public(code, [first], event_id=1, at=clock.now())
    assert PublicFile.objects.count() == 1
    second = replaced(document)
    make_public(code, [second], event_id=2, at=clock.now())
    assert list(PublicFile.objects.values_list("version__number", "kind", "event_id")) == [
        (1, "shown", 1),
        (1, "ended", 2),
        (2, "shown", 2),
    ]
    assert shown_on(code) == [second]
    standing = standings([first])[first.pk]
    assert standing.is_public and standing.ended and not standing.pages


def test_what_a_page_offers_is_read_from_the_instance_in_hand(section, document):
    other = PortalDocument.objects.create(title="表二", file=ContentFile(b"two", name="2.txt"))
    page = notice(section, document)
    add_live(section, page)
    page.body = (
        f'<p><a linktype="document" id="{other.pk}">x</a><a linktype="document" id="{document.pk}">y</a></p>'
    )
    newest = replaced(document)
    assert offered_by(page) == [other.versions.get(), newest]
    assert [one.number for one in offered_by(NoticePage.objects.get(pk=page.pk))] == [2]


def test_a_page_is_drawn_with_the_versions_it_was_published_with(document):
    mine, yours = uuid.uuid4(), uuid.uuid4()
    first = document.versions.get()
    make_public(mine, [first], event_id=1, at=clock.now())
    second = replaced(document)
    make_public(yours, [second], event_id=2, at=clock.now())
    assert document.url == second.url
    with files_of(mine):
        assert document.url == first.url
    (line,) = attachment_lines([first])
    assert line.replaced and line.newest_url == document.newest_url
    (line,) = attachment_lines([second])
    assert line.replaced is None


def test_facts_for_the_digest_are_the_same_in_any_order():
    versions = [
        FileVersion(filename=name, sha256=digest * 64, size=3, media_type="text/plain")
        for name, digest in (("b.txt", "0"), ("a.txt", "1"), ("a.txt", "0"))
    ]
    facts = attachment_facts(versions)
    assert facts == attachment_facts(reversed(versions))
    assert facts[0] == {"name": "a.txt", "sha256": "0" * 64, "size": 3, "type": "text/plain"}


def test_what_was_public_is_not_deleted_not_even_in_bulk(
    section, document, django_capture_on_commit_callbacks
):
    unseen = PortalDocument.objects.create(title="草稿", file=ContentFile(b"draft", name="draft.txt"))
    add_live(section, notice(section, document))
    with pytest.raises(WasPublic), transaction.atomic():
        PortalDocument.objects.filter(pk__in=[document.pk, unseen.pk]).delete()
    assert PortalDocument.objects.count() == 2
    names = [document.file.name, unseen.file.name, replaced(unseen).file.name]
    with django_capture_on_commit_callbacks(execute=True):
        unseen.delete()
    assert [default_storage.exists(name) for name in names] == [True, False, False]
    assert FileVersion.objects.filter(document_id__gt=document.pk).count() == 2, "that it was there stays"


def test_a_long_chinese_name_is_cut_before_its_ending(section):
    document = PortalDocument.objects.create(title="长", file=ContentFile(b"x", name=f"{'关' * 120}.txt"))
    assert document.filename.endswith("关.txt") and len(document.filename.encode()) <= 150


def test_documents_from_before_get_their_first_version(section):
    """The migration, on rows as the first release left them: same address, public where a live page links."""
    documents = []
    for name in ("live.txt", "draft.txt", "lost.txt"):
        old = PortalDocument(title=name, file=ContentFile(OLD, name=name))
        super(PortalDocument, old).save()
        documents.append(old)
    live, draft, lost = documents
    default_storage.delete(lost.file.name)
    add_live(section, notice(section, live, lost))
    assert not FileVersion.objects.exists() and Client().get(live.url).status_code == 404
    import_module("portal.migrations.0006_first_versions").make_versions(apps, None)
    assert [one.token for one in FileVersion.objects.order_by("pk")] == [live.token, draft.token]
    assert body(Client().get(f"/files/{live.token}/live.txt")) == OLD
    assert Client().get(f"/files/{draft.token}/draft.txt").status_code == 404


def test_a_page_names_its_files_and_says_which_are_replaced(section, document):
    page = notice(section, document)
    add_live(section, page)
    text = Client().get(page.url).content.decode()
    assert "申请表</a> (TXT, 11" in text and "已于" not in text
    make_public(uuid.uuid4(), [replaced(document)], event_id=1, at=clock.now())
    text = Client().get(page.url).content.decode()
    assert "已于" in text and document.newest_url in text
