"""Pictures for tests: a board as a telephone takes it, and the tricks that a file may play."""

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw


def scene(
    seed: int = 1, size: tuple[int, int] = (800, 600), *, shift: int = 0, tilt: float = 0.0
) -> Image.Image:
    """A wall with a board and sheets on it; `shift` and `tilt` are of another hand with the same camera."""
    rng = random.Random(seed)
    wide, high = size
    picture = Image.new("RGB", (wide, high), (150 + rng.randrange(60), 140, 120))
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y = rng.randrange(wide), rng.randrange(high)
        colour = tuple(rng.randrange(40, 255) for _ in range(3))
        draw.rectangle([x, y, x + rng.randrange(60, 220), y + rng.randrange(60, 220)], colour)
    draw.rectangle([wide * 0.3, high * 0.2, wide * 0.7, high * 0.9], "white")
    for line in range(20):
        y = high * 0.25 + line * high * 0.03
        draw.line([wide * 0.33, y, wide * (0.45 + rng.random() * 0.2), y], "black", 3)
    if shift or tilt:
        picture = picture.rotate(tilt, Image.Resampling.BILINEAR, translate=(shift, shift // 2))
    return picture


def jpeg(picture: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", **{"quality": 90, **options})
    return out.getvalue()


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def photo(seed: int = 1, **options: object) -> bytes:
    """Bytes of a photo; another seed is another board."""
    return jpeg(scene(seed), **options)


def bomb(side: int = 60_000) -> bytes:
    """A PNG of a few kilobytes that says it has `side` × `side` pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
        + chunk(b"IEND", b"")
    )
