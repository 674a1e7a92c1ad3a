"""Photos of notice boards for the demo: drawn by us, one like no other, without a readable word (示意图)."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from relief.confidential.pictures import Picture, decode

WIDTH, HEIGHT = 960, 720
#: sheets across and down the board
ACROSS, DOWN = 5, 2
WALLS = ((176, 150, 131), (203, 196, 180), (148, 158, 160), (188, 170, 140))
FRAMES = ((140, 38, 34), (64, 84, 120), (96, 96, 96))
FELTS = ((38, 92, 66), (172, 44, 40), (222, 214, 196), (52, 70, 110))
PAPERS = ((252, 251, 246), (250, 246, 226), (238, 244, 250), (248, 226, 214))


def photo_of_board(board: str, moment: str) -> Picture:
    """The picture that somebody at a board takes, through the same door as an officer's upload."""
    return decode(drawn(board, moment), name="board.jpg")


def drawn(board: str, moment: str) -> bytes:
    """JPEG bytes of an invented board: its colours stay, what hangs there and where one stands changes."""
    of_board, rng = Random(f"board {board}"), Random(f"board {board} {moment}")
    wall = of_board.choice(WALLS)
    image = Image.new("RGB", (WIDTH, HEIGHT), wall)
    pen = ImageDraw.Draw(image)
    _bricks(pen, wall)
    left, top = rng.randint(50, 140), rng.randint(60, 130)
    right, bottom = WIDTH - rng.randint(50, 140), HEIGHT - rng.randint(90, 170)
    pen.rectangle((left - 18, top - 18, right + 18, bottom + 18), fill=of_board.choice(FRAMES))
    pen.rectangle((left, top, right, bottom), fill=of_board.choice(FELTS))
    wide, high = (right - left) // ACROSS, (bottom - top) // DOWN
    places = [(left + wide * x, top + high * y) for y in range(DOWN) for x in range(ACROSS)]
    for x, y in rng.sample(places, rng.randint(5, 8)):
        _sheet(pen, rng, (x + rng.randint(6, 22), y + rng.randint(6, 26)), (wide - 34, high - 44))
    written = BytesIO()
    image.save(written, "JPEG", quality=82)
    return written.getvalue()


def _bricks(pen: ImageDraw.ImageDraw, wall: tuple[int, int, int]) -> None:
    joint = tuple(max(part - 18, 0) for part in wall)
    for row, y in enumerate(range(0, HEIGHT, 36)):
        pen.line((0, y, WIDTH, y), fill=joint, width=3)
        for x in range(-40 * (row % 2), WIDTH, 80):
            pen.line((x, y, x, y + 36), fill=joint, width=3)


def _sheet(pen: ImageDraw.ImageDraw, rng: Random, at: tuple[int, int], size: tuple[int, int]) -> None:
    """A sheet with a title and grey lines where its words are, held by two pins."""
    (x, y), (wide, high) = at, size
    pen.rectangle((x, y, x + wide, y + high), fill=rng.choice(PAPERS))
    pen.rectangle((x + wide // 5, y + 16, x + wide * 4 // 5, y + 26), fill=rng.choice(FRAMES))
    for line in range(y + 44, y + high - 14, rng.randint(11, 17)):
        pen.line((x + 12, line, x + wide - rng.randint(12, 50), line), fill=(120, 120, 124), width=4)
    for pin in (x + 8, x + wide - 8):
        pen.ellipse((pin - 5, y + 3, pin + 5, y + 13), fill=(196, 52, 48))
