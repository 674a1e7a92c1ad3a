"""The tables of the annual report are the form's (国办公开办函〔2021〕30号); wrong sums are named."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.pages.report_years import alarm, strip
from portal.pages.statutory_checks import balances, blanks, faults, read, stored_wrongly
from portal.pages.statutory_tables import CHAPTERS, DISPUTES, PROACTIVE, REQUESTS
from portal.pages.table_field import TableField, TableFormField
from tests.portal.pages.reports import fitting, zeros

#: Decree 711 art 20: clause, columns, rows, copied by hand from the form
CHAPTER_2 = [
    ("711号 art 20(1)", ["本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "行政规范性文件"]),
    ("711号 art 20(5)", ["本年处理决定数量"], ["行政许可"]),
    ("711号 art 20(6)", ["本年处理决定数量"], ["行政处罚", "行政强制"]),
    ("711号 art 20(8)", ["本年收费金额（单位：万元）"], ["行政事业性收费"]),
]
#: chapter 3: rows under each heading; 21 results under six headings
CHAPTER_3 = {
    None: 4,  # new, carried in, total handled, carried out
    "三、本年度办理结果": 2,
    "（三）不予公开": 8,
    "（四）无法提供": 3,
    "（五）不予处理": 5,
    "（六）其他处理": 3,
}
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def test_chapter_2_has_the_four_tables_of_article_20():
    found = [
        (grid.clause, [c.words.zh for c in grid.columns], [r.words.zh for r in grid.rows])
        for grid in PROACTIVE.grids
    ]
    assert found == CHAPTER_2
    assert [grid.money for grid in PROACTIVE.grids] == [False, False, False, True]


def test_chapter_3_has_the_forms_rows_and_columns():
    (grid,) = REQUESTS.grids
    assert grid.clause == "711号 art 50(2)"
    assert [column.words.zh for column in grid.columns] == APPLICANTS
    assert {column.words.zh for column in grid.columns if column.group} == set(APPLICANTS[1:6])
    assert Counter(row.group and row.group.zh for row in grid.rows) == CHAPTER_3
    ends = [row.words.zh[:2] for row in (*grid.rows[:2], *grid.rows[-2:])]
    assert ends == ["一、", "二、", "（七", "四、"]


def test_chapter_4_has_the_forms_rows_and_columns():
    (grid,) = DISPUTES.grids
    assert grid.clause == "711号 art 50(3)"
    assert [c.words.zh for c in grid.columns] == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert [(r.group and r.group.zh, r.words.zh) for r in grid.rows] == [
        (None, "行政复议"),
        ("行政诉讼", "未经复议直接起诉"),
        ("行政诉讼", "复议后起诉"),
    ]


@pytest.mark.parametrize("chapter", CHAPTERS.values(), ids=CHAPTERS)
def test_every_cell_has_a_code_of_its_own_and_words_in_both_languages(chapter):
    assert len(chapter.cells()) == sum(len(grid.rows) * len(grid.columns) for grid in chapter.grids)
    words = [one.words for grid in chapter.grids for one in (*grid.rows, *grid.columns)]
    assert all(one.zh and one.en and one.zh != one.en for one in words)


@pytest.mark.parametrize("code", CHAPTERS)
def test_numbers_that_fit_are_taken(code):
    assert faults(CHAPTERS[code], fitting(code)) == []
    assert faults(CHAPTERS[code], zeros(CHAPTERS[code])) == []
    assert blanks(CHAPTERS[code], fitting(code)) == []
    assert stored_wrongly(CHAPTERS[code], fitting(code)) == []


#: a changed number and every sentence that it must lead to
WRONG = [
    ("requests", {"received.natural": 5}, [
        "“自然人”栏：新收（5）与上年结转（1）合计6，而办理总计（3）与结转下年度（1）合计4。",
        "“一、本年新收政府信息公开申请数量”行：总计栏为5，而各栏合计为7。",
    ]),
    ("requests", {"granted.law": 4}, [
        "“法律服务机构”栏：“（七）总计”行为2，而以上各项办理结果合计为6。",
        "“三、本年度办理结果 （一）予以公开”行：总计栏为2，而各栏合计为6。",
    ]),
    ("requests", {"partly.total": 9}, [
        "“总计”栏：“（七）总计”行为5，而以上各项办理结果合计为13。",
        "“三、本年度办理结果 （二）部分公开（区分处理的，只计这一情形，不计其他情形）”行："
        "总计栏为9，而各栏合计为1。",
    ]),
    ("requests", {"carried_out.total": 2}, [
        "“总计”栏：新收（5）与上年结转（1）合计6，而办理总计（5）与结转下年度（2）合计7。",
        "“四、结转下年度继续办理”行：总计栏为2，而各栏合计为1。",
    ]),
    ("disputes", {"review.total": 3}, ["“行政复议”行：总计栏为3，而各栏合计为2。"]),
    ("disputes", {"court_after.corrected": 1}, ["“行政诉讼 复议后起诉”行：总计栏为0，而各栏合计为1。"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "sentences"), WRONG)
def test_a_sum_that_does_not_fit_is_named_with_both_numbers(code, change, sentences):
    found = faults(CHAPTERS[code], fitting(code) | change)
    assert [fault.words for fault in found] == sentences
    assert all(set(change) <= set(fault.cells) for fault in found)


@pytest.mark.parametrize("code", ["requests", "disputes"])
def test_no_number_of_a_table_is_free(code):
    """Each cell stands in a sum: changing it alone can't go unseen."""
    chapter = CHAPTERS[code]
    asked = {one for balance in balances(chapter) for one in (*balance.left, *balance.right)}
    assert asked == set(chapter.cells())
    for one in chapter.cells():
        numbers = fitting(code)
        assert faults(chapter, numbers | {one: numbers[one] + 1}), one


