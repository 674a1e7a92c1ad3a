"""The table of the sixteen traps, in the order of their numbers, and how one is played."""

from __future__ import annotations

import traceback
from typing import TypedDict

from tests.traps import first, second
from tests.traps.ground import Ground, Trap

TRAPS: tuple[Trap, ...] = (
    first.review_cannot_be_bypassed,
    first.locks_hold,
    first.what_was_reviewed_is_published,
    first.plans_are_kept,
    first.versions_are_not_purged,
    first.records_outlive_their_subject,
    first.files_wait_and_stay,
    first.rules_hold_on_every_way,
    second.nothing_stays_public_by_accident,
    second.links_are_known_and_kept,
    second.addresses_last,
    second.what_is_private_is_not_found,
    second.accounts_make_no_superuser,
    second.stale_forms_are_refused,
    second.incomplete_texts_are_refused,
    second.settings_and_twins_follow,
)


class Outcome(TypedDict):
    """What came of one trap: each wish and whether it held, or the error that kept it from being asked."""

    wishes: list[tuple[str, bool]]
    error: str


def play(trap: Trap, ground: Ground) -> Outcome:
    """Play one trap to its end. An error is a fault of the ground or of the trap, never a wish broken."""
    wishes: list[tuple[str, bool]] = []
    try:
        wishes.extend(trap(ground))
    except Exception:
        return {"wishes": wishes, "error": traceback.format_exc()}
    return {"wishes": wishes, "error": ""}
