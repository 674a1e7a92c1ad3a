"""Synonyms in the CMS: added, changed and ended with a reason; they hold with the next search."""

from datetime import date

import pytest

from relief.officers.appoint import appoint_to_section
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from search.embedded import EmbeddedIndex
from search.find import find
from search.models import SynonymGroup
from search.query import Query
from search.record import Record
from search.synonym_verbs import change_synonyms, end_synonyms, make_synonyms
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

LIST = "/cms/publishing/synonyms/"
ADD = f"{LIST}add/"


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


@pytest.fixture
def index(tmp_path, settings):
    """Two notices, each by one of two names of a shop."""
    settings.SEARCH_DIR = tmp_path / "search"
    titles = ("慈善超市开放时间", "爱心超市搬迁通知")
    records = [
        Record(f"page:{n}:zh-hans", "notice", "zh-hans", title, f"/n{n}/", date(2026, 3, n))
        for n, title in enumerate(titles, 1)
    ]
    EmbeddedIndex(settings.SEARCH_DIR).rebuild(records, cursor=1)
    return records


def titles_found(words: str) -> set[str]:
    return {hit.record.title for hit in find(Query(words)).hits}


def group_of(room: Newsroom, *words: str) -> SynonymGroup:
    return make_synonyms(words or ("慈善超市", "爱心超市"), by=room.publisher, why="居民两种说法都用。")


def test_words_are_tried_then_added_and_hold_with_the_next_search(room, index):
    editor = signed_in(room.writer)
    typed = {"words": "慈善超市、爱心超市", "why": "居民两种说法都用。"}
    tried = editor.post(ADD, typed | {"act": "try"})
    assert tried.status_code == 200 and not SynonymGroup.objects.exists()
    assert tried.context["tried"].alone == (("慈善超市", 1, False), ("爱心超市", 1, False))
    apart = editor.post(ADD, {"words": "慈善通知\n慈善屋", "act": "try"}).context["tried"]
    assert apart.total == 0 and apart.alone[0] == ("慈善通知", 2, True)
    assert {hit.record for hit in tried.context["tried"].hits} == set(index)
    assert "居民两种说法都用。" in tried.content.decode()
    assert len(titles_found("爱心超市")) == 1
    added = editor.post(ADD, typed)
    group = SynonymGroup.objects.get()
    assert added["Location"] == f"{LIST}{group.pk}/" and group.listed == ["慈善超市", "爱心超市"]
    assert len(titles_found("爱心超市")) == 2


def test_a_group_is_changed_and_ended_on_its_page_and_says_who_when_and_why(room, index):
    group, editor = group_of(room), signed_in(room.writer)
    address = f"{LIST}{group.pk}/"
    changed = {"words": "慈善超市\r\n爱心超市\r\n慈善商店", "why": "补一个。", "version": 1}
    assert editor.post(address, changed).status_code == 302
    shown = editor.get(address)
    newest = shown.context["steps"][0]
    assert newest["record"].actor_name == room.writer.name and newest["record"].why == "补一个。"
    assert [(one["before"], one["after"]) for one in newest["changes"]] == [
        ("慈善超市、爱心超市", "慈善超市、爱心超市、慈善商店")
    ]
    ended = {"act": "end", "version": 2}
    assert editor.post(address, ended | {"why": " "}).status_code == 422
    assert editor.post(address, ended | {"why": "不再使用。"}).status_code == 302
    assert len(titles_found("爱心超市")) == 1
    last = editor.get(address)
    assert "不再使用。" in last.content.decode() and last.context["tried"] is None
    assert f'href="{address}"' not in editor.get(LIST).content.decode()
    assert f'href="{address}"' in editor.get(f"{LIST}?ended=1").content.decode()


def test_a_stale_form_is_told_and_keeps_what_was_typed(room):
    group, editor = group_of(room), signed_in(room.writer)
    address = f"{LIST}{group.pk}/"
    form = {"words": "慈善超市\n爱心小店", "why": "我的改法。", "version": 1}
    change_synonyms(group, by=room.publisher, version=1, words=["慈善超市", "便民超市"], why="先一步。")
    stale = editor.post(address, form)
    words = stale.content.decode()
    assert stale.status_code == 409 and "爱心小店" in words and "便民超市" in words
    assert 'name="version" value="2"' in words
    assert editor.post(address, form | {"version": 2}).status_code == 302
    now = SynonymGroup.objects.get()
    end_synonyms(now, by=room.publisher, version=now.version, why="不用了。")
    late = editor.post(address, form | {"words": "慈善超市\n慈善屋", "version": 3})
    assert late.status_code == 422 and "慈善屋" in late.content.decode()
    again = late.context["form"].data["words"]
    assert "慈善屋" in editor.get(ADD, {"words": again}).content.decode()


