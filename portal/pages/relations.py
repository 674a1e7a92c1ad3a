"""How policies and interpretations stand to each other, in few queries whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from portal.pages.localised import Entry, localised
from portal.pages.read import FOR_LINKS, PreparedPages, key
from portal.pages.validity import Change, ChangeKind, Validity, validity
from portal.prepared import Prepared
from portal.publishing.models import PageState
from portal.publishing.queries import readable, records_of
from relief.trail import clock


@dataclass(frozen=True)
class ChangeMade:
    """What a policy does to another one."""

    kind: ChangeKind
    entry: Entry


def validity_of(policies: Iterable[Any]) -> dict[int, Validity]:
    """Today's validity of policies that state their facts, by key; two queries. Drafts change nothing."""
    shown = list(policies)
    rows = _changes().filter(page__in=[policy.pk for policy in shown], by__live=True)
    kept = records_of(shown)
    gone = {key for key, one in kept.items() if one.state in (PageState.SUPERSEDED, PageState.REMOVED)}
    return _held(shown, rows.select_related("by"), gone)


def standing_of(policy: Any) -> tuple[Validity, list[ChangeMade]]:
    """The validity of one policy, and the live policies that it amends or repeals; two queries for both.

    Whether it was withdrawn its page knows already.
    """
    number = policy.pk
    found = [pk for (pk,) in _touching(policy=number)]
    rows = list(_changes().filter(pk__in=found).select_related("by", "page")) if found else []
    gone = {number} if policy.is_superseded or policy.is_removed else set()
    held = _held([policy], [row for row in rows if row.page_id == number and row.by.live], gone)
    made = [row for row in rows if row.by_id == number and row.page.live]
    entries = localised([row.page for row in made])
    return held[number], [
        ChangeMade(ChangeKind(row.kind), one) for row, one in zip(made, entries, strict=True)
    ]


def _held(shown: list[Any], rows: Iterable[Any], gone: set[int]) -> dict[int, Validity]:
    changes: dict[int, list[Change]] = {}
    for row in rows:
        if row.by.in_force_from:
            change = Change(ChangeKind(row.kind), row.by.in_force_from, row.by)
            changes.setdefault(row.page_id, []).append(change)
    today = clock.today()
    return {
        policy.pk: validity(
            today,
            in_force_from=policy.in_force_from,
            ends_on=policy.ends_on,
            changes=changes.get(policy.pk, ()),
            withdrawn=policy.pk in gone,
        )
        for policy in shown
    }


def texts_of(held: Validity) -> dict[int, Entry]:
    """The other texts that a validity rests on, as lines, by key."""
    others = [change.by for change in (*held.effective, *held.coming)]
    return {entry.source.pk: entry for entry in localised(others)}


def interpretations_of(policy: Any) -> list[Entry]:
    """The live interpretations of a policy, newest first; they show without anybody editing the policy."""
    return localised(_explaining(policy=policy.facts.pk))


def policies_of(interpretation: Any) -> list[tuple[Entry, Validity]]:
    """The live policies that an interpretation explains, each with its validity."""
    policies: Sequence[Any] = [
        row.policy for row in interpretation.facts.policies.select_related("policy").all() if row.policy.live
    ]
    held = validity_of(policies)
    return [(entry, held[entry.source.pk]) for entry in localised(policies)]


def _changes() -> Any:
    return apps.get_model("portal", "PolicyChange").objects


def _explaining_now() -> QuerySet:
    pages = readable(apps.get_model("portal", "InterpretationPage").objects)
    return pages.filter(policies__policy_id=key("policy")).distinct().order_by("-signed_on", "-pk")


def _touching_now() -> QuerySet:
    asked = key("policy")
    return _changes().filter(Q(page=asked) | Q(by=asked)).order_by("pk").values_list("pk")


_explaining = PreparedPages(_explaining_now, (*FOR_LINKS, "signed_on"))
_touching = Prepared(_touching_now)
