"""Every name that a list of the register has ever shown, read from the entries' sealed rows."""

from __future__ import annotations

import json

from relief.applications.models import Application
from relief.awards.models import Award
from relief.confidential.vault import open_many
from relief.publicity.models import Entry
from relief.trail.actor import Robot
from tests.privacy.linkage import Printing


def printings() -> list[Printing]:
    """In the order of time; corrected rows and those deleted long ago too."""
    entries = Entry.objects.exclude(public_list__counts_only=True).order_by("pk")
    sealed = {str(one.pk): ("entry.row", one.sealed_row) for one in entries}
    rows = open_many(sealed, by=Robot("test"), purpose="test")
    of_case = dict(Application.objects.values_list("pk", "household"))
    of_award = dict(Award.objects.values_list("pk", "household"))
    found = []
    for one in entries.select_related("public_list"):
        household = of_case[one.application_id] if one.application_id else of_award[one.award_id]
        where = f"{one.public_list.number}, edition {one.edition}, row {one.row_number}"
        if name := json.loads(rows[str(one.pk)])["row"].get("name"):
            found.append(Printing(where, str(household), name))
    return found
