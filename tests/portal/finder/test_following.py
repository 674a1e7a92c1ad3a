"""The finder follows what is published: found after it, marked or gone when it is withdrawn, never a name."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.finder.pages import record_of_page
from portal.pages.models import NoticePage
from portal.pages.policy import PolicyChange, PolicyPage
from portal.pages.sections import PolicySection
from portal.publishing.withdraw import withdraw
from relief.households.models import Person
from relief.households.queries import open_names
from relief.ledger import journal
from relief.officers.models import Role
from relief.publicity.models import PublicList, PublicRow
from relief.schedule.run import run_due
from relief.trail import clock
from search import engine, follow
from search.find import find
from search.query import Query
from search.schedule import COMPARE, FOLLOW
from tests.factories import cases
from tests.factories.texts import make_newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    made = make_newsroom()
    follow.rebuild(engine.embedded())
    return made


def keys(words, **more):
    """What is found, once the journal is read to its end."""
    follow.bring_up(engine.embedded())
    assert follow.check(engine.embedded()) == []
    return [hit.record.key for hit in find(Query(words, **more)).hits]


def policy(room, slug, number, **words):
    page = PolicyPage(
        title="明河区社会救助规程",
        slug=slug,
        issuer="明河区民政局",
        topic="general",
        document_number=number,
        signed_on=date(2026, 1, 5),
        in_force_from=date(2026, 1, 10),
        owner=room.writer.account,
        locale=room.homes["zh-hans"].locale,
        body=[("paragraph", "<p>救助家庭按季度申报收入。</p>")],
        live=False,
        **words,
    )
    PolicySection.objects.child_of(room.homes["zh-hans"]).get(slug="policies").add_child(instance=page)
    page.save_revision(user=room.writer.account)
    return page


def test_a_published_notice_is_found_and_a_draft_is_not(room):
    page = room.draft()
    assert keys("取暖补助") == []
    room.published(page)
    assert keys("取暖补助") == [f"page:{page.pk}:zh-hans"]
    (hit,) = find(Query("取暖补助按户发放")).hits
    assert (hit.record.kind, hit.record.issuer) == ("notice", "明河区民政局")
    assert hit.record.url == "/notices/heating/"
    assert "".join(piece.text for piece in hit.passage if piece.hit) == "取暖补助按户发放"


def test_a_change_is_found_by_its_new_words(room):
    page = room.published()
    room.published(room.edited(page, body="<p>改为发放煤票。</p>"))
    assert keys("煤票") == [f"page:{page.pk}:zh-hans"]
    assert keys("按户") == []


def test_removed_is_gone_and_superseded_is_marked(room):
    gone, old = room.published(room.draft("gone")), room.published(room.draft("old"))
    assert len(keys("取暖补助")) == 2
    for page, way in ((gone, "removed"), (old, "superseded")):
        record = room.record(page)
        reasons = {"reason_zh": "已有新规定。", "reason_en": "There is a new one."}
        withdraw(record, by=room.publisher, way=way, version=record.version, **reasons)
    assert keys("取暖补助") == [f"page:{old.pk}:zh-hans"]
    assert find(Query("取暖补助")).hits[0].record.marks == ("superseded",)


def test_a_repealed_policy_is_marked_when_the_other_is_published(room):
    old, new = policy(room, "old", "明民发〔2025〕3号"), policy(room, "new", "明民发〔2026〕4号")
    room.published(old)
    assert keys("明民发〔2025〕3号") == [f"page:{old.pk}:zh-hans"]
    draft = room.edited(old)
    draft.changed_by.add(PolicyChange(kind="repeals", by=new))
    draft.save_revision(user=room.writer.account)
    room.published(draft)
    assert find(Query("明民发〔2025〕3号")).hits[0].record.validity == "in-force"
    room.published(new)
    assert set(keys("救助规程")) == {f"page:{old.pk}:zh-hans", f"page:{new.pk}:zh-hans"}
    first = find(Query("明民发 2025年3号")).hits[0].record
    assert (first.validity, first.marks) == ("repealed", ("repealed",))


def test_days_alone_change_a_validity_and_the_daily_comparison_sees_it(room, settings):
    page = policy(room, "short", "", ends_on=clock.today() + timedelta(days=1))
    room.published(page)
    keys("规程")
    with clock.moved_to(clock.now() + timedelta(days=3)):
        settings.SEARCH_FOLLOWS = True
        (wrong,) = follow.check(engine.embedded())
        assert (wrong.what, wrong.key) == ("changed", f"page:{page.pk}:zh-hans")
        assert {one.failed for one in run_due([FOLLOW, COMPARE])} == {False}
        assert follow.check(engine.embedded()) == []
        assert list(run_due([FOLLOW, COMPARE])) == []


def test_reading_again_changes_nothing_and_lost_time_is_caught_up(room):
    before = engine.embedded().cursor()
    page = room.published()
    assert follow.catch_up(engine.embedded()) == journal.head() - before
    assert follow.catch_up(engine.embedded()) == 0
    engine.embedded().apply([], before)
    assert keys("取暖补助") == [f"page:{page.pk}:zh-hans"]


def test_an_index_ahead_of_its_journal_is_made_anew(room):
    """As after a backup was brought back."""
    page = room.published()
    engine.embedded().apply([], journal.head() + 5)
    assert keys("取暖补助") == [f"page:{page.pk}:zh-hans"]


def test_differences_are_named_and_mended(room):
    page = room.published()
    for index in engine.kept():
        follow.bring_up(index)
    key = f"page:{page.pk}:zh-hans"
    engine.embedded().apply([follow.Change(key), *others()], journal.head())
    with pytest.raises(CommandError):
        call_command("check_search")
    assert {(one.what, one.key) for one in follow.check(engine.embedded())} == {
        ("missing", key),
        ("extra", "page:0:en"),
    }
    call_command("check_search", mend=True)
    assert follow.check(engine.embedded()) == []


def others():
    """A record that nobody handed over."""
    (record,) = list(follow.everything())[:1]
    stray = replace(record, key="page:0:en")
    return [follow.Change(stray.key, stray)]


def test_lists_are_found_by_number_street_and_kind_without_a_name(settings, tmp_path, room):
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        case = cases.cleared(room.district, "10101")
    with clock.moved_to(clock.at(date(2026, 3, 11))):
        cases.approve(case, by=room.district.officer(Role.DISTRICT_APPROVER), version=case.version)
        cases.announced(room.district, "101")
        lists = list(PublicList.objects.exclude(number=None))
        assert {one.kind for one in lists} == {"gs", "gg"}
        for one in lists:
            expected = [f"list:{one.number}:{language}" for language in ("zh-hans", "en")]
            assert sorted(keys(str(one.number))) == sorted(expected)
        (street,) = {one.record.street for one in find(Query(lists[0].number, languages=("zh-hans",))).hits}
        assert len(keys(street, languages=("zh-hans",))) == len(lists)
        call_command("rebuild_search")
        shown = " ".join(str(record.as_dict()) for record in follow.everything())
        people = list(Person.objects.all())
        names = open_names(people, by=room.district.officer(Role.AUDITOR), purpose="test").values()
        assert all(names)
        assert len(names) > 0
        assert [name for name in names if name in shown] == []
        rows = [row.row for row in PublicRow.objects.all()]
        assert rows and [row for row in rows if row["name"] in shown or row["code"] in shown] == []


def test_another_page_costs_one_more_query_to_read(room):
    first = room.published(room.draft("first"))
    with CaptureQueriesContext(connection) as one:
        list(follow.registered()[0].read([f"page:{first.pk}:zh-hans"]))
    more = [room.published(room.draft(f"more-{n}")) for n in range(3)]
    assert NoticePage.objects.live().count() >= 4
    with CaptureQueriesContext(connection) as many:
        list(follow.registered()[0].read([f"page:{page.pk}:zh-hans" for page in [first, *more]]))
    assert len(many) - len(one) <= 3


def test_what_only_the_page_needs_is_no_part_of_its_text(room):
    page = room.published(policy(room, "parts", "明民发〔2026〕70号"))
    link = f'<p>详见<a linktype="page" id="{page.pk}">原文</a>。</p>'
    table = {"columns": [], "data": [["项目", "金额"]], "table_header_choice": "row"}
    page.body = [
        ("heading", {"level": "h2", "text": "总则", "anchor": "section-9"}),
        ("paragraph", link),
        ("table", table),
    ]
    read = record_of_page(page, room.record(page), None).body.split()
    assert {"总则", "项目", "金额"} <= set(read) and "原文" in "".join(read)
    assert not {"section-9", "h2", "page", "row"} & set(read)
