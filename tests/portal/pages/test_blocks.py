"""Blocks of official texts: anchors that stay, captions that must be, values that nobody types."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from portal.pages.anchors import contents, number_of, settle_anchors
from portal.pages.blocks import OfficialBody
from portal.pages.body import body_html
from portal.pages.fields import BodyField
from relief.standards.in_force import enter_clause, enter_standard
from relief.standards.models import Kind
from relief.trail import clock


def body(*blocks: tuple[str, object]):
    return OfficialBody().to_python([{"type": kind, "value": value} for kind, value in blocks])


def article(number: str, text: str = "<p>略。</p>", anchor: str = "") -> tuple[str, dict[str, str]]:
    return "article", {"number": number, "title": "", "text": text, "anchor": anchor}


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("第一条", 1), ("第十条", 10), ("第十二条", 12), ("第二十一条", 21), ("第一百零三条", 103),
        ("Article 5", 5), ("第３条", 3), ("附则", None),
    ],
)  # fmt: skip
def test_the_number_of_an_article(words, number):
    assert number_of(words) == number


def test_anchors_are_made_once_and_stay_when_articles_are_renumbered():
    first = body(article("第一条"), article("第二条"))
    settle_anchors(first)
    assert [block.value["anchor"] for block in first] == ["article-1", "article-2"]
    amended = body(
        article("第一条", anchor="article-1"), article("第二条"), article("第三条", anchor="article-2")
    )
    settle_anchors(amended)
    assert [block.value["anchor"] for block in amended] == ["article-1", "article-2-2", "article-2"]
    copied = body(article("第一条", anchor="article-1"), article("第一条", anchor="article-1"))
    settle_anchors(copied)
    assert [block.value["anchor"] for block in copied] == ["article-1", "article-1-2"]


def test_contents_list_headings_else_articles_from_three_on():
    articles = body(article("第一条"), article("第二条"), article("第三条"))
    settle_anchors(articles)
    assert [one.text for one in contents(articles)] == ["第一条", "第二条", "第三条"]
    headings = body(
        *(("heading", {"text": f"第{n}章", "level": "2", "anchor": ""}) for n in "一二三"), article("第一条")
    )
    settle_anchors(headings)
    assert [one.anchor for one in contents(headings)] == ["section-1", "section-2", "section-3"]
    assert contents(body(article("第一条"), article("第二条"))) == []


def test_a_table_needs_a_caption_and_its_cells_know_their_column():
    value = {
        "data": [["项目", "标准"], ["低保", "1011"]], "table_caption": "现行标准",
        "first_row_is_table_header": True, "first_col_is_header": True,
    }  # fmt: skip
    html = body_html(body(("table", value)), "zh-hans")
    assert "<caption" in html and "现行标准" in html
    assert '<th scope="row"' in html and 'data-label="标准">1011</td>' in html
    block = OfficialBody().child_blocks["table"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value | {"table_caption": " "}))


def test_what_editors_type_into_cells_stays_text():
    value = {"data": [["<script>x</script>"]], "table_caption": "<b>"}
    assert "<script" not in body_html(body(("table", value)), "zh-hans")


@pytest.mark.django_db
def test_a_standard_shows_its_dated_values_with_their_ground(django_assert_num_queries):
    local = enter_clause(
        "local",
        instrument_zh="本区规定",
        instrument_en="District rules",
        article="",
        from_date=date(2020, 1, 1),
    )
    for year, yuan in ((2024, "972"), (2025, "1011"), (2027, "1050")):
        enter_standard(
            "guarantee.standard", kind=Kind.MONEY, value=yuan, from_date=date(year, 7, 1), clause=local
        )
    shown = body(
        ("standard", {"name": "guarantee.standard", "caption": ""}), ("standard", {"name": "days.accept"})
    )
    with clock.moved_to(clock.at(date(2026, 3, 2))), django_assert_num_queries(2):  # and the bureau
        html = body_html(shown, "zh-hans")
    assert html.index("1,050") < html.index("1,011") < html.index("972")
    assert "2025年6月30日" in html and "2027年6月30日" in html and "本区规定" in html
    assert html.count("govuk-tag--green") == html.count("govuk-tag--blue") == 1
    assert "尚未录入" in html  # days.accept has no value here


def test_a_body_of_words_is_drawn_once_and_anew_when_a_word_changes(monkeypatch):
    drawn = []
    monkeypatch.setattr("portal.pages.body.expand_db_html", lambda html: drawn.append(html) or html)
    words = article("第一条", f"<p>{uuid4()}</p>")
    first = body_html(body(words), "zh-hans")
    assert body_html(body(words), "zh-hans") == first and len(drawn) == 1
    body_html(body(words), "en")
    changed = body(words)
    changed[0].value["text"].source += "<p>增补。</p>"
    assert "增补" in body_html(changed, "zh-hans") and len(drawn) == 3
    linked = body(("paragraph", '<p><a linktype="page" id="1">另见</a></p>'))
    assert [body_html(linked, "zh-hans") for _turn in "ab"] == [drawn[-1]] * 2 and len(drawn) == 5


def test_migrations_do_not_repeat_the_blocks():
    _name, path, args, kwargs = BodyField("text", blank=True).deconstruct()
    assert (path, args, set(kwargs)) == ("portal.pages.fields.BodyField", [], {"verbose_name", "blank"})
