"""The verbs of the gate: inspect a text when it is handed in, release findings as a second person.

Publishing asks `standing_of` and only compares: what is published is what was read, to the letter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from portal.gate.models import GateRelease, GateVerdict
from portal.gate.pieces_of_page import pieces_of_page
from portal.gate.reader.ask import Attachment, read_file
from portal.gate.reader.found import Place, Text, Unread, within
from portal.gate.rules import MOST, Finding, findings, private_numbers, release_of_rules
from relief.confidential.private_kinds import Allowed
from relief.errors import Blocked, Invalid, NotAllowed, Reason
from relief.ledger.canonical import canonical, sha256_hex
from relief.officers.authority import appointments_of
from relief.officers.models import Officer
from relief.publicity.forms import forms
from relief.trail.actor import Actor, Robot
from relief.trail.record import record
from relief.trail.tracked import Root
from relief.trail.verb import verb

CLAUSE = "local"
#: signs of a reason: one word tells nobody why
SHORTEST, LONGEST = 8, 500
#: signs of a name that stand in a place
MOST_OF_A_NAME = 80


@dataclass(frozen=True)
class Digests:
    """What a verdict is bound to: the texts of the page, and its files by digest, sorted."""

    content: str
    files: tuple[str, ...]


class Stand(StrEnum):
    """How a revision stands with the gate."""

    PASSED = "passed"
    RELEASED = "released"
    REFUSED = "refused"
    #: another text, other files or other rules than those of the newest verdict
    STALE = "stale"
    MISSING = "missing"


@dataclass(frozen=True)
class Standing:
    """The standing, and the verdict that it rests on, if there is one."""

    stand: Stand
    verdict: GateVerdict | None = None

    @property
    def may_go_out(self) -> bool:
        return self.stand in (Stand.PASSED, Stand.RELEASED)

    @property
    def findings(self) -> list[dict[str, Any]]:
        return self.verdict.findings if self.verdict and self.stand == Stand.REFUSED else []


# --- inspect --------------------------------------------------------------------------------


def inspect(
    revision: Revision,
    files: Iterable[Attachment],
    *,
    subject: Root,
    by: Officer | Robot,
    actor: Actor | None = None,
) -> GateVerdict:
    """Read every text and file of a revision and keep what was found.

    `actor` is who acts, where the caller knows the role; else it is the officer's newest appointment. The
    reading runs outside of the transaction. Raises NotAllowed for who holds no office.
    """
    files = list(files)
    page = revision.as_object()
    with translation.override("zh-hans"):
        read = _read_page(page)
        digests = digests_of(page, files)
    found = _judged(read, files)
    return _keep(subject, revision=revision, digests=digests, found=found, by=by, actor=actor)


def digests_of(page: Page, files: Iterable[Attachment]) -> Digests:
    """What publishing compares: cheap, no file is opened. What pages call their files is text of theirs."""
    files = list(files)
    with translation.override("zh-hans"):
        texts = [[[list(step) for step in text.place], text.text] for text in _read_page(page)]
    texts += [[[["title"]], title] for title in sorted(one.title for one in files) if title]
    return Digests(sha256_hex(canonical(texts)), tuple(sorted(one.sha256 for one in files)))


def _read_page(page: Page) -> list[Text]:
    return [Text(piece.steps, piece.text) for piece in pieces_of_page(page)]


def _judged(read: Sequence[Text | Unread], files: Iterable[Attachment]) -> list[Finding]:
    """Findings of the page, then file by file. A list of names is one within one of them."""
    allowed = Allowed.of(forms().particulars())
    found = findings(read, allowed)
    for one in files:
        called = [Text((("title",),), one.title)] if one.title else []
        pieces = [Text((("name",),), one.name), *called, *read_file(one)]
        found += findings(list(within(("file", one.name), iter(pieces))), allowed)
    return found[:MOST]


def judge(words: Sequence[Text]) -> list[Finding]:
    """What stops words that readers see beside the texts, such as reasons and notes."""
    return _judged(words, ())


@verb("inspect-page")
def _keep(
    subject: Root,
    *,
    revision: Revision,
    digests: Digests,
    found: list[Finding],
    by: Officer | Robot,
    actor: Actor | None,
) -> GateVerdict:
    who = actor or _in_office(by)
    event = record("inspect-page", subject, actor=who, area=who.area, clause=CLAUSE)
    return GateVerdict.objects.create(
        page_id=int(revision.object_id),
        revision_id=revision.pk,
        content=digests.content,
        files=list(digests.files),
        rules=release_of_rules(),
        passed=not found,
        findings=[_told(one) for one in found],
        authors=sorted(authors_of(revision)),
        asked_by=who.id,
        by_name=who.name,
        event_id=event.pk,
        at=event.at,
    )


def authors_of(revision: Revision) -> set[int]:
    """Accounts that wrote the text since the live one, and whose page it is before there is a live one."""
    page: Any = revision.content_object
    earlier = Revision.objects.for_instance(page).filter(pk__lte=revision.pk)
    if page.live_revision_id:
        earlier = earlier.filter(pk__gt=page.live_revision_id)
    found = set(earlier.exclude(user=None).values_list("user_id", flat=True))
    return found if page.live_revision_id or page.owner_id is None else found | {page.owner_id}


def _told(one: Finding) -> dict[str, Any]:
    """A finding as it is kept: a name in its place that is private itself is left out."""
    return {"code": str(one.code), "place": _safe(one.place), "excerpt": one.excerpt}


def _safe(place: Place) -> list[list[str | int]]:
    return [[part if isinstance(part, int) else _safe_name(part) for part in step] for step in place]


def _safe_name(name: str) -> str:
    return "…" if any(private_numbers(name, Allowed())) else name[:MOST_OF_A_NAME]


# --- release --------------------------------------------------------------------------------


@verb("release-page")
def release(
    subject: Root,
    *,
    verdict: GateVerdict,
    by: Officer,
    reason: str,
    roles: Collection[str],
    actor: Actor | None = None,
    authors: Collection[int] = (),
) -> GateRelease:
    """Let a text go out in spite of its findings, with a reason that stays.

    `authors` are accounts that wrote the text besides those that the verdict names. Raises NotAllowed for the
    text's authors, for who asked for the check and for other roles, Blocked where nothing is to release,
    Invalid for a reason that says nothing or holds a private value itself.
    """
    who = actor or _in_office(by, roles)
    _second_person(verdict, by, authors)
    if verdict.passed or verdict.releases.exists():
        raise Blocked(Reason("nothing-to-release", _("There is nothing to release here any more.")))
    words = " ".join(reason.split())
    if not SHORTEST <= len(words) <= LONGEST:
        short = _("Say in 8 to 500 signs why what was found may be public.")
        raise Invalid({"reason": [Reason("reason-missing", short)]})
    if any(private_numbers(words, Allowed())):
        private = _("The reason holds a private value itself: say it without.")
        raise Invalid({"reason": [Reason("reason-private", private)]})
    event = record("release-page", subject, actor=who, area=who.area, clause=CLAUSE)
    return GateRelease.objects.create(
        verdict=verdict, reason=words, by_id=by.pk, by_name=who.name, event_id=event.pk, at=event.at
    )


def may_release(verdict: GateVerdict, officer: Officer, authors: Collection[int] = ()) -> Reason | None:
    """Why an officer may not release (role aside), or nothing."""
    if officer.account_id in {*verdict.authors, *authors}:
        return Reason("own-text", _("You wrote on this text: another person must release it."))
    if verdict.asked_by is not None and verdict.asked_by == officer.pk:
        return Reason("own-check", _("You asked for this check: another person must release it."))
    return None


def _second_person(verdict: GateVerdict, by: Officer, authors: Collection[int]) -> None:
    if reason := may_release(verdict, by, authors):
        raise NotAllowed(reason)


def _in_office(by: Officer | Robot, roles: Collection[str] | None = None) -> Actor:
    """The actor behind `by`: of an officer the newest appointment, in one of `roles`. Raises NotAllowed."""
    if isinstance(by, Robot):
        if roles is None:
            return by.actor()
        held = []
    else:
        held = [one for one in appointments_of(by) if roles is None or one.role in roles]
    if not held:
        raise NotAllowed(Reason("not-your-role", _("Your office doesn't include this step.")))
    return held[-1].actor()


# --- ask ------------------------------------------------------------------------------------


def standing_of(revision: Revision, digests: Digests) -> Standing:
    """How a revision stands with the gate, by comparing only. The newest verdict on it counts."""
    newest = GateVerdict.objects.filter(revision_id=revision.pk).order_by("-pk").first()
    if newest is None:
        other = GateVerdict.objects.filter(page_id=int(revision.object_id)).exists()
        return Standing(Stand.STALE if other else Stand.MISSING)
    bound = Digests(newest.content, tuple(newest.files))
    if bound != digests or newest.rules != release_of_rules():
        return Standing(Stand.STALE, newest)
    if newest.passed:
        return Standing(Stand.PASSED, newest)
    return Standing(Stand.RELEASED if newest.releases.exists() else Stand.REFUSED, newest)
