"""What the gate's verdict is bound to: the rows, columns, words and templates of a list, to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relief.errors import Blocked, Reason
from relief.ledger.canonical import canonical, sha256_hex
from relief.publicity.forms import forms
from relief.publicity.gate_models import GateVerdict
from relief.publicity.models import PublicList
from relief.trail.models import Event

Rows = Sequence[Mapping[str, Any]]


def fingerprint(public_list: PublicList, rows: Rows, also: Mapping[str, str] | None = None) -> str:
    """Hexadecimal SHA-256 of everything that shapes the list's forms, number and day apart.

    `also` are words that people wrote beside the list: the notes of a correction.
    """
    return sha256_hex(
        canonical(
            {
                "release": forms().release(),
                "kind": public_list.kind,
                "benefit": public_list.benefit,
                "area": public_list.area_id,
                "batch": public_list.batch,
                "columns": public_list.columns,
                "titles": [public_list.title_zh, public_list.title_en],
                "labels": public_list.labels,
                "notes": [public_list.note_zh, public_list.note_en],
                "also": dict(also or {}),
                "rows": list(rows),
            }
        )
    )


def require_passed(public_list: PublicList, rows: Rows, also: Mapping[str, str] | None = None) -> GateVerdict:
    """The passing verdict on exactly this; asked in the transaction that makes it public. Raises Blocked."""
    bound = fingerprint(public_list, rows, also)
    newest = GateVerdict.objects.filter(fingerprint=bound).order_by("-pk").first()
    if newest is None:
        words = _(
            "No privacy check has passed on these very rows, titles and templates: check the list again, "
            "then publish."
        )
        raise Blocked(Reason("gate-not-passed", words))
    return must_have_passed(newest)


def must_have_passed(verdict: GateVerdict) -> GateVerdict:
    """The same verdict. Raises Blocked where it found something: nobody overrules the gate."""
    if not verdict.passed:
        count = len(verdict.findings)
        words = ngettext(
            "The privacy check found %(count)d place with something that may not be shown.",
            "The privacy check found %(count)d places with something that may not be shown.",
            count,
        )
        nothing = _("Nothing was published.")
        raise Blocked(Reason("gate-found", f"{words % {'count': count}} {nothing}"))
    return verdict


def bind(verdict: GateVerdict, public_list: PublicList, event: Event) -> None:
    """A list that didn't exist yet when it was inspected gets its verdict when it is born."""
    if verdict.public_list_id is None:
        GateVerdict.objects.create(
            public_list=public_list,
            fingerprint=verdict.fingerprint,
            passed=verdict.passed,
            findings=verdict.findings,
            forms=verdict.forms,
            event_id=event.pk,
            at=event.at,
        )
