"""Change the settings of the site: one act with a reason; its history shows old → new.

One person who releases texts does it, as with a withdrawal: nothing here has legal effect, every change names
its author, and taking a version back is one more change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.gate.rules import private_numbers
from portal.particulars.current import forget, installed
from portal.particulars.models import COLUMNS, Particulars
from portal.publishing.authority import acting_on_site
from portal.publishing.steps import RELEASERS
from relief.confidential.private_kinds import Allowed, Kind
from relief.errors import Invalid, Reason
from relief.ledger import journal
from relief.ledger.canonical import canonical, sha256_hex
from relief.officers.models import Officer
from relief.places.models import DISTRICT, Station
from relief.places.set_up import SETUP
from relief.trail.actor import Robot
from relief.trail.record import record, set_if
from relief.trail.verb import verb
from relief.trail.written import unwritable

#: 0400-000-0000, 12345, 0571-8888 0000
TELEPHONE = re.compile(r"[0-9]+(?:[- ][0-9]+)*")
DIGITS = range(5, 14)
#: what these columns hold is a number of the site, as the words before it would say in a text
NUMBERS = dict.fromkeys(("site_code", "record_zh", "record_en", "police_zh", "police_en"), "编号 ")
KINDS = {
    Kind.MOBILE: gettext_lazy("A mobile telephone is a person's. Give the telephone of an office."),
    Kind.LANDLINE: gettext_lazy("This is no office's telephone. Give the hotline or a station's."),
}


@verb("enter-site")
def enter(*, by: Robot) -> Particulars:
    """Enter the installation's own values as the first version. Run again it changes nothing."""
    kept = Particulars.objects.first()
    if kept is None:
        kept = Particulars(**installed())
        kept.save(event=record("enter-site", kept, actor=by.actor(), area=DISTRICT))
        forget()
    return kept


@verb("change-site")
def change(
    kept: Particulars, *, by: Officer, version: int, values: Mapping[str, str], why: str
) -> Particulars:
    """Set `values` by column; what is not named stays. The installation's own are entered before.

    Raises NotAllowed for who doesn't release on the whole site, Invalid for what is missing, private, or when
    nothing differs, Stale when somebody was first.
    """
    actor = acting_on_site(by, RELEASERS)
    kept = enter(by=SETUP) if kept._state.adding else kept
    clean = {name: values[name].strip() for name in COLUMNS if name in values}
    check_values(kept, clean, why.strip())
    event = record("change-site", kept, actor=actor, area=DISTRICT)
    fresh = set_if(kept, version, {**clean, "why": why.strip()}, event)
    journal.append("site", str(fresh.code), digest_of(fresh), event_id=event.pk, at=event.at)
    forget()
    return fresh


def digest_of(kept: Particulars) -> str:
    """SHA-256 over all columns that the public reads."""
    values = {name: getattr(kept, name) for name in COLUMNS}
    return sha256_hex(canonical({"schema": "site/1", "values": values}))


@verb("take-back-site")
def take_back(kept: Particulars, *, by: Officer, version: int, history_id: int, why: str) -> Particulars:
    """Change all back to an earlier version. Raises as `change`, and Invalid for an unknown version."""
    acting_on_site(by, RELEASERS)
    rows = Particulars.history.model.objects.filter(id=kept.pk, history_id=history_id)
    found = rows.values(*COLUMNS).first()
    if found is None:
        raise Invalid({"history": [Reason("no-version", _("There is no such version."))]})
    return change(kept, by=by, version=version, values=found, why=why)


def check_values(kept: Particulars, values: Mapping[str, str], why: str) -> None:
    """Raises Invalid with all that is wrong about a change, by column."""
    wrong = {name: list(_faults(name, value)) for name, value in values.items()}
    stations = list(Station.objects.values_list("phone", flat=True))
    allowed = Allowed.of([*stations, values.get("hotline", kept.hotline)])
    for name, value in values.items():
        if value != getattr(kept, name):
            wrong[name] += _private(name, value, allowed)
    if not why:
        wrong["why"] = [Reason("required", _("Say why: the reason stands in the history."))]
    elif all(getattr(kept, name) == value for name, value in values.items()):
        wrong["why"] = [Reason("no-change", _("Nothing differs from what holds now."))]
    else:
        wrong["why"] = unwritable(why)
    if any(wrong.values()):
        raise Invalid({name: reasons for name, reasons in wrong.items() if reasons})


def _private(name: str, value: str, allowed: Allowed) -> Iterator[Reason]:
    """Numbers of persons and accounts; what the hotline holds becomes an office's telephone by this act."""
    hotline = name == "hotline"
    for code, _excerpt in private_numbers(
        f"{NUMBERS.get(name, '')}{value}", Allowed() if hotline else allowed
    ):
        if not (hotline and code == Kind.LANDLINE):
            words = KINDS.get(
                Kind(code), _("This looks like a number of a person or an account: take it out.")
            )
            yield Reason(f"private-{code}", words)


def _faults(name: str, value: str) -> Iterator[Reason]:
    field: Any = Particulars._meta.get_field(name)
    if not value and not field.blank:
        yield Reason("required", _("Fill this in."))
    if len(value) > field.max_length:
        words = _("At most %(most)d characters.") % {"most": field.max_length}
        yield Reason("too-long", words)
    yield from unwritable(value)
    if name == "hotline" and value:
        digits = sum(sign.isdigit() for sign in value)
        if not TELEPHONE.fullmatch(value) or digits not in DIGITS:
            yield Reason(
                "no-telephone", _("A telephone: digits, in groups if you like, as in 0400-000-0000.")
            )
