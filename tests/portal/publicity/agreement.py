"""All forms of one list, read with parsers of their own and laid over its JSON, value by value.

The JSON is the measure because its rows prove themselves by salt and commitment. What a value says in words
is written down here once more, for a fault in the site's own words must not hide itself.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import openpyxl
from bs4 import BeautifulSoup
from django.test import Client
from icalendar import Calendar

from tests.portal.publicity import reading, tagged_pdf

LANGUAGES = {"zh": "", "en": "/en"}
MONEY = {"income_per_head", "difference", "top_up", "amount"}
WORDS = {
    "zh": {
        "withheld-by-law": "依法不公开姓名",
        "withheld-on-request": "经申请不公开姓名",
        "changed": "金额变更",
        "ended": "终止保障",
        "left": "本行已退出名单",
    },
    "en": {
        "withheld-by-law": "name withheld by law",
        "withheld-on-request": "name withheld on request",
        "changed": "amount changed",
        "ended": "guarantee ended",
        "left": "this row has left the list",
    },
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ATOM = "{http://www.w3.org/2005/Atom}"
#: forms that show no row, but tell how many there are
TEXTS = {"history", "loudspeaker", "feed", "calendar"}
COUNTS = re.compile(r"(\d+)\s*(?:户|households?)\s*[，、,]\s*(\d+)\s*(?:人|persons?)")


@dataclass
class Form:
    """What one form says in one language: its headings, its rows, its text with counts and sum."""

    key: str
    language: str
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    text: str = ""


def address(document: dict[str, Any], language: str) -> str:
    section = "publicity" if document["kind"] == "gs" else "announcements"
    return f"{LANGUAGES[language]}/{section}/{document['number']}/"


def document_of(client: Client, kind: str, number: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{address({'kind': kind, 'number': number}, 'zh')}data.json").json()
    return found


# --- the measure ------------------------------------------------------------------------------------


def measure(document: dict[str, Any], language: str) -> Form:
    """What every form of the list has to say, from its JSON alone."""
    columns = document["columns"]
    rows = {
        one["row"]["row"]: [_said(document, language, key, one["row"][key]) for key in columns]
        for one in document["rows"]
    }
    blanks = [""] * (len(columns) - 2)
    rows |= {left["row"]: [str(left["row"]), WORDS[language]["left"], *blanks] for left in document["left"]}
    heads = [document["labels"]["columns"][key][language] for key in columns]
    return Form("json", language, heads, [rows[number] for number in sorted(rows)])


def _said(document: dict[str, Any], language: str, key: str, value: Any) -> str:
    if key in ("name", "change"):
        return WORDS[language].get(value, value)
    if key == "community":
        return str(document["labels"]["communities"][value][language])
    if key == "from_month":
        year, month = value.split("-")
        return f"{year}年{int(month)}月" if language == "zh" else f"{MONTHS[int(month) - 1]} {year}"
    return str(value)


# --- the forms --------------------------------------------------------------------------------------


def forms(client: Client, document: dict[str, Any], language: str) -> Iterator[Form]:
    """Every form but the poster: those that show rows, then those that tell counts alone."""
    at = address(document, language)
    columns = document["columns"]
    yield page(client, document, language)
    lines = reading.csv_lines(_bytes(client, f"{at}data.csv"))
    yield Form("csv", language, lines[0], lines[1:])
    yield workbook(_bytes(client, f"{at}data.xlsx"), language)
    data = json.loads(_bytes(client, f"{at}screen.json"))
    yield from (screen(item, columns, language) for item in data["items"])
    html = BeautifulSoup(_bytes(client, f"{at}screen/"), "html.parser")
    assert json.loads(html.select_one("script#data").string)["items"] == data["items"]
    yield _table("screen", language, html.select_one("noscript table"))
    history = BeautifulSoup(_bytes(client, f"{at}history/"), "html.parser")
    yield Form("history", language, text=history.main.get_text(" "))
    yield Form("loudspeaker", language, text=_bytes(client, f"{at}loudspeaker.txt").decode())
    feed = f"{LANGUAGES[language]}/feeds/lists-{document['area']}"
    entries = ElementTree.fromstring(_bytes(client, f"{feed}.atom")).findall(f"{ATOM}entry")
    told = [
        one.findtext(f"{ATOM}summary", "")
        for one in entries
        if one.find(f"{ATOM}link").get("href").endswith(at)
    ]
    yield Form("feed", language, text="\n".join(told))
    events = Calendar.from_ical(_bytes(client, f"{feed}.ics")).walk("VEVENT")
    told = [str(one["description"]) for one in events if str(one["url"]).endswith(at)]
    yield Form("calendar", language, text="\n".join(told))


def page(client: Client, document: dict[str, Any], language: str) -> Form:
    """The web page, page by page; its sum stands among its particulars."""
    at, found = address(document, language), Form("page", language)
    shown, number = len(document["rows"]) + len(document["left"]), 1
    while number == 1 or len(found.rows) < shown:
        html = BeautifulSoup(_bytes(client, f"{at}?page={number}"), "html.parser")
        one = _table("page", language, html.select_one("table#rows"))
        found.heads, found.text = one.heads, found.text + html.main.get_text(" ")
        if not one.rows:
            break
        found.rows += one.rows
        number += 1
    return found


def _table(key: str, language: str, table: Any) -> Form:
    """A table as the eye sees it: what only a screen reader says is left out."""
    if table is None:
        return Form(key, language)
    for hidden in table.select(".govuk-visually-hidden"):
        hidden.decompose()
    lines = [[cell.get_text() for cell in line.find_all(["td", "th"])] for line in table.select("tbody tr")]
    heads = [cell.get_text() for cell in table.select("thead th")]
    return Form(key, language, heads, lines, table.get_text(" "))


def workbook(data: bytes, language: str) -> Form:
    sheet, about = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    heads = [str(cell.value) for cell in sheet[1]]
    said = "\n".join(f"{label.value}: {value.value}" for label, value in about.iter_rows())
    return Form("xlsx", language, heads, reading.xlsx_rows(data), said)


def screen(item: dict[str, Any], columns: list[str], language: str) -> Form:
    """As `screen.js` draws it: a value, or the words that came with it; every drawn row proves itself."""
    assert [key for key, *_more in item["columns"]] == columns
    seals, rows = list(item["seals"]), []
    left = WORDS[language]["left"]
    for place, salt, row in item["rows"]:
        if not salt:
            rows.append([str(row["row"]), left, *[""] * (len(columns) - 2)])
            continue
        assert seals[place] is None
        seals[place] = reading.commitment(salt, row)
        rows.append([item["words"].get(key, {}).get(str(row[key]), str(row[key])) for key in columns])
    assert reading.digest({**item["head"], "commitments": seals}) == item["digest"]
    return Form("screen-data", language, [label for _key, label, _numeric in item["columns"]], rows)


def poster(client: Client, document: dict[str, Any], language: str) -> Form:
    """By its tags, as a screen reader takes it, sheet after sheet.

    The header row is tagged once and printed on every sheet with rows.
    """
    sheets = tagged_pdf.sheets_of(_bytes(client, f"{address(document, language)}poster.pdf"))
    assert len({tuple(sheet.heads) for sheet in sheets if sheet.heads}) <= 1
    heads = next((sheet.heads for sheet in sheets if sheet.heads), [])
    printed = ["".join(sheet.text.split()) for sheet in sheets if sheet.rows]
    assert all("".join(head.split()) in text for text in printed for head in heads)
    return Form(
        "poster",
        language,
        heads,
        [row for sheet in sheets for row in sheet.rows],
        "\n".join(sheet.text for sheet in sheets),
    )


def _bytes(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# --- the comparison ---------------------------------------------------------------------------------


def differences(document: dict[str, Any], form: Form) -> list[str]:
    """Where a form doesn't say what the JSON says: which row, which column, both values."""
    columns, wanted = document["columns"], measure(document, form.language)
    where = f"{document['number']} {form.key}.{form.language}"
    found = [f"{where} {words}" for words in _counts_that_differ(document, form)]
    if form.key in TEXTS or not (form.rows or wanted.rows):
        return found
    if len(form.rows) != len(wanted.rows):
        return [*found, f"{where}: {len(form.rows)} rows, not {len(wanted.rows)}"]
    for number, (line, right) in enumerate(
        zip([form.heads, *form.rows], [wanted.heads, *wanted.rows], strict=True)
    ):
        filled = [*line, *[""] * (len(columns) - len(line))]  # a row that has left is one broad cell
        for key, one, other in zip(columns, filled, right, strict=True):
            if alike(key, one) != alike(key, other):
                found.append(f"{where} line {number} {key}: {one!r}, not {other!r}")
    return found


