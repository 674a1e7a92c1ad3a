"""A page in pieces: texts of its blocks, cells by row and column, attributes, comments, scripts."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from relief.publicity.place import Piece, TableReader

#: a text runs on through these
INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins"}
INLINE |= {"kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"}
INLINE |= {"var", "wbr"}
#: drawings: a path is coordinates, no text
SHAPES = ("d", "points", "viewbox", "transform", "width", "height", "x", "y", "x1", "x2", "y1", "y2", "r")
#: names of XML vocabularies, whose years are no dates of anybody
NAMESPACES = ("http://www.w3.org/", "http://ns.adobe.com/", "http://purl.org/", "http://www.aiim.org/")
#: names of files of the site itself, with their hashes
OWN_FILES = ("/static/",)


def html_pieces(body: bytes) -> Iterator[Piece]:
    """Pieces of HTML or XML."""
    reader = _Reader()
    reader.feed(body.decode())
    reader.close()
    reader.end_of_block()
    yield from reader.pieces


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.text: list[str] = []
        self.block = "text"
        self.table = TableReader()
        self.cells: list[str] | None = None
        self.in_svg = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_svg += tag == "svg"
        for name, value in attrs:
            drawn = self.in_svg and name in SHAPES
            named = name.startswith("xmlns") and value and value.startswith(NAMESPACES)
            if value and not drawn and not named and not value.startswith(OWN_FILES):
                self.pieces.append(Piece(value, ("attribute", f"{tag} {name}", self.getpos()[0])))
        if tag in INLINE:
            return
        if tag == "tr":
            self.end_of_block()
            self.cells = []
        elif tag in ("td", "th") and self.cells is not None:
            self.text = []
        elif self.cells is None or tag == "table":
            self.end_of_block()
            self.cells = None
            self.block = tag
        if tag == "table":
            self.table = TableReader()

    def handle_endtag(self, tag: str) -> None:
        self.in_svg -= tag == "svg" and self.in_svg > 0
        if tag in INLINE:
            return
        if tag in ("td", "th") and self.cells is not None:
            self.cells.append(" ".join("".join(self.text).split()))
            self.text = []
        elif tag == "tr" and self.cells is not None:
            self.pieces += self.table.row(self.cells, ("text", "tr", self.getpos()[0]))
            self.cells = None
        elif self.cells is None:
            self.end_of_block()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.pieces.append(Piece(data, ("comment", self.getpos()[0])))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def end_of_block(self) -> None:
        text = "".join(self.text).strip()
        if text:
            self.pieces.append(Piece(text, ("text", self.block, self.getpos()[0])))
        self.text = []
