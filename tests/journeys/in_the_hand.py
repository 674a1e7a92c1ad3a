"""A poster as somebody holds it: its QR code as it is drawn, number and check code as they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2
import segno
from PIL import Image

from relief.publicity.pieces_office import PDFIUM
from tests.portal.publicity import papers

#: dots a module on the picture of the sheet, roughly; fewer and neighbours run together
SCALE = 5.0
NUMBER = re.compile(r"g[sg]-\d{3}-\d{4}-\d{3}")
CODE = re.compile(r"(?<![A-Z0-9-])[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}(?![A-Z0-9-])")
RUN = re.compile(rb"\x00+|\xff+")
#: dark, light, dark, light, dark of a corner of the code
CORNER = (1, 1, 3, 1, 1)

Modules = list[list[bool]]


@dataclass(frozen=True)
class Spot:
    """The middle of what may be a corner of the code, and the size of its modules, in dots."""

    x: float
    y: float
    size: float

    def is_near(self, other: Spot) -> bool:
        return abs(self.x - other.x) < 2 * self.size and abs(self.y - other.y) < 2 * self.size

    @classmethod
    def middle_of(cls, spots: list[Spot]) -> Spot:
        count = len(spots)
        return cls(
            sum(one.x for one in spots) / count,
            sum(one.y for one in spots) / count,
            sum(one.size for one in spots) / count,
        )


@dataclass(frozen=True)
class Poster:
    """What is read from the first sheet."""

    number: str
    code: str
    modules: Modules

    def leads_to(self, address: str) -> bool:
        """Whether the code drawn on the paper is the code of this address, module by module."""
        drawn = segno.make(address, error="m", micro=False).matrix
        return self.modules == [[bool(module) for module in line] for line in drawn]


def poster_of(pdf: bytes) -> Poster:
    """Read a poster; the check code is the one after its label in the foot, not a row's."""
    text = papers.sheets_of(pdf)[0]
    number = NUMBER.search(text)
    code = re.search(rf"核对码\s*({CODE.pattern})", text)
    assert number and code, text
    with PDFIUM, pypdfium2.PdfDocument(pdf) as paper:
        sheet = paper[0].render(scale=SCALE).to_pil().convert("L").point(lambda dot: 255 * (dot >= 128))
    return Poster(number.group(), code.group(1), modules_of(sheet))


def modules_of(sheet: Image.Image) -> Modules:
    """The one upright QR code on a picture in black and white, found by its three corners."""
    wide, high = sheet.size
    corners = _corners(sheet.tobytes(), wide, high)
    left, right = min(one.x for one in corners), max(one.x for one in corners)
    top, bottom = min(one.y for one in corners), max(one.y for one in corners)
    size = sum(one.size for one in corners) / len(corners)
    assert abs((right - left) - (bottom - top)) < size, "no QR code is seen"
    version = round(((right - left) / size - 10) / 4)  # codes are 21, 25, 29 … modules wide
    count = 17 + 4 * version
    step = (right - left) / (count - 7)  # from the middle of a corner to that of the next
    first_x, first_y = left - 3 * step, top - 3 * step
    return [
        [sheet.getpixel((round(first_x + x * step), round(first_y + y * step))) < 128 for x in range(count)]
        for y in range(count)
    ]


def _corners(dots: bytes, wide: int, high: int) -> list[Spot]:
    """The three squares 1:1:3:1:1 that most lines see, both along the line and across it.

    Elsewhere in the code or in a letter the measure occurs too, but for a line or two only.
    """
    groups: list[list[Spot]] = []
    for y in range(0, high, 2):
        for x, size in _runs(dots[y * wide : (y + 1) * wide]):
            above = max(round(y - 6 * size), 0)
            for middle, other in _runs(dots[round(x) :: wide][above : round(y + 6 * size)]):
                seen = Spot(x, above + middle, size)
                if abs(seen.y - y) < 2 * size and abs(other - size) < 0.35 * size:
                    near = next((group for group in groups if group[0].is_near(seen)), None)
                    groups.append([seen]) if near is None else near.append(seen)
    assert len(groups) >= 3, "no QR code is seen"
    return [Spot.middle_of(group) for group in sorted(groups, key=len)[-3:]]


def _runs(line: bytes) -> list[tuple[float, float]]:
    """(middle, size of a module) of each stretch of a line with the measure of a corner."""
    runs = [(run[0][0] < 128, run.start(), run.end() - run.start()) for run in RUN.finditer(line)]
    found = []
    for five in zip(runs, runs[1:], runs[2:], runs[3:], runs[4:], strict=False):
        size = sum(length for _dark, _at, length in five) / 7
        fits = all(
            abs(length - part * size) < 0.5 * size
            for part, (_d, _at, length) in zip(CORNER, five, strict=True)
        )
        if five[0][0] and fits and size > 2:
            found.append((five[0][1] + 3.5 * size, size))
    return found
