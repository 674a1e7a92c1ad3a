"""Gather the cases of one street and benefit that their road publishes next into a list (拟公示名单)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relief.applications.benefits import benefit as benefit_of
from relief.applications.models import Application
from relief.applications.queries import listable
from relief.applications.roads import steps_of
from relief.applications.states import State
from relief.errors import Blocked, Invalid, Reason
from relief.ledger.canonical import canonical, sha256_hex
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.places.models import Area
from relief.places.scope import within
from relief.publicity.disclose import columns_for
from relief.publicity.models import ListKind, ListState, PublicList, Selection
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.record import record, set_if
from relief.trail.verb import verb

KIND_WORDS: dict[str, tuple[str, str]] = {
    ListKind.PRE_APPROVAL: ("拟确认对象批前公示", "list before approval"),
    ListKind.ANNOUNCEMENT: ("确认对象批后公告", "announcement after approval"),
    ListKind.CHANGES: ("变更和终止公告", "announcement of changes and endings"),
    ListKind.STANDING: ("对象长期公示", "standing list"),
}
#: a second publicity, after the district's proposal, has a title of its own
SECOND_WORDS = ("拟批准对象公示", "list of the district's proposals")


def candidates(area: Area, benefit: str, state: str = State.REVIEWED) -> list[Application]:
    """Cases at `state` that their road publishes from there, by community and number."""
    cases = listable(area.number).filter(benefit=benefit, state=state)
    cases = cases.select_related("community", "applicant", "household")
    return list(cases.order_by("community__number", "number"))


def unmatched(cases: Iterable[Application]) -> list[Reason]:
    """Why some of `cases` can't go on a list today: not matched with the registers, or matches are open.

    One reason per case, naming it (比对, 57号 art 17).
    """
    today, reasons = clock.today(), []
    for case in cases:
        if case.matched_on != today:
            words = _("Case %(case)s was not matched with the registers today: match them first.")
            reasons.append(Reason("not-matched", words % {"case": case.number}))
        elif case.open_hits:
            words = ngettext(
                "Case %(case)s has %(count)d match that nobody has explained.",
                "Case %(case)s has %(count)d matches that nobody has explained.",
                case.open_hits,
            )
            reasons.append(Reason("open-matches", words % {"case": case.number, "count": case.open_hits}))
    return reasons


@verb("compile-list")
def compile_list(
    area: Area,
    *,
    by: Officer,
    benefit: str,
    batch: str,
    only: Collection[int] | None = None,
    state: str = State.REVIEWED,
) -> PublicList:
    """Compile the pre-approval list of a street; `only` narrows it to some cases.

    `state` is where the road publishes from: a rule set with two publicities has two. Doing it twice on the
    same cases gives the same list; on other cases a new revision, and the earlier compilation is set aside.
    Raises NotAllowed, Invalid, Blocked (no public list for this benefit; no case; a case that was not
    matched with the registers today, or whose matches are open).
    """
    actor, clause = _compiler(area, benefit, state, by)
    batch = _checked_batch(batch)
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)  # one compilation of a street at a time
    cases = [case for case in candidates(area, benefit, state) if only is None or case.pk in only]
    if not cases:
        raise Blocked(Reason("no-cases", _("No reviewed case waits for a list: a list can't be empty.")))
    if reasons := unmatched(cases):
        raise Blocked(*reasons)
    input_digest = sha256_hex(canonical([[case.pk, case.version] for case in cases]))
    same_batch = PublicList.objects.filter(
        kind=ListKind.PRE_APPROVAL, benefit=benefit, area=area, batch=batch
    )
    earlier = same_batch.order_by("-revision").first()
    if earlier and earlier.state == ListState.COMPILED:
        if earlier.input_digest == input_digest:
            return earlier
        _set_aside(earlier, actor)
    public_list = new_list(
        ListKind.PRE_APPROVAL, area, benefit, batch, earlier.revision + 1 if earlier else 1
    )
    if state != State.REVIEWED:
        public_list.title_zh, public_list.title_en = titles(area, benefit, batch, SECOND_WORDS)
    public_list.input_digest = input_digest
    public_list.entry_count = len(cases)
    public_list.person_count = sum(case.proposed_persons or 0 for case in cases)
    facts = {"area": area.number, "to_state": ListState.COMPILED, "clause": clause}
    public_list.save(event=record("compile-list", public_list, actor=actor, **facts))
    rows = [Selection(public_list=public_list, application_id=c.pk, version=c.version) for c in cases]
    Selection.objects.bulk_create(rows, batch_size=500)
    return public_list


def new_list(kind: ListKind, area: Area, benefit: str, batch: str, revision: int) -> PublicList:
    """A list not yet saved, with title, columns and labels frozen in both languages.

    Raises Blocked for a benefit that shows nothing in lists of this kind (children).
    """
    if kind not in benefit_of(benefit).discloses:
        raise Blocked(no_publicity())
    columns = columns_for(in_force(f"disclosure.{kind}.columns", clock.today()).words)
    title_zh, title_en = titles(area, benefit, batch, KIND_WORDS[kind])
    communities = Area.objects.filter(within(area.number, "number"))
    return PublicList(
        kind=kind,
        benefit=benefit,
        area=area,
        batch=batch,
        revision=revision,
        title_zh=title_zh,
        title_en=title_en,
        columns=[column.key for column in columns],
        labels={
            "columns": {column.key: {"zh": column.label_zh, "en": column.label_en} for column in columns},
            "communities": {
                place.number: {"zh": place.name_zh, "en": place.name_en} for place in communities
            },
        },
    )


def _compiler(area: Area, benefit: str, state: str, by: Officer) -> tuple[Actor, str]:
    """Who compiles by the roads of the benefit, and by which clause. Raises Blocked, NotAllowed."""
    steps = steps_of(benefit, "publish", state)
    if not steps:
        raise Blocked(no_publicity())
    return acting(by, {role for step in steps for role in step.prepared_by}, area.number), steps[0].clause


def _checked_batch(batch: str) -> str:
    """The batch as it stands on the list. Raises Invalid."""
    batch = batch.strip()
    if not batch or len(batch) > 12 or not batch.replace("-", "").isalnum():
        words = _("Name the batch by year and number, for example 2026-11.")
        raise Invalid({"batch": [Reason("batch", words)]})
    return batch


def titles(area: Area, benefit: str, batch: str, words: tuple[str, str]) -> tuple[str, str]:
    """The title in Chinese and in English."""
    project, (zh, en) = benefit_of(benefit), words
    return (
        f"{area.name_zh}{project.title_zh}{zh}（{batch}批）",
        f"{project.title_en}: {en}, {area.name_en}, batch {batch}",
    )


def no_publicity() -> Reason:
    return Reason("no-publicity", _("The rule set of this benefit asks for no public list here."))


def _set_aside(earlier: PublicList, actor: Actor) -> None:
    event = record(
        "set-aside-list",
        earlier,
        actor=actor,
        area=earlier.area_id,
        from_state=earlier.state,
        to_state=ListState.WITHDRAWN,
    )
    set_if(earlier, earlier.version, {"state": ListState.WITHDRAWN}, event, state=ListState.COMPILED)
