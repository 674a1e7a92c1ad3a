"""Which words of a search are counted: what could tell of a person leaves no trace in any table."""

from __future__ import annotations

import json
import logging

import pytest
from django.apps import apps
from django.core import serializers

from portal.finder import asked
from portal.finder.asked_models import AskedWords
from portal.finder.asked_words import as_typed, countable
from search.find import find
from search.query import Query
from tests.portal.finder.readers import BROWSER, by_three, click, indexed_corpus, search
from tests.search.judged import all_judged

pytestmark = pytest.mark.django_db
indexed = indexed_corpus
NAMES = [
    "张建国", "王秀英", "李娜", "欧阳娜娜", "孙丽华家低保", "我叫王小明", "举报刘伟", "帮王丽申请低保",
    "老王建国", "王建军和平街道", "赵四", "張建國", "司马相如", "杨国强", "郭德纲怎么办", "宋晓明的低保",
    "低保户周杰伦",
]  # fmt: skip
NUMBERS = [
    "11010519491231002X", "110105 19491231 002X", "13800138000", "138 0013 8000", "一三八零零一三八零零零",
    "0411-84123456", "6222021234567890128", "明河里小区3号楼2单元501", "民政路3号", "a@b.example",
    "1949年12月31日", "N7GN-WQWH", "eyJwIjoxMn0abcdefgh1234567", "2026-101-00012",
]  # fmt: skip
PRIVATE = [*NAMES, *NUMBERS]


@pytest.mark.parametrize("words", PRIVATE)
def test_what_could_tell_of_a_person_is_not_countable(words):
    assert not countable(as_typed(words))


@pytest.mark.parametrize(
    "words",
    ["低保标准", "最低生活保障", "高龄津贴", "办事时间", "方便", "马上就办", "残疾证", "dibao",
     "how to apply", "2025年低保", "850元", "金额", "成绩", "临时救助金申请", "特困供养", "医保 报销"],
)  # fmt: skip
def test_what_people_ask_an_office_is_countable(words):
    assert countable(as_typed(words))


def test_nearly_everything_that_the_known_queries_ask_for_can_be_counted(indexed):
    lost = []
    for one in all_judged():
        hits = find(Query(one.words)).hits
        known = [text for hit in hits for text in (hit.record.title, hit.record.street, *hit.record.exact)]
        if not countable(as_typed(one.words), known):
            lost.append((one.sort, one.words))
    # a day may be somebody's day of birth, and what was misspelt stands in no title
    assert {sort for sort, _words in lost} <= {"date", "heard"}, lost
    assert len([sort for sort, _words in lost if sort == "heard"]) <= 2


def everything_kept() -> str:
    """Every row of the portal's tables, and of the finder's."""
    models = [model for label in ("portal", "search") for model in apps.get_app_config(label).get_models()]
    tables = [model._default_manager.all() for model in models if model._meta.managed]
    rows = [row for table in tables for row in serializers.serialize("python", table)]
    return json.dumps([one["fields"] for one in rows], ensure_ascii=False, default=str)


def test_names_and_numbers_that_many_search_for_leave_no_trace(indexed, caplog):
    caplog.set_level(logging.DEBUG)
    for words in PRIVATE:
        for who in range(asked.VISITORS + 1):
            search(words, who)
        click(words, 1)
    assert not AskedWords.objects.exists()
    by_three("低保")
    kept = everything_kept() + caplog.text
    assert "低保" in kept and "192.0.2" not in kept and BROWSER not in kept
    assert [words for words in PRIVATE if words in kept] == []
