"""The columns of the household table (户籍导入表): one row per person, headers as offices write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relief.confidential.masking import mask_account, mask_id_number, mask_name, mask_phone, mask_whole
from relief.households import id_number
from relief.households.importing import cells
from relief.households.importing.cells import Cell, Unparsed
from relief.households.importing.rules import Unreadable

# Whoever forgets to delete the template's example row is told so.
EXAMPLE_ID = id_number.make_demo_id(date(1960, 1, 1), 999)
Parser = Callable[[Cell, str, date], Any]

# What offices write as the relation to the applicant (与申请人关系), by the code that the register keeps.
RELATIONS: dict[str, list[str]] = {
    code: words.split()
    for code, words in {
        "head": "户主 本人 申请人 户主本人 本人户主",
        "spouse": "配偶 妻 妻子 夫 丈夫 爱人 夫妻",
        "child": (
            "子女 子 女 儿子 女儿 长子 次子 三子 四子 长女 次女 三女 "
            "四女 独生子 独生女 养子 养女 继子 继女 养子女 继子女 之子 之女"
        ),
        "parent": "父母 父 母 父亲 母亲 岳父 岳母 公公 婆婆 养父 养母 继父 继母",
        "grandchild": "孙子女 孙子 孙女 外孙 外孙子 外孙女 孙 外孙子女",
        "grandparent": "祖父母 祖父 祖母 外祖父 外祖母 爷爷 奶奶 外公 外婆 姥姥 姥爷",
        "sibling": "兄弟姐妹 兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹",
        "other": "其他 其它 儿媳 女婿 侄子 侄女 外甥 外甥女 非亲属",
    }.items()
}
_RELATION_CODES = {word: code for code, words in RELATIONS.items() for word in words}


def relation(cell: Cell, text: str, today: date) -> str:
    code = _RELATION_CODES.get(re.sub(r"[（(].*", "", text.replace(" ", "")))
    if code is None:
        raise Unparsed("relation-unknown", known="、".join(words[0] for words in RELATIONS.values()))
    return code


def household_class(cell: Cell, text: str, today: date) -> str:
    found = re.fullmatch(r"([ABC])类?", cells.half_width(text).upper())
    if not found:
        raise Unparsed("class-unknown")
    return found[1]


_INTERVALS = {
    **dict.fromkeys(["12个月", "12", "一年", "每年", "年", "稳定"], "stable"),
    **dict.fromkeys(["6个月", "6", "半年", "每半年", "不稳定"], "irregular"),
}


def interval(cell: Cell, text: str, today: date) -> str:
    """How often the household re-declares (57号 art 31), as the register's kind of household."""
    kind = _INTERVALS.get(cells.half_width(text))
    if kind is None:
        raise Unparsed("interval-unknown")
    return kind


@dataclass(frozen=True)
class Column:
    """One column: its header in the template, others that mean it (by spaces), how it is read and masked."""

    key: str
    header: str
    also: str
    parse: Parser
    limit: int
    help: str | Promise
    required: bool = False
    of_household: bool = False
    mask: Callable[[str], str] | None = None
    example: str = ""


def _hide(text: str) -> str:
    return mask_whole(text)


