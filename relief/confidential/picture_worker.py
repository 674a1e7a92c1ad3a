"""Decode one picture and encode it anew: run as a process of its own, which a hostile file may kill.

Bytes come on standard input. On standard output stand the length of a JSON head (4 bytes, big-endian), the
head and the new JPEG; a head with `fault` has no picture. Knows neither Django nor the rest of the house, so
that it starts fast and holds no secret. Only three decoders are named, by content; a name is never believed.
With `--page` the picture is meant for a page of the site: drawings stay PNG, colours are turned into sRGB.
"""

import hashlib
import io
import json
import resource
import struct
import sys

MOST_MEMORY = 900 * 1024 * 1024
MOST_SECONDS = 10
#: pixels of the upload; cameras of telephones have up to 50 million
MOST_PIXELS = 64_000_000
#: longest side of what is kept
SIDE = 2_000
QUALITY = 82
LOOK_SIDE = 16
MOST_TEXT = 200_000
#: a picture for a page: most pixels of the upload, longest side, quality
PAGE_PIXELS, PAGE_SIDE, PAGE_QUALITY = 40_000_000, 4_000, 88


class Fault(Exception):
    """Why the bytes are no picture for us, by code."""


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    make = for_page if "--page" in sys.argv[1:] else made_anew
    try:
        head, body = make(sys.stdin.buffer.read())
    except Fault as fault:
        head, body = {"fault": str(fault)}, b""
    except MemoryError:
        head, body = {"fault": "picture-too-big"}, b""
    except Exception:  # a broken file may raise anything within a decoder; its words help nobody
        head, body = {"fault": "picture-broken"}, b""
    words = json.dumps(head).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(words)) + words + body)


def made_anew(data: bytes) -> tuple[dict, bytes]:
    """Head (size, digest of pixels, look, texts by place) and the bytes of a JPEG without metadata."""
    from PIL import Image

    picture = loaded(data, MOST_PIXELS, SIDE)
    texts = texts_of(picture)
    kept = upright(flat(picture), turn_of(picture), SIDE)
    kept = Image.frombytes("RGB", kept.size, kept.tobytes())  # pixels only: nothing else comes along
    out = io.BytesIO()
    kept.save(out, "JPEG", quality=QUALITY, optimize=True)
    size = struct.pack(">II", *kept.size)
    head = {
        "width": kept.width,
        "height": kept.height,
        "pixels": hashlib.sha256(size + kept.tobytes()).hexdigest(),
        "look": look(kept),
        "texts": texts,
    }
    return head, out.getvalue()


def for_page(data: bytes) -> tuple[dict, bytes]:
    """Head (form, size, texts by place) and the picture without metadata: PNG stays PNG, the rest is JPEG."""
    from PIL import Image

    picture = loaded(data, PAGE_PIXELS, PAGE_SIDE)
    texts, turn, drawing = texts_of(picture), turn_of(picture), picture.format == "PNG"
    clear = drawing and (picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info)
    picture = in_srgb(picture)
    kept = upright(picture.convert("RGBA") if clear else flat(picture), turn, PAGE_SIDE)
    kept = Image.frombytes(kept.mode, kept.size, kept.tobytes())
    out = io.BytesIO()
    if drawing:
        kept.save(out, "PNG", optimize=True)
    else:
        kept.save(out, "JPEG", quality=PAGE_QUALITY, optimize=True)
    form = "png" if drawing else "jpg"
    return {"form": form, "width": kept.width, "height": kept.height, "texts": texts}, out.getvalue()


def loaded(data: bytes, most_pixels: int, side: int):  # type: ignore[no-untyped-def]
    """The decoded picture. Raises Fault."""
    from PIL import Image, ImageFile

    Image._initialized = 2  # no other decoder is ever loaded
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.MAX_IMAGE_PIXELS = most_pixels // 2  # Pillow raises at twice this
    picture = opened(data)
    if picture.width * picture.height > most_pixels:
        raise Fault("picture-too-big")
    if getattr(picture, "is_animated", False):
        raise Fault("picture-animated")
    picture.draft("RGB", (side, side))
    picture.load()
    return picture