@pytest.mark.parametrize(
    ("words", "why", "field"),
    [
        ("慈善超市", "试试。", "words"),
        ("慈善超市\n慈善超市", "试试。", "words"),
        ("慈善超市\n老", "试试。", "words"),
        ("……！！\n慈善超市", "试试。", "words"),
        ("字" * 41 + "\n慈善超市", "试试。", "words"),
        ("词" * 10_000, "试试。", "words"),
        ("\n".join(f"词语{n}" for n in range(10_000)), "试试。", "words"),
        ("慈善超市\n愛心屋", "试试。", "words"),
        ("慈善超市\n爱心超市", " ", "why"),
        ("慈善超市\n爱心超市", "因" * 201, "why"),
        ("慈善超市\n二\x00号店", "试试。", "words"),
    ],
    ids=range(11),
)
def test_what_is_no_group_is_told_beside_its_field_and_stays_typed(room, words, why, field):
    group_of(room, "爱心屋", "爱心小屋")
    answer = signed_in(room.writer).post(ADD, {"words": words, "why": why})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["words"].value() == words
    assert SynonymGroup.objects.count() == 1


def test_words_in_another_group_are_named_and_nothing_changed_is_said(room):
    group_of(room)
    other = group_of(room, "救助站", "救助管理站")
    editor, address = signed_in(room.writer), f"{LIST}{other.pk}/"
    form = {"why": "合并。", "version": 1}
    doubled = editor.post(address, form | {"words": "救助站\n愛心超市"})
    assert doubled.status_code == 422 and "“愛心超市”" in str(doubled.context["form"].errors["words"])
    assert editor.post(address, form | {"words": "救助站\n救助管理站"}).status_code == 422
    assert SynonymGroup.objects.get(pk=other.pk).version == 1


def test_who_edits_one_section_reads_and_changes_nothing(room):
    group, key = group_of(room), room.section.translation_key
    helper = room.district.officer(Role.AUDITOR)
    appoint_to_section(helper, role=Role.SECTION_EDITOR, section=key, from_date=clock.today(), by=SETUP)
    reader, address = signed_in(helper), f"{LIST}{group.pk}/"
    page = reader.get(address).content.decode()
    assert "爱心超市" in page and 'name="words"' not in page and 'value="end"' not in page
    assert reader.get(ADD).status_code == 403
    for form in ({"words": "甲词\n乙词"}, {"act": "end"}):
        assert reader.post(address, form | {"why": "试试。", "version": 1}).status_code == 403
    assert reader.post(ADD, {"words": "甲词语\n乙词语", "why": "试试。"})["Location"] == "/cms/"
    assert SynonymGroup.objects.get().version == 1


def test_the_list_is_filtered_by_a_word_in_any_form_of_writing(room):
    editor = signed_in(room.publisher)
    assert "还没有同义词" in editor.get(LIST).content.decode()
    group_of(room)
    group_of(room, "救助站", "rescue station")
    for asked, found in (("愛心", "慈善超市"), ("RESCUE", "救助站")):
        lines = editor.get(LIST, {"q": asked}).context["lines"]
        assert [line["group"].listed[0] for line in lines] == [found]
    line = editor.get(LIST).context["lines"][0]
    assert line["who"] == room.publisher.name and line["since"] == line["changed"]
    assert editor.get(LIST, {"q": "没有"}).context["lines"] == []


def test_the_list_takes_the_same_queries_whatever_it_holds(room, django_assert_max_num_queries):
    editor = signed_in(room.publisher)
    group_of(room)
    with django_assert_max_num_queries(40) as found:
        editor.get(LIST)
    _many_more(room)
    with django_assert_max_num_queries(len(found)):
        answer = editor.get(LIST)
    assert answer.context["shown"].paginator.count == 33 and len(answer.context["lines"]) == 30
    assert "ended=" not in answer.content.decode().partition('class="pagination"')[2]
    assert len(editor.get(f"{LIST}?p=2").context["lines"]) == 3


def _many_more(room: Newsroom) -> None:
    for number in range(32):
        group_of(room, f"说法{number}号", f"叫法{number}号")
