"""Gather the reviewed cases of one street and benefit into a list (拟公示名单)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relief.applications.benefits import benefit as benefit_of
from relief.applications.models import Application
from relief.applications.queries import listable
from relief.errors import Blocked, Invalid, Reason
from relief.ledger.canonical import canonical, sha256_hex
from relief.officers.authority import acting
from relief.officers.models import Officer, Role
from relief.places.models import Area
from relief.places.scope import within
from relief.publicity.disclose import columns_for
from relief.publicity.models import ListKind, ListState, PublicList, Selection
from relief.standards.in_force import in_force
from relief.trail import clock
from relief.trail.actor import Actor
from relief.trail.record import record, set_if
from relief.trail.verb import verb

KIND_WORDS = {
    ListKind.PRE_APPROVAL: ("拟确认对象批前公示", "list before approval"),
    ListKind.ANNOUNCEMENT: ("确认对象批后公告", "announcement after approval"),
}


def candidates(area: Area, benefit: str) -> list[Application]:
    """Cases that may go on a list of the area: reviewed and recommended, by community and number."""
    cases = listable(area.number).filter(benefit=benefit)
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
    area: Area, *, by: Officer, benefit: str, batch: str, only: Collection[int] | None = None
) -> PublicList:
    """Compile the pre-approval list of a street; `only` narrows it to some cases.

    Doing it twice on the same cases gives the same list; on other cases a new revision, and the earlier
    compilation is set aside. Raises NotAllowed, Invalid, Blocked (no case; a case that was not matched with
    the registers today, or whose matches are open).
    """
    actor = acting(by, {Role.STREET_REVIEWER}, area.number)
    batch = batch.strip()
    if not batch or len(batch) > 12 or not batch.replace("-", "").isalnum():
        words = _("Name the batch by year and number, for example 2026-11.")
        raise Invalid({"batch": [Reason("batch", words)]})
    Area.objects.select_for_update(no_key=True).get(pk=area.pk)  # one compilation of a street at a time
    cases = [case for case in candidates(area, benefit) if only is None or case.pk in only]
    if not cases:
        raise Blocked(Reason("no-cases", _("No reviewed case waits for a list: a list can't be empty.")))
    if reasons := unmatched(cases):
        raise Blocked(*reasons)
    input_digest = sha256_hex(canonical([[case.pk, case.version] for case in cases]))
    earlier = (
        PublicList.objects.filter(kind=ListKind.PRE_APPROVAL, benefit=benefit, area=area, batch=batch)
        .order_by("-revision")
        .first()
    )
    if earlier and earlier.state == ListState.COMPILED:
        if earlier.input_digest == input_digest:
            return earlier
        _set_aside(earlier, actor)
    public_list = new_list(
        ListKind.PRE_APPROVAL, area, benefit, batch, earlier.revision + 1 if earlier else 1
    )
    public_list.input_digest = input_digest
    public_list.entry_count = len(cases)
    public_list.person_count = sum(case.proposed_persons or 0 for case in cases)
    facts = {"area": area.number, "to_state": ListState.COMPILED, "clause": "57-19"}
    public_list.save(event=record("compile-list", public_list, actor=actor, **facts))
    Selection.objects.bulk_create(
        [Selection(public_list=public_list, application_id=case.pk, version=case.version) for case in cases],
        batch_size=500,
    )
    return public_list


def new_list(kind: ListKind, area: Area, benefit: str, batch: str, revision: int) -> PublicList:
    """A list not yet saved, with title, columns and labels frozen in both languages."""
    columns = columns_for(in_force(f"disclosure.{kind}.columns", clock.today()).words)
    project = benefit_of(benefit)
    words_zh, words_en = KIND_WORDS[kind]
    communities = Area.objects.filter(within(area.number, "number"))
    return PublicList(
        kind=kind,
        benefit=benefit,
        area=area,
        batch=batch,
        revision=revision,
        title_zh=f"{area.name_zh}{project.title_zh}{words_zh}（{batch}批）",
        title_en=f"{project.title_en}: {words_en}, {area.name_en}, batch {batch}",
        columns=[column.key for column in columns],
        labels={
            "columns": {column.key: {"zh": column.label_zh, "en": column.label_en} for column in columns},
            "communities": {
                place.number: {"zh": place.name_zh, "en": place.name_en} for place in communities
            },
        },
    )


def _checked_batch(batch: str) -> str:
    batch = batch.strip()
    if not batch.isascii() or len(batch) > 12 or not batch.replace("-", "").isalnum():
        words = _("Name the batch by year and number, for example 2026-11.")
        raise Invalid({"batch": [Reason("batch", words)]})
    return batch


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