def upright(picture, turn, side: int):  # type: ignore[no-untyped-def]
    """Turned as the camera was held, and at most `side` pixels on its longest side."""
    from PIL import Image

    if turn:
        picture = picture.transpose(turn)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return picture


def in_srgb(picture):  # type: ignore[no-untyped-def]
    """The picture in the colours that browsers take for granted, so that its profile can go."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # an odd profile of an honest camera: the colours stay as they are
        return picture


def opened(data: bytes):  # type: ignore[no-untyped-def]
    """The picture, by its first bytes, with the one decoder that they name. Raises Fault."""
    from PIL import JpegImagePlugin, PngImagePlugin, WebPImagePlugin

    source = io.BytesIO(data)
    if data[:3] == b"\xff\xd8\xff":
        return JpegImagePlugin.JpegImageFile(source)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return PngImagePlugin.PngImageFile(source)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WebPImagePlugin.WebPImageFile(source)
    heic = data[4:8] == b"ftyp" and data[8:12] in (
        b"heic",
        b"heix",
        b"hevc",
        b"heim",
        b"mif1",
        b"msf1",
        b"avif",
    )
    raise Fault("picture-heic" if heic else "picture-kind")


def flat(picture):  # type: ignore[no-untyped-def]
    """RGB on white from any mode, 16 bits and ink colours too."""
    from PIL import Image

    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256, "L")
    elif picture.mode == "P" or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if picture.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def turn_of(picture):  # type: ignore[no-untyped-def]
    """How the camera was held: what must be done to set the picture upright, or None."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    try:
        return turns.get(picture.getexif().get(0x0112))
    except Exception:  # odd EXIF of an honest camera: the photo stays as it lies
        return None


def look(picture) -> str:  # type: ignore[no-untyped-def]
    """dHash of 256 bits, hexadecimal: whether each of 16 × 16 fields is darker than its right neighbour."""
    from PIL import Image

    small = picture.convert("L").resize((LOOK_SIDE + 1, LOOK_SIDE), Image.Resampling.BOX)
    grey = small.tobytes()
    bits = 0
    for row in range(LOOK_SIDE):
        start = row * (LOOK_SIDE + 1)
        for place in range(start, start + LOOK_SIDE):
            bits = bits << 1 | (grey[place] < grey[place + 1])
    return f"{bits:064x}"


def texts_of(picture) -> list[list[str]]:  # type: ignore[no-untyped-def]
    """`[place, text]` of everything written into the file besides its pixels."""
    found: list[list[str]] = []
    try:
        exif = picture.getexif()
        for tags in (exif, *(exif.get_ifd(one) for one in (0x8769, 0x8825, 0xA005))):
            found += [["EXIF", words] for value in tags.values() for words in read(value)]
    except Exception:  # odd EXIF of an honest camera: its bytes are read as they lie
        found += [["EXIF", words] for words in read(picture.info.get("exif", b""))]
    for name, value in picture.info.items():
        if name == "photoshop" and isinstance(value, dict):
            found += [["IPTC", words] for part in value.values() for words in read(part)]
        elif name in ("xmp", "XML:com.adobe.xmp"):
            found += [["XMP", words] for words in read(value)]
        elif name == "comment":
            found += [["comment", words] for words in read(value)]
        elif name not in ("exif", "icc_profile"):
            found += [["PNG text", words] for words in read(value)]
    for part, value in getattr(picture, "applist", []):
        if part not in ("APP0", "APP2", "APP14"):
            found += [["XMP" if b"adobe.com/xap" in value[:40] else part, words] for words in read(value)]
    return [[place, text[:MOST_TEXT]] for place, text in found]


def read(value) -> list[str]:  # type: ignore[no-untyped-def]
    """Texts in a value of metadata: text as it is, bytes as UTF-8 and, where they hold zeros, as UTF-16."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, bytes):
        forms = [value.replace(b"\0", b"").decode("utf-8", "ignore")] if value else []
        return forms + ([value.decode("utf-16-le", "ignore")] if b"\0" in value else [])
    if isinstance(value, tuple | list):
        return [words for one in value for words in read(one)] if len(value) < 10_000 else []
    return []


if __name__ == "__main__":
    main()
