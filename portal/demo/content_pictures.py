"""Pictures of the demo's texts (插图), drawn by us with the pinned font: charts and sketches, no photos."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import noto_cjk_sans_otc
from PIL import Image, ImageDraw, ImageFont

INK, PAPER, BLUE, PALE, RED, GREY = "#1d2733", "#ffffff", "#1d5fa8", "#e4eef8", "#b3261e", "#8a949e"
Words = dict[str, Sequence[str]]


@functools.cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font of our papers, in dots."""
    path = next(Path(noto_cjk_sans_otc.__file__).parent.rglob("*.ttc"), None)
    path = path or next(Path(noto_cjk_sans_otc.__file__).parent.rglob("*.otf"))
    return ImageFont.truetype(str(path), size, index=2 if path.suffix == ".ttc" else 0)


class Canvas:
    """A white sheet to draw on, with words centred where they are put."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width, height), PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def words(
        self, at: tuple[float, float], text: str, size: int = 26, fill: str = INK, anchor: str = "mm"
    ) -> None:
        for line, part in enumerate(text.split("\n")):
            self.pen.text(
                (at[0], at[1] + line * size * 1.35), part, fill=fill, font=font(size), anchor=anchor
            )

    def box(self, place: tuple[int, int, int, int], text: str, *, fill: str = PALE, size: int = 24) -> None:
        left, top, right, bottom = place
        self.pen.rounded_rectangle(place, 12, fill=fill, outline=BLUE, width=3)
        lines = text.count("\n")
        self.words(((left + right) / 2, (top + bottom) / 2 - lines * size * 0.675), text, size)

    def arrow(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        (_x, _y), (x, y) = start, end
        self.pen.line((start, end), fill=BLUE, width=4)
        if y == start[1]:
            self.pen.polygon(((x, y), (x - 14, y - 9), (x - 14, y + 9)), fill=BLUE)
        else:
            self.pen.polygon(((x, y), (x - 9, y - 14), (x + 9, y - 14)), fill=BLUE)

    def png(self) -> bytes:
        written = BytesIO()
        self.image.save(written, "PNG", optimize=False)
        return written.getvalue()


def procedure(language: str) -> bytes:
    """The road of an application, two rows of three steps."""
    steps = {
        "zh": ["提出申请", "街道受理\n3个工作日", "入户调查\n信息核对", "初审意见\n5个工作日", "公示\n7天",
               "区民政局决定\n10个工作日", "公告和发放\n次月起"],
        "en": ["Apply", "Acceptance\n3 working days", "Survey and\ncross-check", "Opinion\n5 working days",
               "Public list\n7 days", "Bureau decides\n10 working days", "Payment\nfrom next month"],
    }[language]  # fmt: skip
    canvas = Canvas(1200, 460)
    for at, words in enumerate(steps):
        row, column = divmod(at, 4)
        left, top = 40 + column * 290, 60 + row * 200
        canvas.box((left, top, left + 240, top + 120), words)
        if column < 3 and at < len(steps) - 1:
            canvas.arrow((left + 242, top + 60), (left + 288, top + 60))
    canvas.pen.line(((1030, 182), (1030, 220), (160, 220)), fill=BLUE, width=4)
    canvas.arrow((160, 220), (160, 258))
    return canvas.png()


def publicity_days(language: str) -> bytes:
    """Seven days on a line, and what comes after."""
    day = {"zh": "第{}天", "en": "Day {}"}[language]
    first, last, after = {
        "zh": ("网站和公告栏\n都已公示", "期满，网站\n不再显示姓名", "3个工作日内\n取下名单"),
        "en": (
            "website and\nboards show it",
            "period ends,\nnames go",
            "sheet taken down\nin 3 working days",
        ),
    }[language]
    canvas = Canvas(1200, 360)
    canvas.pen.line(((60, 180), (1140, 180)), fill=GREY, width=6)
    for number in range(1, 8):
        x = 20 + number * 120
        canvas.pen.ellipse((x - 26, 154, x + 26, 206), fill=BLUE)
        canvas.words((x, 178), str(number), 28, PAPER)
        canvas.words((x, 120), day.format(number), 22)
    canvas.words((140, 250), first, 24)
    canvas.words((860, 250), last, 24)
    canvas.pen.ellipse((1034, 154, 1086, 206), fill=RED)
    canvas.words((1060, 250), after, 24)
    return canvas.png()


def check_code(language: str) -> bytes:
    """A sheet on a board and a web page with the same code."""
    board, site, code = {
        "zh": ("社区公告栏", "本网站", "核对码"),
        "en": ("Bulletin board", "Website", "Check code"),
    }[language]
    canvas = Canvas(1000, 460)
    for left, title in ((60, board), (560, site)):
        canvas.pen.rectangle((left, 60, left + 380, 400), fill=PALE, outline=BLUE, width=4)
        canvas.words((left + 190, 100), title, 30)
        for line in range(5):
            y = 150 + line * 30
            canvas.pen.line(((left + 40, y), (left + 340 - line % 3 * 30, y)), fill=GREY, width=8)
        canvas.words((left + 190, 340), f"{code} 7K3M-9QXT", 28, RED)
    canvas.words((500, 340), "＝", 44, RED)
    return canvas.png()


def funds_2025(language: str) -> bytes:
    """Bars of the year's expenses by programme, 10,000 yuan."""
    names = {
        "zh": ["最低生活保障", "特困供养", "临时救助"],
        "en": ["Minimum living\nguarantee", "Extreme hardship", "Temporary relief"],
    }[language]
    canvas = Canvas(1100, 380)
    for at, (name, value) in enumerate(zip(names, (5386.2, 386.4, 212.7), strict=True)):
        top = 50 + at * 105
        canvas.words((260, top + 35 - name.count("\n") * 16), name, 26, anchor="rm")
        canvas.pen.rectangle((290, top, 290 + int(value / 5386.2 * 620), top + 70), fill=BLUE)
        canvas.words((305 + value / 5386.2 * 620, top + 35), f"{value:,.1f}", 26, anchor="lm")
    return canvas.png()


def district_map(language: str) -> bytes:
    """Where the seven streets lie to each other; a sketch without a scale."""
    names = {
        "zh": ["河东街道", "枫林街道", "望桥街道", "清源街道", "新渡街道", "松岗街道", "锦湖街道"],
        "en": ["Hedong", "Fenglin", "Wangqiao", "Qingyuan", "Xindu", "Songgang", "Jinhu"],
    }[language]
    places = ((420, 190), (180, 90), (640, 90), (880, 210), (700, 370), (190, 350), (440, 400))
    counter, river = {"zh": ("区救助窗口", "明河"), "en": ("Relief counter", "Ming River")}[language]
    canvas = Canvas(1100, 500)
    canvas.pen.line(
        ((0, 300), (250, 250), (500, 300), (800, 290), (1100, 330)), fill="#9cc3e6", width=26, joint="curve"
    )
    canvas.words((1010, 320), river, 22, BLUE)
    for (x, y), name in zip(places, names, strict=True):
        canvas.box((x - 95, y - 38, x + 95, y + 38), name)
    canvas.pen.ellipse((505, 130, 529, 154), fill=RED)
    canvas.words((536, 142), counter, 20, RED, anchor="lm")
    return canvas.png()


PICTURES: dict[str, Callable[[str], bytes]] = {
    "procedure": procedure,
    "publicity-days": publicity_days,
    "check-code": check_code,
    "funds-2025": funds_2025,
    "district-map": district_map,
}
