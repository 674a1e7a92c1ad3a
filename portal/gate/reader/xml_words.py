"""The words of an XML part: paragraphs and table rows as units, deleted words, attributes that hold words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from portal.gate.reader.found import BROKEN, ENTITY, Found, Place, Text, Unread

#: elements whose text belongs together
ROWS = {"tr", "table-row"}
BLOCKS = {"p", "h", "si", "comment", "threadedComment", "text"} | ROWS
CELLS = {"tc", "table-cell", "td", "th"}
SPACES = {"tab", "br", "cr", "line-break", "s"}
DELETED = {"delText"}
#: instructions of fields stand beside the text
ASIDE = {"instrText", "delInstrText"}
#: measures in units of drawings
MEASURES = {"posOffset", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "ext", "off"}
#: attributes that people's words stand in; others are read where they hold signs of Chinese or long numbers
WORDED = {
    "alt", "author", "caption", "content", "creator", "defaultvalue", "descr", "description", "display",
    "displayname", "error", "errortitle", "href", "initials", "instr", "label", "location", "name", "prompt",
    "prompttitle", "string", "target", "text", "title", "tooltip", "uri", "value",
}  # fmt: skip
#: numbers that programs write by themselves
MACHINE = re.compile(
    r"rsid\w*|paraid|textid|durableid|id|embed|cx|cy|x|y|w|h|uid|guid|clsid|fmtid"
    r"|d|points|viewbox|transform|path|style|boundary|ctm|deltax|deltay|physicalbox",
    re.IGNORECASE,
)
LONG = re.compile(r"\d(?:[\s-]*\d){10}")
CHINESE = re.compile(r"[^\x00-\x7f]")


@dataclass
class Words:
    """Receives the events of the parser and keeps texts in `found`; `at` counts the units."""

    found: list[Text] = field(default_factory=list)
    units: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])
    path: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    at: int = 0
    #: rows that are open: what lies in one belongs to it
    rows: int = 0

    def place(self) -> Place:
        return (("paragraph", self.at),)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2]
        self.path.append(local)
        within_row = self.rows > 0
        self.rows += local in ROWS
        if local in BLOCKS and not within_row:
            self.units.append([])
            self.at += 1
        elif local in ASIDE or len(self.units) == 1:
            self.flush()
        for name, value in attributes.items():
            self.attribute(name.rpartition("}")[2], value)

    def attribute(self, name: str, value: str) -> None:
        """An attribute with words of a person, each wording once."""
        if value in self.seen or MACHINE.fullmatch(name):
            return
        if name.lower() in WORDED or CHINESE.search(value) or LONG.search(value):
            self.seen.add(value)
            self.found.append(Text((*self.place(), ("attribute", name)), value))

    def data(self, text: str) -> None:
        local = self.path[-1] if self.path else ""
        if local in ASIDE:
            self.found.append(Text((*self.place(), ("attribute", "field")), text))
        elif local not in MEASURES:
            self.units[-1].append((text, local in DELETED))

    def end(self, tag: str) -> None:
        local = self.path.pop()
        self.rows -= local in ROWS
        if local in BLOCKS and not self.rows:
            self.flush()
            self.units.pop()
        elif local in CELLS:
            self.units[-1].append(("\t", False))
        elif local in SPACES or local in BLOCKS:
            self.units[-1].append((" ", False))
        elif len(self.units) == 1:
            self.flush()

    def comment(self, text: str) -> None:
        self.found.append(Text((*self.place(), ("attribute", "comment")), text))

    def close(self) -> None:
        self.flush()

    def flush(self) -> None:
        """Hand out the unit: as it is read, and with what was deleted from it."""
        if not self.units[-1]:
            return
        unit, self.units[-1] = self.units[-1], []
        visible = "".join(text for text, deleted in unit if not deleted)
        if visible.strip():
            self.found.append(Text(self.place(), visible.strip(" \r\n")))
        if any(deleted for _text, deleted in unit):
            self.found.append(Text((*self.place(), ("deleted",)), "".join(text for text, _deleted in unit)))


class Forbidden(Exception):
    """A document type: entities begin with one, and no part of an office file needs it."""


def read_xml(data: bytes, words: Words | None = None) -> Found:
    """The words of a part. A document type or entity is never resolved: the part counts as unread.

    Expat is asked directly, and refuses what defusedxml refuses with `forbid_dtd`: through ElementTree a
    workbook of 200,000 cells takes three times as long.
    """
    words = words or Words()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = words.start, words.end
    parser.CharacterDataHandler, parser.CommentHandler = words.data, words.comment
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _forbid
    parser.ExternalEntityRefHandler = parser.UnparsedEntityDeclHandler = _forbid
    try:
        parser.Parse(data, True)
        words.close()
    except Forbidden:
        yield Unread((), ENTITY)
        return
    except expat.ExpatError:
        yield Unread((), BROKEN)
        return
    yield from words.found


def _forbid(*_told: object) -> NoReturn:
    raise Forbidden
