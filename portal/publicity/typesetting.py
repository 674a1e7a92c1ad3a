"""Set a paper as PDF/UA with the pinned font alone: a character without a glyph stops it and is named."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import noto_cjk_sans_otc
import typst
from django.conf import settings

FAMILY = "Noto Sans CJK SC"
STANDARD: Final = "ua-1"
#: what the typesetter says of a text that the font can't draw; a sign without a shape comes as `\u{e000}`
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class NotSet(Exception):
    """The paper couldn't be set; the cause is for the log, never for the reader."""


class MissingGlyph(NotSet):
    """The font has no glyph for some characters."""

    def __init__(self, characters: str) -> None:
        super().__init__(", ".join(f"U+{ord(sign):04X}" for sign in characters))
        self.characters = characters


@functools.cache
def fonts() -> typst.Fonts:
    """The font files inside the installed package; never the system's, which differ by machine."""
    folder = Path(noto_cjk_sans_otc.__file__).parent
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    if FAMILY not in found.families():
        raise NotSet(f"no {FAMILY} in {folder}")
    return found


def typeset(template: str, data: Mapping[str, Any], *, timestamp: int, picture: int = 0) -> list[bytes]:
    """The PDF of `templates/publicity/<template>`, or with `picture` (dots an inch) each sheet as PNG.

    Data reach the template as JSON, so that a text stays a text whatever signs it holds. Raises NotSet,
    and MissingGlyph for characters outside the font.
    """
    root = Path(settings.BASE_DIR, "templates", "publicity")
    compiler = typst.Compiler(
        str(root / template),
        root=str(root),
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**data, "family": FAMILY}, ensure_ascii=False)},
    )
    try:
        if picture:
            made = compiler.compile(format="png", ppi=picture, timestamp=timestamp)
        else:
            made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=timestamp)
    except (RuntimeError, OSError) as fault:  # the typesetter's own, or its files are not to be read
        raise _fault(str(getattr(fault, "diagnostic", fault))) from fault
    assert made is not None
    return made if isinstance(made, list) else [made]


def _fault(words: str) -> NotSet:
    signs = ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(NO_GLYPH.findall(words)))
    return MissingGlyph("".join(dict.fromkeys(signs))) if signs else NotSet(words)
