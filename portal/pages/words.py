"""What a section says while it has no text yet."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

NOTHING_YET: dict[str, Any] = {
    "portal.PolicyPage": _("No policy has been published here yet."),
    "portal.InterpretationPage": _("No interpretation has been published here yet."),
    "portal.NoticePage": _("There are no notices in this section yet."),
}