COLUMNS: tuple[Column, ...] = (
    Column(
        "household",
        "户编号",
        "家庭编号 户号 户序号 低保证号 保障证号 低保证编号 家庭编码",
        cells.plain,
        40,
        _("Any number that all rows of one household share."),
        required=True,
        example="1",
    ),
    Column(
        "relation",
        "与申请人关系",
        "与户主关系 家庭关系 关系 与申请人的关系 成员关系 与户主的关系",
        relation,
        20,
        _("户主 for the applicant, once per household; then 配偶, 子女, 父母 …"),
        required=True,
        example="户主",
    ),
    Column(
        "name",
        "姓名",
        "成员姓名 家庭成员姓名 保障对象姓名 保障人员姓名",
        cells.name,
        40,
        _("As on the resident ID card."),
        required=True,
        mask=mask_name,
        example="示例",
    ),
    Column(
        "id_number",
        "身份证号",
        "身份证号码 公民身份号码 公民身份证号码 身份号码 证件号码 证件号 居民身份证号 居民身份证号码 身份证",
        cells.identity,
        40,
        _("18 characters; the cell must be text, a spreadsheet rounds numbers."),
        required=True,
        mask=mask_id_number,
        example=EXAMPLE_ID,
    ),
    Column(
        "birth_date",
        "出生日期",
        "出生年月日 生日 出生年月",
        cells.past_day,
        40,
        _("May be empty; if given it must agree with the ID number."),
        mask=_hide,
    ),
    Column(
        "community",
        "社区",
        "社区名称 社区代码 所属社区 居委会 社区居委会 村居 村社区 社区(村) 所在社区 村(居) 村(社区)",
        cells.plain,
        60,
        _("Name or code of the community, as in the register of places."),
        required=True,
        of_household=True,
    ),
    Column(
        "address",
        "家庭住址",
        "住址 地址 详细地址 居住地址 家庭地址 现住址 家庭详细住址 居住地",
        cells.plain,
        200,
        _("Below the community: road, building, door."),
        of_household=True,
        mask=_hide,
        example="示例路1号",
    ),
    Column(
        "phone",
        "联系电话",
        "电话 手机 手机号 手机号码 电话号码 联系方式",
        cells.phone,
        40,
        _("One number."),
        mask=mask_phone,
    ),
    Column(
        "account",
        "银行账号",
        "账号 银行卡号 卡号 开户账号 发放账号 银行帐号 帐号 社保卡号 惠民卡号 一卡通账号",
        cells.account,
        60,
        _("The account to which the money goes; the cell must be text."),
        of_household=True,
        mask=mask_account,
    ),
    Column(
        "income",
        "家庭月收入",
        "月收入 家庭月总收入 家庭收入 家庭月均收入 户月收入",
        cells.money,
        40,
        _("Counted income of the whole household, yuan per month."),
        of_household=True,
        example="860",
    ),
    Column(
        "amount",
        "现保障金额",
        "保障金额 月保障金额 低保金额 救助金额 月补助金额 补助金额 "
        "保障金 家庭月保障金额 家庭救助总金额 月发放金额 低保金",
        cells.granted,
        40,
        _("What the household receives now, yuan per month."),
        required=True,
        of_household=True,
        example="1326",
    ),
    Column(
        "since",
        "享受起始年月",
        "起始年月 享受起始时间 起始月份 开始享受年月 享受低保时间 享受时间 开始享受时间 起始时间 享受年月",
        cells.month,
        40,
        _("First month of the guarantee: 2021-07."),
        required=True,
        of_household=True,
        example="2021-07",
    ),
    Column(
        "household_class",
        "保障类别",
        "类别 低保类别 户类别 家庭类别 分类",
        household_class,
        20,
        _("A, B or C, where the district uses classes."),
        of_household=True,
        example="A",
    ),
    Column(
        "interval",
        "复核周期",
        "定期复核周期 复核间隔 申报周期 年审周期",
        interval,
        20,
        _("12个月 when little change is expected, else 6个月; empty means 12个月."),
        of_household=True,
        example="12个月",
    ),
)
BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}
# So many known headers make a row the header row; a sentence in a title row never holds three.
HEADER_MATCHES = 3


def plain_header(text: str) -> str:
    """A header without spaces, line ends, stars and unit: `*现保障金额（元/月）` is 现保障金额."""
    text = re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"\((元|单位|必填|选填|可空|元/月|户|文本)[^)]*\)", "", text)


_KEYS = {
    plain_header(word): column.key for column in COLUMNS for word in (column.header, *column.also.split())
}


def recognise(headers: Sequence[str]) -> dict[str, list[int]]:
    """Which columns a row of texts names: `{column key: [positions from 0]}`."""
    found: dict[str, list[int]] = {}
    for position, text in enumerate(headers):
        key = _KEYS.get(plain_header(text)) if 0 < len(text) <= 40 else None
        if key:
            found.setdefault(key, []).append(position)
    return found


def missing(found: dict[str, list[int]]) -> list[str]:
    """The headers of the required columns that a header row does not name."""
    return [column.header for column in COLUMNS if column.required and column.key not in found]


def positions(headers: Sequence[str], row: int) -> dict[str, int]:
    """Where each column stands; raises `Unreadable` when one is missing or stands there twice."""
    found = recognise(headers)
    if missing(found):
        raise Unreadable("file-columns-missing", columns="、".join(missing(found)), row=row)
    for key, places in found.items():
        if len(places) > 1:
            first, second = (headers[place] for place in places[:2])
            raise Unreadable("file-column-twice", first=first, second=second, column=BY_KEY[key].header)
    return {key: places[0] for key, places in found.items()}