def alike(key: str, text: str) -> str:
    """A value without blanks (a narrow column breaks words); of an amount, what it is worth."""
    tight = "".join(text.split())
    if key in MONEY and re.fullmatch(r"-?[\d,]+(\.\d+)?", tight):
        return f"{Decimal(tight.replace(',', '')):.2f}"
    return tight


def _counts_that_differ(document: dict[str, Any], form: Form) -> Iterator[str]:
    """Households and persons wherever a form tells them, and the page's sum."""
    counted = (str(document["entries"]), str(document["persons"]))
    told = set(COUNTS.findall(form.text))
    if form.text and told != {counted}:
        yield f"counts {sorted(told)}, not {counted}"
    if form.key == "page" and document["amount_sum"] is not None:
        total = f"{Decimal(document['amount_sum']):,.2f}".removesuffix(".00")
        if not re.search(rf"(?<![\d,]){re.escape(total)}\s*(?:元|yuan)", form.text):
            yield f"sum {total} isn't told"


def faults_of_the_measure(document: dict[str, Any]) -> list[str]:
    """Whether the JSON's own rows prove themselves and add up to what it says of all of them."""
    rows, where = [one["row"] for one in document["rows"]], document["number"]
    proven = {reading.commitment(one["salt"], one["row"]) for one in document["rows"]}
    found = [] if proven <= set(document["commitments"]) else [f"{where}: a row without its commitment"]
    if reading.digest(document) != document["digest"]:
        found.append(f"{where}: digest")
    if len(rows) == document["entries"]:
        columns = document["columns"]
        if "persons" in columns and sum(row["persons"] for row in rows) != document["persons"]:
            found.append(f"{where}: persons")
        total = document["amount_sum"]
        if total is not None and sum(Decimal(row["amount"]) for row in rows) != Decimal(total):
            found.append(f"{where}: sum")
    return found
