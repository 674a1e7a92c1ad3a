"""Read a list's forms as a stranger would: the page's table, the CSV, the JSON; recompute the digest.

Independent of the site's own code on purpose: a fault there must not hide itself here.
"""

import csv
import hashlib
import io
import json
import unicodedata
from html.parser import HTMLParser

import openpyxl

KEYS = ("schema", "number", "kind", "area", "revision", "columns", "commitments")
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class TableReader(HTMLParser):
    """The rows of the first table: what the eye sees, hidden words left out."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._within: list[str] = []
        self._hidden = 0
        self._done = False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "tr" and "tbody" in self._within:
            self.rows.append([])
        if tag in ("td", "th") and "tbody" in self._within:
            self.rows[-1].append("")
        if tag in ("table", "tbody", "tr", "td", "th", "span"):
            self._within.append(tag)
        if self._hidden or "visually-hidden" in (given.get("class") or ""):
            self._hidden += tag == "span"

    def handle_endtag(self, tag):
        if self._within and self._within[-1] == tag:
            self._within.pop()
        self._hidden -= tag == "span" and self._hidden > 0

    def handle_data(self, data):
        if (
            self._within
            and "tbody" in self._within
            and ({"td", "th"} & set(self._within))
            and not self._hidden
        ):
            self.rows[-1][-1] += data.strip()


def page_rows(html: str) -> list[list[str]]:
    reader = TableReader()
    reader.feed(html)
    return reader.rows


def csv_lines(data: bytes) -> list[list[str]]:
    """Header and rows; the file begins with the byte order mark."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def csv_rows(data: bytes) -> list[list[str]]:
    """Rows below the header."""
    return csv_lines(data)[1:]


def xlsx_rows(data: bytes) -> list[list[str]]:
    """Rows below the header as they are shown: a number that the file formats as money has two decimals."""
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [[_shown(cell) for cell in line] for line in page.iter_rows(min_row=2)]


def _shown(cell) -> str:
    if cell.value is None:
        return ""
    return f"{cell.value:.2f}" if cell.number_format == "#,##0.00" else str(cell.value)


def canonical(value) -> bytes:
    def plain(one):
        if isinstance(one, str):
            return unicodedata.normalize("NFC", one)
        if isinstance(one, list):
            return [plain(item) for item in one]
        if isinstance(one, dict):
            return {key: plain(item) for key, item in one.items()}
        assert isinstance(one, int), one
        return one

    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commitment(salt: str, row: dict) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + canonical(row)).hexdigest()


def digest(document: dict) -> str:
    return hashlib.sha256(canonical({key: document[key] for key in KEYS})).hexdigest()


def check_code(digest_hex: str) -> str:
    bits = bin(int(digest_hex, 16))[2:].zfill(256)[:40]
    text = "".join(ALPHABET[int(bits[start : start + 5], 2)] for start in range(0, 40, 5))
    return f"{text[:4]}-{text[4:]}"
