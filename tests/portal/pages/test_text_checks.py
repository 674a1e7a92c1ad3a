"""Remarks on a text while it is edited: table by rule, then on a page, in the editor and in the review."""

import pytest
from django.urls import reverse
from django.utils import translation

from portal.pages.text_checks import in_headings, in_links, in_piece, remarks_on, without_words
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

LONG = "申请人应当如实申报共同生活家庭成员的收入和财产状况" * 3


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("申请人应当如实申报。", []),
        (f"{LONG}。", ["long-sentence"]),
        (f"短句。{LONG}。又一短句。", ["long-sentence"]),
        ("，".join(["每户每月领取"] * 12) + "。", ["long-sentence"]),
        ("；".join(["每户每月领取"] * 12) + "。", []),  # clauses of a list end with ；
        ("字" * 60 + "。", []),
        ("字" * 61 + "。", ["long-sentence"]),
        ("A" * 80, []),
        ("Please bring: your card, a photo.", []),
        ("请携带:身份证", ["half-width"]),
        ("身份证,照片,申请表", ["half-width"]),
        ("地址(一楼)", ["half-width"]),
        ("已受理.", ["half-width"]),
        ('所谓"低保"', ["half-width"]),
        ("上午8:30至11:30，电话0400-000-0000。", []),
        ("网址：www.example.gov.cn，版本2.1", []),
        ("于2026-11-02发布", ["date"]),
        ("于2026/11/2发布", ["date"]),
        ("于2026.11.02发布", ["date"]),
        ("于26年11月发布", ["date"]),
        ("于2026年03月发布", ["date"]),
        ("于3月05日发布", ["date"]),
        ("二〇二六年十一月二日", ["date"]),
        ("于2026年11月2日发布", []),
        ("明民发〔2026〕12号，索引号MH-2026-0012", []),
        ("2026-11-02", []),  # a column of dates as it is stored
    ],
)
def test_what_is_remarked_on_a_text(text, rules):
    assert [remark.rule for remark in in_piece(text, "正文")] == rules


def test_a_long_sentence_is_named_by_place_first_words_and_length():
    with translation.override("zh-hans"):
        (remark,) = in_piece(f"短句。{LONG}。", "正文，第2段")
    assert remark.place == "正文，第2段"
    assert f"“{LONG[:12]}…”" in remark.words and str(len(LONG)) in remark.words


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<p>请<a href="/a/">点击这里</a>。</p>', 1),
        ('<p><a href="/a/"><b>此处</b></a>和<a href="/b/">更多 ></a></p>', 2),
        ('<p><a href="/a/">https://example.gov.cn/a/</a></p>', 1),
        ('<p><a href="/a/">Click here</a></p>', 1),
        ('<p><a href="/a/">下载申请表</a></p>', 0),
        ("<p>点击这里</p>", 0),
    ],
)
def test_words_of_a_link(html, count):
    assert [remark.rule for remark in in_links([html])] == ["link"] * count


@pytest.mark.parametrize(
    ("levels", "above", "count"),
    [([2, 3, 2, 3], 1, 0), ([3], 1, 1), ([3], 2, 0), ([2, 4], 1, 1), ([3, 2, 3], 1, 1), ([], 1, 0)],
)
def test_headings_skip_no_level(levels, above, count):
    headings = [(level, f"标题{level}") for level in levels]
    assert len(in_headings(headings, above)) == count


def test_pictures_without_words():
    assert [remark.rule for remark in without_words(2)] == ["alt"]
    assert without_words(0) == []


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def test_a_page_is_read_as_it_stands_in_memory(room):
    page = room.draft(
        summary="",
        topic="",
        phrased_title="别的|标题",
        body=f'<h3>跳级</h3><p>{LONG}。</p><p><a href="/x/">点击这里</a></p>'
        '<embed embedtype="image" id="1" alt=""/>',
    )
    found = remarks_on(page)
    assert {remark.rule for remark in found} == {
        "metadata", "phrases", "long-sentence", "link", "heading", "alt",
    }  # fmt: skip
    assert len([remark for remark in found if remark.rule == "metadata"]) == 2
    page.summary, page.topic, page.phrased_title = "一句话摘要。", "guarantee", ""
    page.body = "<h2>范围</h2><p>取暖补助按户发放。</p>"
    assert remarks_on(page) == []


def test_a_translation_is_not_asked_for_what_its_source_states(room):
    page = room.draft(summary="摘要。", topic="guarantee")
    twin = page.copy_for_translation(room.homes["en"].locale, copy_parents=True)
    twin.topic = ""
    assert [remark for remark in remarks_on(twin) if remark.rule == "metadata"] == []


def test_editor_and_reviewer_see_the_remarks_and_may_go_on(room):
    page = room.draft(body=f"<p>{LONG}。</p>")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert f"“{LONG[:12]}…”" in signed_in(room.writer).get(edit).content.decode()
    page.get_workflow().start(page, user=room.writer.account)  # remarks stop nothing
    review = reverse("publishing:review", args=[page.pk])
    assert f"“{LONG[:12]}…”" in signed_in(room.reviewer).get(review).content.decode()
