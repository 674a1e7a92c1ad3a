"""A workbook's sheets, hidden ones too: rows as they are read, and texts that no cell shows any more."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Generator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from portal.gate.reader.found import BROKEN, ENTITY, Place, Text, Unread
from portal.gate.reader.xml_words import Words, read_xml

#: a whole number below this is an amount or a count, above it a number of something
MONEY_BELOW, SHOWN_FROM = 1_000_000_000, 1_000_000
#: headings of columns whose numbers are telephones or codes, whatever their kind of cell
NUMBERED = re.compile(r"电话|手机|联系|热线|证|卡|账号|帐号|tel|phone|mobile|id", re.IGNORECASE)
#: end of the name of the attribute that names a sheet's part, in either edition of the standard
RELATION = "/relationships}id"


@dataclass
class SheetWords(Words):
    """The rows of one sheet; what stands outside of its cells is read as in any part."""

    step: tuple[str | int, ...] = ()
    shared: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    row: int = 0
    column: int = 0
    kind: str = ""
    cells: dict[int, str] = field(default_factory=dict)
    numbered: set[int] = field(default_factory=set)
    value: list[str] = field(default_factory=list)

    def place(self) -> Place:
        return (self.step,)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2]
        if local == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.cells, self.column = {}, 0
        elif local == "c":
            self.column = _column(attributes.get("r", "")) or self.column + 1
            self.kind, self.value = attributes.get("t", "n"), []
        if local not in ("row", "c"):
            super().start(tag, attributes)
        else:
            self.path.append(local)

    def data(self, text: str) -> None:
        if "c" in self.path and self.path[-1] in ("v", "t"):
            self.value.append(text)
        else:
            super().data(text)

    def end(self, tag: str) -> None:
        local = tag.rpartition("}")[2]
        if local == "c":
            self.cells[self.column] = self._shown("".join(self.value))
        elif local == "row" and any(self.cells.values()):
            last = max(self.cells)
            row = "\t".join(self.cells.get(column, "") for column in range(1, min(last, 400) + 1))
            self.found.append(Text(((*self.step, self.row),), row))
            far = [text for column, text in self.cells.items() if column > 400 and text]
            self.found += [Text(((*self.step, self.row),), text) for text in far]
        if local in ("row", "c"):
            self.path.pop()
        else:
            super().end(tag)

    def _shown(self, value: str) -> str:
        if self.kind == "s":
            number = int(value or -1)
            self.used.add(number)
            value = self.shared[number] if 0 <= number < len(self.shared) else ""
        elif self.kind == "n":
            return shown_number(value, whole=self.column in self.numbered)
        if NUMBERED.search(value) and len(value) < 20:
            self.numbered.add(self.column)
        return value


def shown_number(value: str, *, whole: bool = False) -> str:
    """A number as a cell shows it: amounts of a million and more with decimals, long codes digit by digit."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return value
    if number != number.to_integral_value():
        return f"{number:f}"
    plain = f"{number.to_integral_value():f}"
    money = SHOWN_FROM <= abs(number) < MONEY_BELOW
    return f"{plain}.00" if money and not whole else plain


def read_sheets(archive: ZipFile) -> Generator[Text | Unread, None, set[str]]:
    """Every sheet of a workbook; returns the parts that need no other reading."""
    try:
        sheets = _sheets(archive)
        shared_part = next(
            (name for name in archive.namelist() if name.lower() == "xl/sharedstrings.xml"), ""
        )
        shared = _shared(archive.read(shared_part)) if shared_part else []
    except DefusedXmlException:
        yield Unread((), ENTITY)
        return set()
    except (SyntaxError, KeyError):
        yield Unread((), BROKEN)
        return set()
    used: set[int] = set()
    done = {shared_part}
    for name, state, part in sheets:
        yield Text((("sheet", name, state),), name)
        if part in archive.namelist():
            words = SheetWords(step=("sheet", name, state), shared=shared, used=used)
            yield from read_xml(archive.read(part), words)
            done.add(part)
    for number, text in enumerate(shared):
        if number not in used:
            yield Text((("leftover",),), text)
    return done


def _sheets(archive: ZipFile) -> list[tuple[str, str, str]]:
    """Name, state (visible, hidden, veryHidden) and part of each sheet."""
    relations = {
        one.get("Id"): one.get("Target", "")
        for one in fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    }
    found = []
    for one in fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True).iter():
        if one.tag.endswith("}sheet"):
            named = next((value for key, value in one.attrib.items() if key.endswith(RELATION)), "")
            target = relations.get(named, "")
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            found.append((one.get("name", ""), one.get("state", "visible"), part))
    return found


def _shared(data: bytes) -> list[str]:
    found = []
    for one in fromstring(data, forbid_dtd=True):
        found.append("".join(text.text or "" for text in one.iter() if text.tag.endswith("}t")))
    return found


def _column(reference: str) -> int:
    """B7 → 2."""
    number = 0
    for sign in reference:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number
