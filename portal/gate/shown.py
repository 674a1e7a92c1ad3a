"""What the review screen shows of the gate: findings in words, and the form of the second person."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.gate.check import LONGEST, SHORTEST, Stand, Standing, may_release
from portal.gate.models import GateVerdict
from portal.gate.places import in_words
from portal.gate.rules import RULES, UNREAD, WHYS
from relief.officers.models import Officer

STANDS: dict[Stand, Any] = {
    Stand.PASSED: _("The privacy check found nothing."),
    Stand.RELEASED: _("What the privacy check found was released by a second person."),
    Stand.REFUSED: _("The privacy check found something: this text can’t be published."),
    Stand.STALE: _("Text, files or rules have changed since the privacy check: hand the text in again."),
    Stand.MISSING: _("No privacy check has read this text: hand it in for review."),
}


def gate_context(
    standing: Standing, officer: Officer | None, *, holds_role: bool, authors: Collection[int] = ()
) -> dict[str, Any]:
    """The context of `cms/gate_findings.html`.

    `holds_role` says whether the officer may review or publish here; `authors` are further accounts that
    wrote the text. The address that the form goes to is `release_url`, which the caller adds.
    """
    verdict = standing.verdict
    refused = standing.stand == Stand.REFUSED and verdict is not None
    why_not = may_release(verdict, officer, authors) if refused and verdict and officer else None
    return {
        "stand": standing.stand,
        "stand_in_words": STANDS[standing.stand],
        "verdict": verdict,
        "findings": findings_in_words(verdict) if verdict else [],
        "released": verdict.releases.first() if verdict else None,
        "may_release": refused and officer is not None and holds_role and why_not is None,
        "why_not": why_not,
        "shortest": SHORTEST,
        "longest": LONGEST,
    }


def findings_in_words(verdict: GateVerdict) -> list[dict[str, str]]:
    """Rule, place, masked excerpt and what to do, finding by finding, in the reader's language."""
    return [_in_words(found) for found in verdict.findings]


def _in_words(found: dict[str, Any]) -> dict[str, str]:
    rule, _colon, why = found["code"].partition(":")
    what, to_do = RULES.get(rule, (rule, ""))
    return {
        "code": found["code"],
        "rule": str(what),
        "place": in_words(found["place"]),
        "excerpt": str(WHYS.get(why, why)) if rule == UNREAD else found["excerpt"],
        "to_do": str(to_do),
    }
