"""Words for the acts that stand in a row's history: the desk's, and those that the desk doesn't do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.desk.words import ACTS, role_label

OTHER_ACTS: dict[str, Any] = {
    "register-household": _("Household registered"),
    "import-households": _("Households imported"),
    "register-officer": _("Officer entered"),
    "appoint": _("Appointed"),
    "end-appointment": _("Appointment ended"),
    "dismiss-officer": _("Officer dismissed"),
    "choose-language": _("Language chosen"),
}


def act_label(act: str) -> str:
    """An act in words; an unknown one by its code."""
    return str(ACTS.get(act) or OTHER_ACTS.get(act, act))


__all__ = ["act_label", "role_label"]
