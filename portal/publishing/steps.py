"""Which steps of review a type of page takes, and who may do each: a table, shown read-only in the CMS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from relief.officers.models import Role


@dataclass(frozen=True)
class Step:
    """One step of a review: its code, its name and the roles of which one passes it."""

    code: str
    label: Any
    roles: tuple[Role, ...]


REVIEW = Step("review", _("review of content"), (Role.SECTION_EDITOR, Role.REVIEWER))
RELEASE = Step("release", _("release"), (Role.PUBLISHER,))
STEPS = {step.code: step for step in (REVIEW, RELEASE)}

#: texts with legal effect are reviewed and released by two persons, neither of whom wrote them (三审三校)
LEGAL = (REVIEW, RELEASE)
PLAIN = (RELEASE,)

STEPS_OF: dict[str, tuple[Step, ...]] = {
    "PolicyPage": LEGAL,
    "InterpretationPage": LEGAL,
    "AnnualReportPage": LEGAL,
    "GuidePage": LEGAL,
    "DisclosurePage": LEGAL,
    "DisclosureTextPage": LEGAL,
    "NoticePage": LEGAL,
}

WRITERS = (Role.EDITOR, Role.SECTION_EDITOR)
#: who may hot-fix, plan, withdraw: the same who releases
RELEASERS = (Role.PUBLISHER,)


def steps_of(page_type: type) -> tuple[Step, ...]:
    """The steps of a page type, in order; one release where the table names none."""
    return STEPS_OF.get(page_type.__name__, PLAIN)
