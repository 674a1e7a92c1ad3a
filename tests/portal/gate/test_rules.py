"""What stops a page and what doesn't, example by example (issue 6 item 5)."""

from __future__ import annotations

import re

import pytest
from stdnum import luhn

from portal.gate.reader.found import Text, Unread
from portal.gate.rules import MOST, RULES, WHYS, findings, release_of_rules
from portal.pages.demo_notices import NOTICES
from relief.confidential.private_kinds import Allowed
from tests.portal.gate.planted import id_number

OFFICES = Allowed.of(["0400-000-0000", "0411-84123456"])
ID = id_number()
CARD = "622202000000000000" + luhn.calc_check_digit("622202000000000000")


def found(*lines: str) -> list[str]:
    texts = [Text((("line", number),), line) for number, line in enumerate(lines, start=1)]
    return [str(one.code) for one in findings(texts, OFFICES)]


BAD = [
    ("id-number", f"身份证号：{ID}"),
    ("id-number", f"{ID[:6]} {ID[6:14]} {ID[14:]}"),
    ("id-number", " ".join(ID)),
    ("id-number", ID.translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
    ("id-number", f"{ID[:6]}\u00ad{ID[6:10]}\u00ad{ID[10:]}"),
    ("id-number", f"{ID[:9]}\u200b{ID[9:]}"),
    ("id-number", "旧证 990101900307001 作废"),
    ("id-number", "编号：" + ID),
    ("id-number", "ID " + ID[:-1] + ID[-1].lower()),
    ("bank-card", f"卡号{CARD}"),
    ("bank-card", " ".join(re.findall(".{1,4}", CARD))),
    ("mobile", "联系人手机13812345678"),
    ("mobile", "138-1234-5678"),
    ("mobile", "+86 138 1234 5678"),
    ("mobile", "一三八一二三四五六七八"),
    ("mobile", "①③⑧①②③④⑤⑥⑦⑧"),
    ("mobile", "编号 13812345678"),
    ("mobile", "tel:&#49;3812345678"),
    ("landline", "电话：0411-84999999"),
    ("landline", "联系电话 84999999"),
    ("landline", "咨询请打84999999"),
    ("landline", "热线：400-123-4567"),
]
GOOD = [
    "热线0400-000-0000",
    "0411-84123456",
    "电话：84123456",
    "索引号：000014349/2021-00045",
    "索引号：11210200MB1234567X/2025-00012",
    "MH-2025-0018",
    "民发〔2021〕57号",
    "国务院令第649号",
    "明民发〔2025〕18号",
    "辽ICP备20001234号-1",
    "统一社会信用代码：11210200MB1234567X",
    "2025年7月1日至2026年6月30日",
    "2025-07-01 08:30:00",
    "公示期自20250701至20250710",
    "预算资金23456789元",
    "合计\t23,456,789.00",
    "共4601户8880人，月发放金额12345678.90元",
    "摘要 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "校验码 1234 5678 ab12 9f86 d081 884c 7d65 9a2f",
    "urn:uuid:13812345-6781-4812-8381-234567813812",
    "邮编：116011 电子邮箱 jz@minghe.example",
    "GB/T 23456789-2020",
    "2023—2024年度，第12条第3款第（四）项",
]


@pytest.mark.parametrize(("code", "text"), BAD)
def test_private_numbers_stop(code, text):
    assert found(text) == [code]


@pytest.mark.parametrize("text", GOOD)
def test_numbers_of_offices_and_documents_do_not(text):
    assert found(text) == []


LISTS = [
    ["王英 1011元", "李小四：980元", "欧阳小英，每月500元"],
    ["姓名\t补助金额（元）", "1\t王英\t3\t1011.00", "2\t李小四\t1\t980", "3\t赵五\t2\t500"],
    ["户主王英1011元、李四980元、赵五870元。"],
    ["序号 姓名 保障金", "1 王英 2022", "2 李四 980", "3 赵五 870"],
    ["王英（明河街道）每月领取1,011元", "李四（明河街道）每月领取980元", "赵五，共500元"],
]
NO_LISTS = [
    ["王英 1011元", "李四 980元", "标准每人500元"],
    ["王英 1011元", "王英 980元", "王英 500元"],
    ["王* 1011元", "李某某 980元", "赵** 500元"],
    [
        "高龄补贴每人100元，其中高标准每人200元",
        "向低收入家庭发放500元",
        "农村低保每人800元",
        "城市居民每人1011元",
    ],
    ["街道\t户数\t金额（元）", "江山街道\t120\t121320", "白云街道\t80\t80880", "于家村\t40\t40440"],
    ["区长\t王英", "副区长\t李四", "局长\t赵五"],
    ["金额（元）", "常住人口\t1011", "高龄老人\t980", "成年残疾\t500", "全年合计\t9000"],
]


@pytest.mark.parametrize("lines", LISTS)
def test_three_names_beside_amounts_are_a_list(lines):
    assert set(found(*lines)) == {"name-list"}
    assert found(*lines).count("name-list") == 3


@pytest.mark.parametrize("lines", NO_LISTS)
def test_fewer_names_and_words_of_office_are_none(lines):
    assert found(*lines) == []


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.slug)
def test_the_demo_notices_pass(notice):
    for text in (*notice.zh, *notice.en):
        assert found(*re.split(r"<[^>]+>", text)) == []


def test_no_finding_repeats_the_value():
    texts = [text for _code, text in BAD] + [line for lines in LISTS for line in lines]
    pieces = [Text((("line", number),), text) for number, text in enumerate(texts)]
    said = " ".join(one.excerpt for one in findings(pieces, OFFICES))
    assert "*" in said
    assert not re.search(r"\d", said)
    assert not any(name in said for name in ("王英", "李四", "李小四", "欧阳小英", "赵五"))


def test_a_number_over_a_line_end_is_a_persons_but_no_telephone_of_a_table():
    def joined(text: str) -> list[str]:
        return [str(one.code) for one in findings([Text((), text, joined=True)], OFFICES)]

    assert joined(ID) == ["id-number"]
    assert joined("84999999") == []


def test_what_is_unread_stops_and_has_words():
    assert [one.code for one in findings([Unread((), "bomb")], OFFICES)] == ["unread:bomb"]
    assert all(RULES[code][0] and RULES[code][1] for code in RULES)
    assert all(WHYS.values())


def test_findings_end_somewhere_and_each_stands_once():
    pieces = [Text((("line", number),), "13812345678") for number in range(MOST + 5)]
    assert len(findings(pieces, OFFICES)) == MOST
    assert len(findings([pieces[0], pieces[0]], OFFICES)) == 1


def test_the_release_is_short_and_stays():
    assert re.fullmatch(r"[0-9a-f]{12}", release_of_rules())
    assert release_of_rules() == release_of_rules()
