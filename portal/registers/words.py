"""Words for the acts that stand in a row's history: the desk's, and those that the desk doesn't do."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.desk.words import ACTS, role_label
from relief.decisions.decide import RefusalReason
from relief.decisions.models import CheckResult
from relief.decisions.terminate import TerminationReason
from relief.projects.sunshine.models import Stage

OTHER_ACTS: dict[str, Any] = {
    "register-household": _("Household registered"),
    "import-households": _("Households imported"),
    "register-officer": _("Officer entered"),
    "appoint": _("Appointed"),
    "appoint-to-section": _("Appointed to a section"),
    "end-appointment": _("Appointment ended"),
    "dismiss-officer": _("Officer dismissed"),
    "choose-language": _("Language chosen"),
    "make-notification-rule": _("Notification rule made"),
    "change-notification-rule": _("Notification rule changed"),
    "end-notification-rule": _("Notification rule ended"),
    "make-synonyms": _("Synonyms entered"),
    "change-synonyms": _("Synonyms changed"),
    "end-synonyms": _("Synonyms ended"),
    "enter-office-mail": _("Office mail address entered"),
    "enter-site": _("Settings of the site entered"),
    "change-site": _("Settings of the site changed"),
    "export-texts": _("All texts exported"),
    "import-texts": _("All texts imported"),
    "import-text": _("Came with an import"),
    "declare-relative": _("Relative declared"),
    "end-relative": _("Relative's entry ended"),
}


#: codes that an act keeps as its reason; an act without such a code is its own reason
REASONS: dict[str, Any] = {
    **dict(Stage.choices),
    **dict(CheckResult.choices),
    **dict(RefusalReason.choices),
    **dict(TerminationReason.choices),
    **dict(settings.LANGUAGES),
}


def reason_label(code: str) -> str:
    """The reason that a history row keeps, in words; empty when the act says it all."""
    return str(REASONS.get(code, ""))


def act_label(act: str) -> str:
    """An act in words; an unknown one by its code."""
    return str(ACTS.get(act) or OTHER_ACTS.get(act, act))


__all__ = ["act_label", "reason_label", "role_label"]
