"""Which reader a file gets: by its first bytes, never by its name."""

from __future__ import annotations

import csv
import io

from portal.gate.reader.found import (
    BROKEN,
    ENCRYPTED,
    KIND,
    MOST_DEPTH,
    NESTED,
    Found,
    Text,
    Unread,
)
from portal.gate.reader.pdf import read_pdf
from portal.gate.reader.xml_words import read_xml
from portal.gate.reader.zips import read_zip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: how the directory of an OLE file names the stream of an encrypted office document
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read(data: bytes, name: str, depth: int = 0) -> Found:
    """Every text that a file carries, seen or hidden; `name` only tells a table file from a text file."""
    if depth > MOST_DEPTH:
        yield Unread((), NESTED)
    elif not data:
        return
    elif b"%PDF-" in data[:1024]:
        yield from read_pdf(data, lambda inner, of: read(inner, of, depth + 1))
    elif data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        yield from read_zip(data, lambda inner, of: read(inner, of, depth + 1))
    elif data.startswith(OLE):
        yield Unread((), ENCRYPTED if ENCRYPTED_PACKAGE in data else KIND)
    elif data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n" or data[8:12] == b"WEBP":
        yield from read_picture(data)
    elif data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:64].lower().startswith((b"<?xml", b"<svg")):
        yield from read_xml(data)
    else:
        yield from read_plain(data, name)


def read_picture(data: bytes) -> Found:
    """Everything written into a picture besides its pixels (EXIF, XMP, IPTC, comments, PNG text)."""
    from PIL import Image

    from relief.confidential.picture_worker import MOST_PIXELS, Fault, opened, texts_of

    Image._initialized = 2  # no other decoder is ever loaded
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
    try:
        picture = opened(data)
        if data[:3] != b"\xff\xd8\xff":
            picture.load()  # texts may stand behind the pixels
        for place, text in texts_of(picture):
            yield Text((("picture", place),), text)
    except (Fault, Image.DecompressionBombError):
        yield Unread((), KIND)
    except MemoryError:
        raise
    except Exception:  # a broken picture may raise anything within its decoder
        yield Unread((), BROKEN)


def read_plain(data: bytes, name: str) -> Found:
    """A text or table file, in UTF-8, UTF-16 with its mark, or GB 18030."""
    text = decoded(data)
    if text is None or text.startswith("{\\rtf"):
        yield Unread((), KIND)
    elif name.lower().endswith(".csv"):
        csv.field_size_limit(len(text) + 1)
        for number, cells in enumerate(csv.reader(io.StringIO(text)), start=1):
            yield Text((("line", number),), "\t".join(cells))
    else:
        for number, line in enumerate(text.splitlines(), start=1):
            yield Text((("line", number),), line)


def decoded(data: bytes) -> str | None:
    """The text, or None where the bytes are none."""
    codecs = [codec for mark, codec in BOMS if data.startswith(mark)] or ["utf-8", "gb18030"]
    for codec in codecs:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        return None if any(sign in text for sign in "\x00\x01\x02\x03\x04\x05\x06") else text
    return None
