"""A page of an OFD file: its pieces of text, put together to lines by where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.gate.reader.found import Text
from portal.gate.reader.xml_words import Words

#: millimetres within which pieces stand on one line
LINE = 1.5


@dataclass
class PageWords(Words):
    """Collects `TextObject`s with their boundary; lines are told when the page ends."""

    texts: list[tuple[float, float, str]] = field(default_factory=list)
    here: tuple[float, float] = (0.0, 0.0)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if tag.rpartition("}")[2] == "TextObject":
            self.here = _corner(attributes.get("Boundary", ""))

    def data(self, text: str) -> None:
        if self.path and self.path[-1] == "TextCode":
            left, top = self.here
            self.texts.append((top, left, text))
        else:
            super().data(text)

    def close(self) -> None:
        super().close()
        line: list[tuple[float, str]] = []
        last: float | None = None
        for top, left, text in sorted(self.texts, key=lambda one: (one[0], one[1])):
            if last is not None and top - last > LINE:
                self._tell(line)
                line = []
            line.append((left, text))
            last = top
        self._tell(line)

    def _tell(self, line: list[tuple[float, str]]) -> None:
        if line:
            self.at += 1
            self.found.append(Text((("line", self.at),), " ".join(text for _left, text in sorted(line))))


def _corner(boundary: str) -> tuple[float, float]:
    try:
        left, top = (float(number) for number in boundary.split()[:2])
    except ValueError:
        return 0.0, 0.0
    return left, top
