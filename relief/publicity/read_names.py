"""Names for staff only, after they left the public (第三步): from Entry's sealed copy, for a purpose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relief.confidential.vault import FORGOTTEN, open_many
from relief.errors import Invalid, Reason, WrongState
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.publicity.models import Entry, PublicList
from relief.publicity.queries import names_visible
from relief.trail.actor import Actor

READ_NAMES = frozenset(
    {Role.STREET_REVIEWER, Role.STREET_PUBLISHER, Role.DISTRICT_CHECKER, Role.DISTRICT_APPROVER}
)


class Purpose(models.TextChoices):
    """What the names of an ended list are looked at for; it goes into the log of looks."""

    COMPLAINT = "complaint", gettext_lazy("answer a complaint or report")
    RECONSIDERATION = "reconsideration", gettext_lazy("administrative reconsideration or a court case")
    AUDIT = "audit", gettext_lazy("audit or supervision asks for it")
    PROOF = "proof", gettext_lazy("a household wants to prove its row")


@dataclass(frozen=True)
class SealedRow:
    """A frozen row as it was shown; `row` is None when the household's key was destroyed."""

    number: int
    edition: int
    row: dict[str, Any] | None


def may_read_names(public_list: PublicList, by: Officer) -> Actor:
    """Raises NotAllowed (who), WrongState (never published, or the names are public still)."""
    actor = acting(by, READ_NAMES, public_list.area_id)
    if public_list.number is None or names_visible(public_list):
        words = _("The names of this list are public now, or it was never published.")
        raise WrongState(Reason("names-public", words))
    return actor


def read_names(
    public_list: PublicList, entries: Sequence[Entry], *, by: Officer, purpose: str
) -> list[SealedRow]:
    """Open the sealed rows of `entries`, one logged look. Raises NotAllowed, WrongState, Invalid."""
    may_read_names(public_list, by)
    if purpose not in Purpose.values:
        raise Invalid({"purpose": [Reason("choice", _("Say what you need the names for."))]})
    values = {str(entry.pk): ("entry.row", entry.sealed_row) for entry in entries}
    texts = open_many(values, by=by, purpose=f"list-names:{purpose}", case=public_list)
    return [SealedRow(entry.row_number, entry.edition, _row(texts[str(entry.pk)])) for entry in entries]


def _row(text: str) -> dict[str, Any] | None:
    return None if text == FORGOTTEN else json.loads(text)["row"]
