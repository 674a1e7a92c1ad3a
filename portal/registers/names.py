"""Names in registers: masked for who may see them, three dots for everybody else. One look per page."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from portal.registers.reader import SEE_NAMES, Reader
from portal.registers.show import DOTS
from relief.confidential.masking import mask_name
from relief.confidential.vault import FORGOTTEN
from relief.households.models import Membership, Person, Relation
from relief.households.queries import open_names
from relief.trail import clock

PURPOSE = "register"


def heads_of(households: set[int]) -> dict[int, Person]:
    """Today's head of each household, by household key, in one query."""
    heads = Membership.objects.on(clock.today()).filter(household__in=households, relation=Relation.HEAD)
    return {row.household_id: row.person for row in heads.select_related("person")}


def shown_names(people: Mapping[int, Person], seen: QuerySet, reader: Reader) -> dict[int, str]:
    """The name to show for each row of a page: `{row key: person}` → `{row key: words}`.

    `seen` are the rows within the areas in which the reader may see names. The look is logged once.
    """
    if not people or not reader.scopes(SEE_NAMES):
        return dict.fromkeys(people, DOTS)
    allowed = set(seen.filter(pk__in=people).values_list("pk", flat=True))
    opened = open_names([people[pk] for pk in allowed], by=reader.officer, purpose=PURPOSE)
    return {pk: _masked(opened[person.pk]) if pk in allowed else DOTS for pk, person in people.items()}


def _masked(name: str) -> str:
    return name if name == FORGOTTEN else mask_name(name)
