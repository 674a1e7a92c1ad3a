"""The publish gate (发布前隐私检查): every form of a list is drawn and read before the list is published.

It runs before the publishing transaction and writes nothing but its verdict; nobody can overrule a finding.
What it says of a list holds for exactly those rows, words and templates (see `verdict.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relief.errors import Refused
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.publicity.forms import NotDrawn, forms
from relief.publicity.freeze import public_rows
from relief.publicity.gate_models import GateVerdict
from relief.publicity.inspection import Inspection
from relief.publicity.models import PublicList, PublicRow
from relief.publicity.publish import selected_cases
from relief.publicity.rehearsal import rehearsed
from relief.publicity.verdict import Rows, fingerprint
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.record import record
from relief.trail.tracked import Root
from relief.trail.verb import verb, write_refusal

#: who prepares, publishes or announces lists
ROLES = {
    Role.STREET_REVIEWER,
    Role.STREET_PUBLISHER,
    Role.DISTRICT_APPROVER,
    Role.DISTRICT_ANNOUNCER,
    "robot",
}
CLAUSE = "local"


def inspect_list(public_list: PublicList, *, by: Officer | Robot) -> GateVerdict:
    """Draw and read every form of a compiled list, or of a published one as it stands now.

    Raises NotAllowed, Stale when a case was changed since the list was compiled.
    """
    _may(public_list, by)
    if public_list.number is None:
        rows: Rows = public_rows(selected_cases(public_list), public_list, by=by)
    else:
        shown = PublicRow.objects.filter(public_list=public_list, current=True).order_by("row_number")
        rows = list(shown.values_list("row", flat=True))
    return inspect_rows(public_list, rows, by=by)


def inspect_rows(
    public_list: PublicList, rows: Rows, *, by: Officer | Robot, also: Mapping[str, str] | None = None
) -> GateVerdict:
    """The same for rows that the list is to show, as a correction or an announcement makes them.

    `public_list` need not be saved yet; `also` are words beside it, by their place. Raises NotAllowed.
    """
    _may(public_list, by)
    inspection = Inspection(public_list, rows, forms().particulars(), clock.today())
    inspection.read_data(also or {})
    with rehearsed(public_list, rows) as shown:
        inspection.know(shown)
        try:
            for document in forms().draw(shown):
                inspection.read(document)
        except NotDrawn as failed:
            inspection.not_drawn(failed.form)
    bound = fingerprint(public_list, rows, also)
    saved = public_list if public_list.pk else None
    subject: Root = saved or Area.objects.get(number=public_list.area_id)
    return _keep(subject, by=by, public_list=saved, fingerprint=bound, inspection=inspection)


def _may(public_list: PublicList, by: Officer | Robot) -> None:
    """Raises NotAllowed, kept in the log of refusals as every verb keeps it."""
    try:
        acting(by, ROLES, public_list.area_id)
    except Refused as refused:
        write_refusal("inspect-list", refused, by=by, subject=public_list)
        raise


@verb("inspect-list")
def _keep(
    subject: Root,
    *,
    by: Officer | Robot,
    public_list: PublicList | None,
    fingerprint: str,
    inspection: Inspection,
) -> GateVerdict:
    """Write the verdict. It changes nothing of the list, so the list's version stays."""
    area: Any = subject.number if isinstance(subject, Area) else public_list and public_list.area_id
    event = record("inspect-list", subject, actor=acting(by, ROLES, area), area=area, clause=CLAUSE)
    return GateVerdict.objects.create(
        public_list=public_list,
        fingerprint=fingerprint,
        passed=not inspection.findings,
        findings=inspection.findings,
        forms=inspection.told(),
        event_id=event.pk,
        at=event.at,
    )
