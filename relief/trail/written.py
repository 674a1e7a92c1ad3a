"""Text that somebody typed: what no database, file or seal can keep, said in words (pure)."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from relief.errors import Invalid, Reason

LINE_BREAKS = "\n\r\t"


def unwritable(text: str) -> list[Reason]:
    """Why `text` can't be kept: half characters (lone surrogates) and control characters such as NUL."""
    broken = any(unicodedata.category(sign) in ("Cs", "Cc") and sign not in LINE_BREAKS for sign in text)
    if not broken:
        return []
    return [Reason("unwritable", _("This text holds characters that can't be kept: type it again."))]


def check_reason(why: str) -> None:
    """Raises Invalid at `why` unless it is a reason for the history that can be kept."""
    none = Reason("required", _("Say why: the reason stands in the history."))
    found = unwritable(why) if why.strip() else [none]
    if found:
        raise Invalid({"why": found})
