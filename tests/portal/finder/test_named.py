"""What a page says of others and of its files: what readers are shown of them is found, and nothing else."""

import pytest
from django.core.files.base import ContentFile

from portal.attachments.models import PortalDocument
from portal.finder.pages import PageSource
from relief.ledger.models import Publication
from tests.portal.finder import test_files
from tests.portal.finder.given import docx
from tests.portal.finder.test_following import keys, policy

pytestmark = pytest.mark.django_db
room = test_files.room  # files are read in this process


def paper(**more):
    file = ContentFile(docx("按户发放"), name="nuanqi.docx")
    return PortalDocument.objects.create(title="取暖申请表", file=file, **more)


def carrying(room, document, named=None):
    """A policy that lists a file, and a page that says the same, by their titles."""
    page = policy(room, "carrying", "")
    page.title = "附件目录"
    page.body.append(("attachments", {"items": [{"title": "", "page": named, "document": document}]}))
    page.save_revision(user=room.writer.account)
    return room.published(page)


def touched():
    """Keys of the pages that the newest act may have changed."""
    return list(PageSource().touched(Publication.objects.latest("seq")))


def test_a_page_says_how_others_are_called_now_and_never_how_drafts_are(room):
    named = policy(room, "named", "明民发〔2026〕5号")
    page = carrying(room, paper(), named)
    both = {f"page:{page.pk}:zh-hans", f"page:{named.pk}:zh-hans"}
    assert keys("规程") == []
    named = room.published(named)
    assert set(keys("规程")) == both
    room.published(room.edited(named, title="明河区取暖条例"))
    assert set(touched()) == both == set(keys("条例"))
    room.published(room.edited(named, body=[("paragraph", "<p>另行通知。</p>")]))
    assert touched() == [f"page:{named.pk}:zh-hans"], "it is called as before"
    test_files.left(room, named, "removed")
    assert keys("条例") == []
    assert keys("附件目录") == [f"page:{page.pk}:zh-hans"]


def test_a_part_of_a_number_finds_what_bears_it(room):
    page = room.published(policy(room, "numbered", "明民发〔2026〕5号"))
    for words in ("明民发", "明民发〔2026〕", "明民发 2026"):
        assert keys(words) == [f"page:{page.pk}:zh-hans"], words


def test_of_a_file_its_title_alone_stands_in_the_text_of_a_page(room):
    document = paper()
    document.tags.add("内部分类")
    page = carrying(room, document)
    both = {f"page:{page.pk}:zh-hans", f"file:{document.versions.get().pk}:zh-hans"}
    assert set(keys("取暖申请表")) == both
    for words in ("nuanqi", "内部分类", document.get_file_hash()):
        assert keys(words) == [], words
