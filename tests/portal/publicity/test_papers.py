"""What a paper does with names no template should meet, with a font that lacks a sign, without any name."""

import logging

import pytest
from django.core.cache import caches
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.publicity import typesetting
from portal.publicity.poster import SIZES, WIDTHS
from relief.publicity.disclose import COLUMNS
from relief.publicity.models import ListKind, PublicList
from tests.factories import stages
from tests.portal.publicity import papers, tagged_pdf

HOSTILE = [
    "#evil",
    "$x$",
    "@label",
    "*bold* _it_",
    "`raw`",
    "<a>",
    "= head",
    "\\n",
    '"',
    "//no",
    "#{1+1}",
    "[x]",
]
RARE = "\u4dae\U0002cb5a\U00020c34\U00030ede"
LACKING = "\U0002a6a5"


@pytest.fixture(autouse=True)
def no_paper_of_another_test():
    caches["papers"].clear()


def a_list() -> PublicList:
    """A list that no table holds: what a poster reads of it, nothing else."""
    columns = ["row", "code", "name", "community", "persons", "amount"]
    words = {"zh": "列", "en": "Column"}
    return PublicList(
        pk=10**9,
        kind=ListKind.PRE_APPROVAL,
        area_id="101",
        number="gs-101-2026-001",
        digest="ab" * 32,
        title_zh="名单",
        title_en="List",
        columns=columns,
        labels={"columns": dict.fromkeys(columns, words), "communities": {"10101": words}},
        entry_count=1,
        person_count=1,
        days=7,
    )


@pytest.fixture
def shown(monkeypatch, db):
    """A list whose poster needs no row of any table but the area's."""
    from tests.factories.district import make_district

    make_district()
    return a_list()


def test_hostile_names_stay_text(shown):
    text = papers.tight("".join(papers.sheets_of(papers.with_names(shown, HOSTILE))))
    for name in HOSTILE:
        assert papers.tight(name) in text


NAMES = st.text(st.characters(codec="gb2312", exclude_categories=["C", "Z"]), min_size=1, max_size=60)


@settings(max_examples=10)
@given(names=st.lists(NAMES, min_size=5, max_size=20))
def test_any_name_of_the_font_stays_text(names):
    rows = [{"left": False, "cells": [str(n), name]} for n, name in enumerate(names)]
    pdf = typesetting.typeset("poster.typ", {**DATA, "rows": rows}, timestamp=0)[0]
    text = papers.tight("".join(papers.sheets_of(pdf)))
    for name in names:
        assert papers.tight(name) in text


QR = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1h1" stroke="#000"/></svg>'
FOOT = {"number": "n", "code_label": "c", "code": "C", "check": "v", "hotline": "h", "rows": "r"}
HEAD = {"key": "name", "label": "m", "numeric": False, "width": 30}
DATA = {
    "paper": "a4", "scale": 1.0, "lang": "zh", "title": "t", "issuer": "i", "facts": [], "notes": [],
    "caption": "c", "heads": [{"key": "row", "label": "n", "numeric": True, "width": 6}, HEAD],
    "none": "", "respond": ["a", "b"], "respond_title": "r",
    "seal": {"words": "s", "issuer": "i", "day": "d"},
    "foot": {**FOOT, "page": ["1", "2", "3"]}, "qr": QR,
}  # fmt: skip


@pytest.mark.parametrize("code", ["WWWW-WWWW", "MQGW-N7GN"])
@pytest.mark.parametrize("size", SIZES)
def test_a_row_code_never_breaks_however_many_columns(code, size):
    heads = [{"key": key, "label": key, "numeric": False, "width": WIDTHS.get(key, 10)} for key in COLUMNS]
    cells = [code if key == "code" else "九月" for key in COLUMNS]
    data = {**DATA, "paper": size, "scale": SIZES[size], "heads": heads}
    pdf = typesetting.typeset("poster.typ", {**data, "rows": [{"left": False, "cells": cells}]}, timestamp=0)[
        0
    ]
    assert [code in cell for cell in tagged_pdf.sheets_of(pdf)[0].rows[0]].count(True) == 1


