"""The fixed words of a big screen, for its script; `{…}` are filled in there."""

from typing import Any

from django.utils.translation import gettext as _

from portal.context import Bureau
from portal.publicity import sheet
from portal.publicity.screen_notices import gone_notice


def screen_words() -> dict[str, Any]:
    return {
        "page": _("Page {n} of {m}"),
        "rows": _("Rows {a}–{b}; {t} households on the list"),
        "cut": _("{p}: {c} of the list’s {t} households; rows {a}–{b}"),
        "pause": _("Pause"),
        "play": _("Turn pages again"),
        "left": sheet.has_left(),
        "checking": _("being checked"),
        "ok": _("computed from the rows shown: agrees"),
        "unchecked": _("as published, not checked"),
        "mismatch": _("does not agree"),
        "bar": _("What this screen shows is not the published list. Don’t rely on it; call %(number)s.")
        % {"number": Bureau().hotline},
        "at": _("Data of {t}"),
        "offline": _("Data of {t}, network interrupted"),
        "gone": gone_notice(),
    }
