"""The tables of the annual report on disclosure (年度报告) as data: codes, words in both languages, clause.

Form: 国办公开办函〔2021〕30号; what it must hold: Decree 711 (2019) art 50. The Chinese words are the
form's own and no matter of taste, so they stand here and not in the catalogues of sentences. Values are
counts; fees alone are amounts in 万元 (ten thousand yuan). The code of a cell is `row.column`, unique within
its chapter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

FORM = "国办公开办函〔2021〕30号"


@dataclass(frozen=True)
class Words:
    """Words of the form in both languages; printed in the language of the page."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.zh


@dataclass(frozen=True)
class Column:
    """A column; columns that stand side by side under one heading share their `group`."""

    code: str
    words: Words
    group: Words | None = None


@dataclass(frozen=True)
class Row:
    """A row; rows that follow each other under one heading share their `group`."""

    code: str
    words: Words
    group: Words | None = None


@dataclass(frozen=True)
class Grid:
    """One table: every row has every column. `clause` is the paragraph of Decree 711 it answers."""

    code: str
    caption: Words
    clause: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    money: bool = False

    def cells(self) -> Iterator[str]:
        """The codes of all cells, row by row."""
        return (cell(row.code, column.code) for row in self.rows for column in self.columns)


@dataclass(frozen=True)
class Chapter:
    """The tables of one chapter of the report."""

    code: str
    number: int
    words: Words
    grids: tuple[Grid, ...]

    def cells(self) -> dict[str, Grid]:
        """The grid of every cell, by the cell's code."""
        return {code: grid for grid in self.grids for code in grid.cells()}

    def place(self, code: str) -> tuple[Row, Column]:
        """The row and the column of a cell."""
        row_code, column_code = code.split(".")
        grid = self.cells()[code]
        row = next(row for row in grid.rows if row.code == row_code)
        return row, next(column for column in grid.columns if column.code == column_code)


def cell(row: str, column: str) -> str:
    """The code of a cell."""
    return f"{row}.{column}"


TOTAL = Column("total", Words("总计", "Total"))
DECIDED = (Column("decided", Words("本年处理决定数量", "Decisions in the year")),)

# --- chapter 2: what was made public without being asked for ----------------------------------

PROACTIVE = Chapter(
    "proactive",
    2,
    Words("主动公开政府信息情况", "Information made public proactively"),
    (
        Grid(
            "documents",
            Words("第二十条第（一）项", "Article 20 (1)"),
            "711号 art 20(1)",
            (
                Column("made", Words("本年制发件数", "Made in the year")),
                Column("repealed", Words("本年废止件数", "Repealed in the year")),
                Column("in_force", Words("现行有效件数", "In force")),
            ),
            (
                Row("regulations", Words("规章", "Regulations")),
                Row("normative", Words("行政规范性文件", "Normative documents")),
            ),
        ),
        Grid(
            "permits",
            Words("第二十条第（五）项", "Article 20 (5)"),
            "711号 art 20(5)",
            DECIDED,
            (Row("permits", Words("行政许可", "Administrative permits")),),
        ),
        Grid(
            "sanctions",
            Words("第二十条第（六）项", "Article 20 (6)"),
            "711号 art 20(6)",
            DECIDED,
            (
                Row("penalties", Words("行政处罚", "Administrative penalties")),
                Row("coercion", Words("行政强制", "Administrative coercion")),
            ),
        ),
        Grid(
            "fees",
            Words("第二十条第（八）项", "Article 20 (8)"),
            "711号 art 20(8)",
            (Column("amount", Words("本年收费金额（单位：万元）", "Charged in the year (10,000 yuan)")),),
            (Row("fees", Words("行政事业性收费", "Administrative fees")),),
            money=True,
        ),
    ),
)

# --- chapter 3: requests ----------------------------------------------------------------------

NATURAL = Column("natural", Words("自然人", "Natural persons"))
_BODIES = Words("法人或其他组织", "Legal persons and other organisations")
BODIES = (
    Column("company", Words("商业企业", "Companies"), _BODIES),
    Column("research", Words("科研机构", "Research bodies"), _BODIES),
    Column("charity", Words("社会公益组织", "Public-benefit organisations"), _BODIES),
    Column("law", Words("法律服务机构", "Legal services"), _BODIES),
    Column("other", Words("其他", "Other"), _BODIES),
)
_RESULT = Words("三、本年度办理结果", "III. Results in the year")
_REFUSED = Words("（三）不予公开", "(3) Not disclosed")
_UNAVAILABLE = Words("（四）无法提供", "(4) Cannot be provided")
_UNPROCESSED = Words("（五）不予处理", "(5) Not processed")
_OTHERWISE = Words("（六）其他处理", "(6) Other outcomes")