def test_a_sum_waits_until_all_its_numbers_are_there():
    assert faults(REQUESTS, {"received.natural": 5, "handled.natural": 3}) == []
    assert faults(DISPUTES, {}) == []


@pytest.mark.parametrize(("typed", "number"), [
    ("12", 12), (" 1,234 ", 1234), ("１２", 12), ("0", 0), ("007", 7), ("", None), ("  ", None),
])  # fmt: skip
def test_what_editors_type_is_read(typed, number):
    numbers, mistakes = read(DISPUTES, {"review.open": typed})
    assert (numbers.get("review.open"), mistakes) == (number, [])


@pytest.mark.parametrize("typed", ["-1", "1.5", "二", "1e3", "9" * 10, "None"])
def test_what_is_no_count_is_named_by_row_and_column(typed):
    numbers, (mistake,) = read(DISPUTES, {"review.open": typed})
    assert numbers == {}
    assert typed in mistake.words and "行政复议" in mistake.words and "尚未审结" in mistake.words


@pytest.mark.parametrize(("typed", "amount"), [("12.50", "12.50"), ("0012", "12"), ("1,000.5", "1000.5")])
def test_fees_are_amounts(typed, amount):
    assert read(PROACTIVE, {"fees.amount": typed}) == ({"fees.amount": amount}, [])
    assert read(PROACTIVE, {"fees.amount": "1.2.3"})[1]
    assert read(PROACTIVE, {"normative.made": "1.5"})[1]


@pytest.mark.parametrize("stored", [
    [], None, {"no.cell": 1},
    {"review.open": -1}, {"review.open": "1"}, {"review.open": True}, {"review.open": 1.5},
])  # fmt: skip
def test_nothing_else_than_counts_is_stored(stored):
    assert stored_wrongly(DISPUTES, stored)
    with pytest.raises(ValidationError):
        TableField(chapter="disputes").clean(stored or {"x": 1}, None)


def test_the_form_keeps_what_was_typed():
    field = TableFormField(chapter=DISPUTES)
    typed = {"review.open": "zwei", "court_after.total": "1"}
    with pytest.raises(ValidationError):
        field.clean(typed)
    html = field.widget.render("disputes", typed)
    assert 'name="disputes-review.open" value="zwei"' in html
    assert html.count('aria-invalid="true"') == 1
    assert html.count("<input") == len(DISPUTES.cells())


@pytest.mark.parametrize(("today", "published", "states"), [
    (date(2026, 11, 29), {2023, 2025}, {2025: "published", 2024: "missing", 2023: "published"}),
    (date(2027, 1, 1), {2025}, {2026: "due", 2025: "published"}),
    (date(2027, 1, 31), {2025}, {2026: "due", 2025: "published"}),
    (date(2027, 2, 1), {2025}, {2026: "missing", 2025: "published"}),
    (date(2027, 2, 1), set(), {2026: "missing"}),
])  # fmt: skip
def test_the_strip_shows_its_holes(today, published, states):
    marks = strip({year: f"/{year}/" for year in published}, today)
    assert {mark.year: mark.state for mark in marks} == states
    assert list(states) == [mark.year for mark in marks]
    assert all(bool(mark.url) == (mark.state == "published") for mark in marks)


@pytest.mark.parametrize(("today", "published", "colour"), [
    (date(2026, 12, 31), True, ""), (date(2027, 1, 1), False, "amber"), (date(2027, 1, 31), False, "amber"),
    (date(2027, 2, 1), False, "red"), (date(2027, 2, 1), True, ""),
])  # fmt: skip
def test_staff_are_warned_from_1_january_and_alarmed_after_31(today, published, colour):
    assert alarm(published, today) == colour
