"""Words of files are found once these are read, with the page that carries them, and gone when it goes."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Collection, CollectionViewRestriction

from portal.attachments.models import PortalDocument
from portal.catalogue.health import site_health
from portal.catalogue.words import in_words
from portal.finder import texts
from portal.finder.files import FileSource
from portal.finder.models import AttachmentText
from portal.gate import check
from portal.gate.check import release
from portal.gate.models import GateVerdict
from portal.gate.reader import ask, kinds
from portal.publishing.steps import RELEASERS
from portal.publishing.withdraw import withdraw
from relief.schedule.run import run_due
from search import engine, follow, late
from search.find import find
from search.query import Query
from search.schedule import COMPLETE
from tests.factories.texts import make_newsroom
from tests.portal.attachments.test_versions import notice
from tests.portal.finder.given import docx, pdf, xlsx
from tests.portal.gate.planted import encrypted_pdf

pytestmark = pytest.mark.django_db
SOURCE = FileSource()


def read_here(stored):
    return list(kinds.read(stored.open().read(), stored.name))


@pytest.fixture
def room(settings, tmp_path, monkeypatch):
    """Files are read in this process, which is a second faster each; the first test has them read apart."""
    for module in (check, texts):
        monkeypatch.setattr(module, "read_file", read_here)
    settings.SEARCH_DIR = tmp_path / "search"
    settings.MEDIA_ROOT = str(tmp_path / "media")
    made = make_newsroom()
    follow.rebuild(engine.embedded())
    return made


def uploaded(data: bytes, name: str, title: str = "申请表") -> PortalDocument:
    return PortalDocument.objects.create(title=title, file=ContentFile(data, name=name))


def draft_with(room, slug, *documents):
    page = notice(room.section, *documents)
    return room.draft(slug, body=page.body)


def published_with(room, *documents, slug="with-files"):
    return room.published(draft_with(room, slug, *documents))


def left(room, page, way) -> None:
    record = room.record(page)
    reasons = {"reason_zh": "已有新规定。", "reason_en": "There is a new one."}
    withdraw(record, by=room.publisher, way=way, version=record.version, **reasons)


def read_all() -> int | None:
    """Follow the journal, then read what waits, as the follower does."""
    follow.bring_up(engine.embedded())
    return late.complete(SOURCE)


def found(words):
    """The titles of what is found, which is exactly what is public."""
    assert follow.check(engine.embedded()) == []
    return [hit.record.title for hit in find(Query(words)).hits]


KINDS = {
    "word": (docx("柴油暖风机租赁"), "表.docx"),
    "sheet": (xlsx("柴油暖风机租赁"), "表.xlsx"),
    "pdf": (pdf("申请柴油暖风机租赁的家庭应当提前三天告知"), "表.pdf"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_found_by_words_that_only_it_has(room, kind, monkeypatch):
    monkeypatch.setattr(texts, "read_file", ask.read_file)
    page = published_with(room, uploaded(*KINDS[kind]))
    follow.bring_up(engine.embedded())
    assert found("申请表") == ["申请表"], "by its title at once"
    assert found("柴油暖风机租赁") == []
    assert late.complete(SOURCE) == 1
    assert found("柴油暖风机租赁") == ["申请表"]
    record = find(Query("柴油暖风机租赁")).hits[0].record
    assert (record.kind, record.within, record.within_url) == ("attachment", page.title, page.url)
    assert record.url.startswith("/files/") and record.about.startswith(kind_of(KINDS[kind][1]))
    assert (record.issuer, record.year, record.language) == ("明河区民政局", "2026", "zh-hans")
    assert late.complete(SOURCE) == 0, "nothing is read twice"


def kind_of(name: str) -> str:
    return name.rpartition(".")[2].upper()


def test_nobody_who_wrote_a_file_and_nothing_hidden_in_it_is_found(room):
    published_with(room, uploaded(docx("柴油"), "表.docx"), uploaded(xlsx("煤油"), "表.xlsx", "明细"))
    assert read_all() == 2
    assert found("柴油") == ["申请表"] and found("煤油") == ["明细"]
    assert found("欧阳修") == found("底稿不公开") == []


def test_a_replaced_file_is_found_by_its_new_words_only(room):
    document = uploaded(docx("柴油暖风机"), "表.docx")
    page = published_with(room, document)
    read_all()
    assert found("柴油暖风机") == ["申请表"]
    document.file = ContentFile(docx("电热毯"), name="表.docx")
    document.save()
    assert read_all() == 0, "no page shows it yet"
    room.published(room.edited(page))
    assert read_all() == 1
    assert (found("柴油暖风机"), found("电热毯")) == ([], ["申请表"])
    assert AttachmentText.objects.count() == 1, "the words of what nobody is shown any more are forgotten"


def test_a_removed_page_takes_the_words_of_its_files_along_at_once(room):
    page = published_with(room, uploaded(docx("柴油暖风机"), "表.docx"))
    read_all()
    left(room, page, "removed")
    follow.bring_up(engine.embedded())
    assert found("柴油暖风机") == found("申请表") == []
    assert [one.failed for one in run_due([COMPLETE])] == [], "only where search follows"


def test_the_schedule_forgets_and_reads(room, settings):
    settings.SEARCH_FOLLOWS = True
    page = published_with(room, uploaded(docx("柴油暖风机"), "表.docx"))
    follow.bring_up(engine.embedded())
    assert [one.failed for one in run_due([COMPLETE])] == [False]
    assert found("柴油暖风机") == ["申请表"]
    left(room, page, "removed")
    assert [one.failed for one in run_due([COMPLETE])] == [False]
    assert not AttachmentText.objects.exists()
    assert list(run_due([COMPLETE])) == []


def test_a_file_of_a_superseded_page_is_found_and_marked(room):
    page = published_with(room, uploaded(docx("柴油暖风机"), "表.docx"))
    read_all()
    left(room, page, "superseded")
    read_all()
    assert found("柴油暖风机") == ["申请表"]
    assert find(Query("柴油暖风机")).hits[0].record.marks == ("superseded",)


def test_a_file_on_two_pages_is_read_and_found_once_with_the_page_that_leads(room):
    document = uploaded(docx("柴油暖风机"), "表.docx")
    first = published_with(room, document)
    second = published_with(room, document, slug="again")
    assert read_all() == 1
    assert found("柴油暖风机") == ["申请表"]
    assert find(Query("柴油暖风机")).hits[0].record.within_url == first.url
    left(room, first, "superseded")
    assert read_all() == 0
    record = find(Query("柴油暖风机")).hits[0].record
    assert (record.within_url, record.marks) == (second.url, ()), "a text that holds leads"
    left(room, second, "removed")
    read_all()
    record = find(Query("柴油暖风机")).hits[0].record
    assert (record.within_url, record.marks) == (first.url, ("superseded",))
    left(room, first, "removed")
    assert read_all() == 0
    assert found("柴油暖风机") == [] and not AttachmentText.objects.exists()


def released_in_spite(room, page):
    """Published though the gate found something: a second person let it out."""
    submission = room.handed_in(page)
    verdict = GateVerdict.objects.get(revision_id=submission.revision_id)
    assert not verdict.passed
    reason = "原件加密保存，已逐页人工核对，无个人信息。"
    release(submission.record, verdict=verdict, by=room.publisher, reason=reason, roles=RELEASERS)
    room.released(submission)


def test_what_can_t_be_read_is_named_to_editors_and_not_tried_again(room, monkeypatch):
    document = uploaded(encrypted_pdf(), "加密.pdf")
    released_in_spite(room, draft_with(room, "locked", document))
    assert read_all() == 1
    assert found("申请表") == ["申请表"], "by its title all the same"
    assert read_all() == 0
    with translation.override("zh-hans"):
        (told,) = [in_words(one) for one in site_health() if one.code == "unread-file"]
    assert "关于冬季取暖补助的通知" in told and "加密.pdf" in told and "密码" in told
    lines = document.version_lines()
    assert "密码" in render_to_string("wagtaildocs/documents/versions.html", {"lines": lines})
    monkeypatch.setattr(texts, "reader_version", lambda: "another")
    assert read_all() == 1, "another reader may read it"


def test_a_reading_that_breaks_off_is_tried_three_times(room, monkeypatch):
    class Killed(BaseException):
        """The process is gone."""

    def killed(_stored):
        raise Killed

    published_with(room, uploaded(docx("柴油暖风机"), "表.docx"))
    follow.bring_up(engine.embedded())
    monkeypatch.setattr(texts, "read_file", killed)
    for _reading in range(texts.TRIES):
        with pytest.raises(Killed):
            late.complete(SOURCE)
    assert late.complete(SOURCE) == 0
    (kept,) = AttachmentText.objects.all()
    assert (kept.unread, kept.text, kept.read_at) == ("broken", "", None)


def test_a_file_whose_bytes_are_gone_is_named(room):
    document = uploaded(docx("柴油暖风机"), "表.docx")
    published_with(room, document)
    version = document.versions.get()
    version.file.storage.delete(version.file.name)
    assert read_all() == 1
    assert AttachmentText.objects.get().unread == "missing"
    assert [one.code for one in site_health()].count("unread-file") == 1


def test_a_rebuild_reads_the_files_first(room, capsys):
    published_with(room, uploaded(docx("柴油暖风机"), "表.docx"))
    call_command("rebuild_search")
    assert found("柴油暖风机") == ["申请表"]
    assert "1" in capsys.readouterr().out.splitlines()[0]


def test_the_results_name_the_page_and_proposals_leave_files_out(room, client: Client):
    page = published_with(room, uploaded(docx("柴油暖风机"), "表.docx"))
    read_all()
    answer = client.get("/search/", {"q": "柴油暖风机", "kind": "attachment"}).content.decode()
    assert f'<a class="govuk-link" href="{page.url}">{page.title}</a>' in answer and "DOCX" in answer
    assert client.get("/search/suggest.json", {"q": "申请表"}).json()["items"] == []
    assert client.get("/search/suggest.json", {"q": "取暖补助"}).json()["items"][0]["url"] == page.url


def test_more_files_cost_no_more_queries(room):
    published_with(room, uploaded(docx("柴油"), "一.docx", "一"))
    read_all()
    one = asked(1)
    published_with(room, *(uploaded(docx(f"煤油{n}"), f"{n}.docx", f"表{n}") for n in range(4)), slug="many")
    read_all()
    assert asked(5) - one <= 1, "the facts of one more page"
    with CaptureQueriesContext(connection) as queries:
        assert not SOURCE.waiting()
    assert len(queries) == 2


def asked(count: int) -> int:
    """How many queries it costs to read all of them."""
    keys = list(SOURCE.keys())
    with CaptureQueriesContext(connection) as queries:
        assert len(list(SOURCE.read(keys))) == count
    return len(queries)


def test_a_file_of_a_closed_collection_is_not_found(room):
    closed = Collection.get_first_root_node().add_child(name="内部")
    document = uploaded(docx("柴油暖风机租赁"), "表.docx")
    published_with(room, document)
    read_all()
    assert found("柴油暖风机租赁") == ["申请表"]
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    document.collection = closed
    document.save()
    follow.mend(engine.embedded())
    assert found("柴油暖风机租赁") == found("申请表") == []