RECEIVED = Row("received", Words("一、本年新收政府信息公开申请数量", "I. Requests received in the year"))
CARRIED_IN = Row(
    "carried_in", Words("二、上年结转政府信息公开申请数量", "II. Requests carried over from the year before")
)
RESULTS = (
    Row("granted", Words("（一）予以公开", "(1) Disclosed"), _RESULT),
    Row(
        "partly",
        Words("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "(2) Disclosed in part"),
        _RESULT,
    ),
    Row("refused_secret", Words("1.属于国家秘密", "1. State secret"), _REFUSED),
    Row(
        "refused_law",
        Words("2.其他法律行政法规禁止公开", "2. Forbidden by other laws or regulations"),
        _REFUSED,
    ),
    Row(
        "refused_security",
        Words("3.危及“三安全一稳定”", "3. Endangers national, public or economic security or stability"),
        _REFUSED,
    ),
    Row("refused_third", Words("4.保护第三方合法权益", "4. Protects rights of a third party"), _REFUSED),
    Row("refused_internal", Words("5.属于三类内部事务信息", "5. Internal affairs (three kinds)"), _REFUSED),
    Row("refused_process", Words("6.属于四类过程性信息", "6. Work in progress (four kinds)"), _REFUSED),
    Row("refused_file", Words("7.属于行政执法案卷", "7. File of law enforcement"), _REFUSED),
    Row("refused_enquiry", Words("8.属于行政查询事项", "8. Has its own way of enquiry"), _REFUSED),
    Row(
        "absent_not_held",
        Words("1.本机关不掌握相关政府信息", "1. Not held by this body"),
        _UNAVAILABLE,
    ),
    Row(
        "absent_to_make",
        Words("2.没有现成信息需要另行制作", "2. Does not exist and would have to be made"),
        _UNAVAILABLE,
    ),
    Row(
        "absent_unclear",
        Words("3.补正后申请内容仍不明确", "3. Still unclear after correction"),
        _UNAVAILABLE,
    ),
    Row(
        "unprocessed_petition",
        Words("1.信访举报投诉类申请", "1. Petition, report or complaint"),
        _UNPROCESSED,
    ),
    Row("unprocessed_again", Words("2.重复申请", "2. Asked again"), _UNPROCESSED),
    Row(
        "unprocessed_print",
        Words("3.要求提供公开出版物", "3. Asks for a publication"),
        _UNPROCESSED,
    ),
    Row(
        "unprocessed_mass",
        Words("4.无正当理由大量反复申请", "4. Many repeated requests without good reason"),
        _UNPROCESSED,
    ),
    Row(
        "unprocessed_confirm",
        Words(
            "5.要求行政机关确认或重新出具已获取信息",
            "5. Asks to confirm or reissue information already obtained",
        ),
        _UNPROCESSED,
    ),
    Row(
        "other_uncorrected",
        Words(
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "1. Not corrected in time without good reason",
        ),
        _OTHERWISE,
    ),
    Row(
        "other_unpaid",
        Words(
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "2. Fee not paid in time",
        ),
        _OTHERWISE,
    ),
    Row("other_else", Words("3.其他", "3. Other"), _OTHERWISE),
)
HANDLED = Row("handled", Words("（七）总计", "(7) Total handled"))
CARRIED_OUT = Row("carried_out", Words("四、结转下年度继续办理", "IV. Carried over into the next year"))

REQUESTS = Chapter(
    "requests",
    3,
    Words("收到和处理政府信息公开申请情况", "Requests received and handled"),
    (
        Grid(
            "requests",
            Words("政府信息公开申请办理情况（单位：件）", "Requests by kind of applicant and by result"),
            "711号 art 50(2)",
            (NATURAL, *BODIES, TOTAL),
            (RECEIVED, CARRIED_IN, *RESULTS, HANDLED, CARRIED_OUT),
        ),
    ),
)

# --- chapter 4: reviews and lawsuits ----------------------------------------------------------

_COURT = Words("行政诉讼", "Administrative lawsuits")
OUTCOMES = (
    Column("upheld", Words("结果维持", "Upheld")),
    Column("corrected", Words("结果纠正", "Corrected")),
    Column("otherwise", Words("其他结果", "Other result")),
    Column("open", Words("尚未审结", "Not yet decided")),
)

DISPUTES = Chapter(
    "disputes",
    4,
    Words("政府信息公开行政复议、行政诉讼情况", "Administrative reviews and lawsuits"),
    (
        Grid(
            "disputes",
            Words("行政复议、行政诉讼（单位：件）", "Reviews and lawsuits by result"),
            "711号 art 50(3)",
            (*OUTCOMES, TOTAL),
            (
                Row("review", Words("行政复议", "Administrative review")),
                Row("court_direct", Words("未经复议直接起诉", "Sued without review"), _COURT),
                Row("court_after", Words("复议后起诉", "Sued after review"), _COURT),
            ),
        ),
    ),
)

CHAPTERS: dict[str, Chapter] = {chapter.code: chapter for chapter in (PROACTIVE, REQUESTS, DISPUTES)}
