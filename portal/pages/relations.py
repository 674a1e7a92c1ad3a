"""How policies and interpretations stand to each other, in few queries whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.pages.localised import Entry, localised
from portal.pages.read import FOR_LINKS, PreparedPages, key
from portal.pages.validity import Change, ChangeKind, Validity, validity
from portal.prepared import PreparedJoined
from portal.publishing.models import PageRecord, PageState
from portal.publishing.queries import readable, records_of
from relief.trail import clock

#: a text in one of these states holds no more
GONE = (PageState.SUPERSEDED, PageState.REMOVED)


@dataclass(frozen=True)
class ChangeMade:
    """What a policy does to another one."""

    kind: ChangeKind
    policy: Any


def validity_of(policies: Iterable[Any], gone: set[int] | None = None) -> dict[int, Validity]:
    """Today's validity of policies that state their facts, by key. Drafts change nothing.

    Two queries; one for who knows already which pages are withdrawn.
    """
    shown = list(policies)
    rows = _changes().filter(page__in=[policy.pk for policy in shown], by__live=True)
    if gone is None:
        gone = {key for key, one in records_of(shown).items() if one.state in GONE}
    return _held(shown, rows.select_related("by"), gone)


def standing_of(policy: Any) -> tuple[Validity, list[ChangeMade]]:
    """The validity of one policy, and the live policies that it amends or repeals; one query for both.

    Whether it was withdrawn its page knows already.
    """
    number = policy.pk
    rows = _touching.objects(policy=number)
    gone = {number} if policy.is_superseded or policy.is_removed else set()
    held = _held([policy], [row for row in rows if row.page_id == number and row.by.live], gone)
    made = [row for row in rows if row.by_id == number and row.page.live]
    return held[number], [ChangeMade(ChangeKind(row.kind), row.page) for row in made]


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


def interpretations_of(policy: Any) -> list[Entry]:
    """The live interpretations of a policy, newest first; they show without anybody editing the policy."""
    return localised(_explaining(policy=policy.facts.pk))


def policies_of(interpretation: Any) -> list[tuple[Entry, Validity]]:
    """The live policies that an interpretation explains, each with its validity."""
    named = interpretation.facts.policies.select_related("policy").all()
    saved = isinstance(named, QuerySet)  # else the rows of a draft, which no database can be asked about
    if saved:
        kept = PageRecord.objects.filter(page_id=OuterRef("policy_id"), state__in=GONE)
        named = named.annotate(gone=Exists(kept))
    rows = [row for row in named if row.policy.live]
    policies: Sequence[Any] = [row.policy for row in rows]
    gone = {row.policy_id for row in rows if row.gone} if saved else None
    held = validity_of(policies, gone)
    return [(entry, held[entry.source.pk]) for entry in localised(policies)]


def _changes() -> Any:
    return apps.get_model("portal", "PolicyChange").objects


def _explaining_now() -> QuerySet:
    pages = readable(apps.get_model("portal", "InterpretationPage").objects)
    return pages.filter(policies__policy_id=key("policy")).distinct().order_by("-signed_on", "-pk")


def _touching_now() -> QuerySet:
    asked = key("policy")
    of_texts = [f"{text}__{name}" for text in ("by", "page") for name in (*FOR_LINKS, "in_force_from")]
    rows = _changes().filter(Q(page=asked) | Q(by=asked)).select_related("by", "page")
    return rows.only("kind", "page", "by", *of_texts).order_by("pk")


_explaining = PreparedPages(_explaining_now, (*FOR_LINKS, "signed_on"))
_touching = PreparedJoined(_touching_now)