def test_the_rare_characters_of_the_font_are_printed(shown):
    assert RARE in papers.tight("".join(papers.sheets_of(papers.with_names(shown, [RARE]))))


@pytest.mark.parametrize("sign", [LACKING, "\ue000", "\u0b95", "😀"])
def test_a_missing_glyph_is_named(shown, sign):
    with pytest.raises(typesetting.MissingGlyph) as found:
        papers.with_names(shown, ["王*英", f"张{sign}"])
    assert found.value.characters == sign
    assert str(found.value) == f"U+{ord(sign):04X}"


def test_the_page_names_character_and_row(client, db, monkeypatch, caplog):
    stage = stages.running(stages.ground())
    from relief.publicity.models import PublicRow

    row = PublicRow.objects.get(public_list=stage.list, row_number=2)
    row.row = {**row.row, "name": f"张*{LACKING}"}
    row.save()
    with stages.on(stage.day), caplog.at_level(logging.ERROR):
        answer = client.get(f"/en{stage.path}poster.pdf?community={row.row['community']}")
    html = answer.content.decode()
    assert answer.status_code == 503 and "ETag" not in answer
    assert "U+2A6A5" in html and LACKING in html and "row 2" in html
    assert f'href="/en{stage.path}?community={row.row["community"]}"' in html
    assert "U+2A6A5" in caplog.text and "张" not in caplog.text


def test_a_fault_of_the_typesetter_is_no_blank_page(client, db, monkeypatch):
    stage = stages.running(stages.ground())
    monkeypatch.setattr(typesetting.typst.Compiler, "compile", _broken)
    with stages.on(stage.day):
        answer = client.get(f"/en{stage.path}poster.pdf")
    html = answer.content.decode()
    assert answer.status_code == 503
    assert "print the page instead" in html and "secret" not in html
    assert f'href="/en{stage.path}"' in html


def _broken(*_args, **_named):
    raise typesetting.typst.TypstError("secret")


def test_slip_and_loudspeaker_carry_no_name(client, db):
    stage = stages.running(stages.ground())
    for prefix, words in {"": ["截止时间", "我家被遗漏"], "/en": ["Until", "I was left out"]}.items():
        with stages.on(stage.day):
            slip = client.get(f"{prefix}{stage.path}slip.pdf").content
            spoken = client.get(f"{prefix}{stage.path}loudspeaker.txt?community=10102")
        text = papers.tight("".join(papers.sheets_of(slip)))
        assert spoken["Content-Type"] == "text/plain; charset=utf-8"
        for word in (
            *words,
            stage.list.number,
            "0400-000-0000",
            f"{stage.path}respond/",
            stage.list.check_code,
        ):
            assert papers.tight(word) in text
        assert text.count(papers.tight(words[1])) == 2, "two slips a sheet"
        for row in stage.rows:
            for value in (row["code"], row["name"] if "*" in str(row["name"]) else row["code"]):
                assert str(value) not in text + spoken.content.decode()


def test_what_is_read_aloud(client, db):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        chinese = client.get(f"{stage.path}loudspeaker.txt").content.decode()
        english = client.get(f"/en{stage.path}loudspeaker.txt").content.decode()
    for words in ("河东街道办事处", "3户", "7天", "3月8日（星期日）23:59", "东园社区公告栏", "0400-000-0000"):
        assert words in chinese
    for words in (
        "Hedong Street Office",
        "3 households",
        "Sunday 8 March 2026, 23:59",
        "Dongyuan Community board",
    ):
        assert words in english


def test_an_announcement_takes_no_slip(client, db):
    stage = stages.announced(stages.ground())
    with stages.on(stage.day):
        assert client.get(f"/en{stage.path}slip.pdf").status_code == 404, "there is no such address"
        text = client.get(f"/en{stage.path}loudspeaker.txt").content.decode()
    assert "It is shown until" in text and "objections" not in text
