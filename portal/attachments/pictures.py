"""An uploaded picture for pages: decoded in a process of its own and encoded anew without metadata."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.attachments.checks import mismatch
from portal.attachments.kinds import extension_of, kind_of
from relief.confidential import picture_worker
from relief.confidential.apart import NoAnswer, run_apart
from relief.confidential.private_text import KINDS, private_values

WORKER = Path(picture_worker.__file__)
#: bytes of an upload
MOST_BYTES = 10 * 1024 * 1024
PROMISED = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def clean_upload(upload: Any) -> None:
    """Put the cleaned picture in the place of the uploaded bytes, so that nobody ever stores these.

    Raises ValidationError in words. `upload` is Django's UploadedFile, in memory or on disk.
    """
    data = upload.read()
    picture, form = cleaned(data, upload.name)
    upload.file.seek(0)
    upload.file.truncate()
    upload.file.write(picture)
    upload.file.flush()
    upload.file.seek(0)
    upload.size = len(picture)
    upload.name = f"{PurePath(upload.name).stem}.{form}"


def cleaned(data: bytes, filename: str) -> tuple[bytes, str]:
    """The picture without metadata, upright, in sRGB; and its ending. Raises ValidationError."""
    if not data:
        raise _refused("picture-empty")
    if len(data) > MOST_BYTES:
        raise _refused("picture-too-big")
    head, picture = _read(data, filename)
    _look_through([*head["texts"], [_("name of the file"), filename]])
    return picture, head["form"]


def check_clean(data: bytes, filename: str) -> None:
    """Raises ValidationError unless this is a picture as `cleaned` leaves it: pixels and nothing beside."""
    head, _picture = _read(data, filename)
    if head["texts"]:
        words = _("The picture has something written into it (%(place)s). Upload it in the CMS instead.")
        raise ValidationError(words % {"place": head["texts"][0][0]}, code="picture-written")


def _read(data: bytes, filename: str) -> tuple[dict[str, Any], bytes]:
    """What the worker tells of a picture, and the picture encoded anew. Raises ValidationError."""
    extension, kind = extension_of(filename), kind_of(data)
    if extension in PROMISED and kind.startswith("image/") and PROMISED[extension] != kind:
        raise mismatch(extension, kind)
    if extension not in PROMISED:
        raise _refused("picture-kind")
    try:
        head, picture = run_apart(WORKER, data, "--page")
    except NoAnswer as silence:
        raise _refused(f"picture-{silence}") from None
    if "fault" in head:
        raise _refused(head["fault"])
    return head, picture


def _look_through(texts: list[list[str]]) -> None:
    """A picture whose own words carry a private value is not taken at all: its maker should know."""
    for place, text in texts:
        for kind in private_values(text):
            words = _(
                "The file carries a private value (%(kind)s) in its %(place)s. "
                "Send a picture without such an entry."
            )
            raise ValidationError(words % {"kind": KINDS[kind], "place": place}, code="picture-private")


def _refused(code: str) -> ValidationError:
    words = {
        "picture-empty": _("The file is empty."),
        "picture-too-big": _("The picture is too big: at most 10 MB and 40 million pixels. Make it smaller."),
        "picture-kind": _("This is no JPEG, PNG or WebP picture, whatever its name says."),
        "picture-heic": _(
            "Pictures in HEIC form can't be read. Set the camera to “most compatible” or send a JPEG."
        ),
        "picture-animated": _("Moving pictures are not taken. Choose one still picture."),
        "picture-slow": _("This picture takes too long to read. Make it smaller."),
        "picture-broken": _("The picture is damaged and can't be read. Save it anew."),
    }
    return ValidationError(words[code], code=code)
