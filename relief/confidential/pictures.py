"""Pictures from outside: decoded in a process of their own, encoded anew, without a word of metadata.

A hostile file can kill that process; the house then says in words that the picture can't be read. What is
written in the file (EXIF, XMP, IPTC, comments) is looked through first: a private value refuses the picture.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from relief.confidential.apart import NoAnswer, run_apart
from relief.confidential.private_text import KINDS, private_values
from relief.errors import Invalid, Reason

MOST_BYTES = 20 * 1024 * 1024
WORKER = Path(__file__).with_name("picture_worker.py")


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: JPEG, at most 2000 pixels on a side, upright, without metadata.

    `source_sha256` is of the upload, `pixel_sha256` of size and pixels before encoding, `look` its dHash of
    256 bits, hexadecimal.
    """

    jpeg: bytes
    width: int
    height: int
    source_sha256: str
    pixel_sha256: str
    look: str


def decode(data: bytes, *, name: str = "") -> Picture:
    """The picture in an upload: JPEG, PNG or WebP by content; `name` is looked through like its metadata.

    Raises Invalid at `photo`.
    """
    if not data:
        raise _refused("picture-empty")
    if len(data) > MOST_BYTES:
        raise _refused("picture-too-big")
    head, jpeg = _decoded_elsewhere(data)
    if "fault" in head:
        raise _refused(head["fault"])
    for place, text in [*head["texts"], [_("name of the file"), name]]:
        for kind in private_values(text):
            raise _private(place, kind)
    return Picture(
        jpeg=jpeg,
        width=head["width"],
        height=head["height"],
        source_sha256=hashlib.sha256(data).hexdigest(),
        pixel_sha256=head["pixels"],
        look=head["look"],
    )


def looks_apart(one: str, other: str) -> int:
    """In how many of 256 fields two looks differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _decoded_elsewhere(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Head and picture from the worker."""
    try:
        return run_apart(WORKER, data)
    except NoAnswer as silence:
        raise _refused(f"picture-{silence}") from None


def _refused(code: str) -> Invalid:
    words = {
        "picture-empty": _("The file is empty."),
        "picture-too-big": _("The picture is too big: at most 20 MB and 64 million pixels."),
        "picture-kind": _("This is no JPEG, PNG or WebP picture, whatever its name says."),
        "picture-heic": _(
            "Pictures in HEIC form can't be read. Set the camera to “most compatible” or send a JPEG."
        ),
        "picture-animated": _("A moving picture is no evidence: take one photo."),
        "picture-slow": _("This picture takes too long to read. Take the photo again."),
        "picture-broken": _("The picture is damaged and can't be read. Take the photo again."),
    }
    return Invalid({"photo": [Reason(code, words[code])]})


def _private(place: str, kind: str) -> Invalid:
    words = _(
        "The file carries a private value (%(kind)s) in its %(place)s. Send a picture without such an entry."
    ) % {"kind": KINDS[kind], "place": place}
    return Invalid({"photo": [Reason("picture-private", words)]})
