"""Read matches with the registers, each with its reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.applications.queries import listable
from relief.confidential.vault import subject_of
from relief.decisions.models import HitKind, RegisterHit
from relief.decisions.registers import AWARD
from relief.households.models import DeathRecord
from relief.officers.relatives import StaffRelative


class Standing(TextChoices):
    """What became of a match."""

    OPEN = "open", gettext_lazy("to be explained")
    EXPLAINED = "explained", gettext_lazy("explained")
    REGISTERED = "registered", gettext_lazy("registered separately")
    GONE = "gone", gettext_lazy("no longer found")


def standing(hit: RegisterHit) -> Standing:
    """Where a match stands: it keeps the case off the list while it is open only."""
    if hit.open:
        return Standing.OPEN
    if hit.explanation is not None:
        return Standing.EXPLAINED
    return Standing.REGISTERED if hit.kind == HitKind.STAFF_KIN else Standing.GONE


def hits_before_list(area: str, benefit: str) -> list[RegisterHit]:
    """Matches of the cases of a street that may go on a list, the open ones first; one query."""
    hits = RegisterHit.objects.filter(application__in=listable(area).filter(benefit=benefit))
    return list(hits.select_related("application", "person").order_by("-open", "application__number", "pk"))


def reasons_of(hits: Sequence[RegisterHit]) -> dict[int, str]:
    """Why each match is one, by its key: who reported the death, which household, which officer's relative.

    Two queries, whatever their number.
    """
    codes = [hit.reference.partition(":")[2] for hit in hits if hit.kind != HitKind.DOUBLE_MEMBERSHIP]
    if not codes:
        return {hit.pk: _reason(hit, {}) for hit in hits}
    entries: dict[str, Any] = {subject_of(row): row for row in DeathRecord.objects.filter(code__in=codes)}
    relatives = StaffRelative.objects.filter(code__in=codes).select_related("officer")
    entries |= {subject_of(row): row for row in relatives}
    return {hit.pk: _reason(hit, entries) for hit in hits}


def _reason(hit: RegisterHit, entries: dict[str, Any]) -> str:
    entry = entries.get(hit.reference)
    if isinstance(entry, DeathRecord):
        words = _("Reported dead on %(day)s by: %(source)s.")
        return words % {"day": date_format(entry.died_on), "source": entry.source}
    if isinstance(entry, StaffRelative):
        words = _("Declared as a relative by %(officer)s, %(office)s.")
        return words % {"officer": entry.officer.name, "office": entry.officer.office}
    _kind, _colon, number = hit.reference.partition(":")
    if hit.reference.startswith(AWARD):
        return _("Household %(number)s, which the person left, still receives money for them.") % {
            "number": number
        }
    return _("The person is a member of household %(number)s on the same day.") % {"number": number}
