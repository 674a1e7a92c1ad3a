"""Publish a compiled list (批前公示): a second person freezes it, and it is public with the commit."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.applications.move import four_eyes, move_all
from relief.applications.roads import road_by_key
from relief.errors import NotAllowed, Reason, Stale, WrongState
from relief.ledger import journal
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.boards import fix_boards, period_if_evidenced
from relief.publicity.freeze import freeze
from relief.publicity.models import Channel, ListState, Posting, PublicList
from relief.standards.in_force import in_force
from relief.trail import bulk, clock
from relief.trail.models import Event
from relief.trail.record import hold, record, set_if
from relief.trail.verb import verb


@verb("publish-list")
@bulk.without_collecting()
def publish(public_list: PublicList, *, by: Officer, version: int) -> PublicList:
    """Freeze the list's cases, give it its number and digest, move the cases into publicity.

    The web counts as posted today; the period begins when every listed board is evidenced too. Raises
    NotAllowed (also for the one who compiled it or reviewed one of its cases), WrongState, Stale, Blocked
    (the gate has not passed these very rows: `gate.inspect_list`).
    """
    list_in_state(public_list, ListState.COMPILED)
    chosen = Application.objects.filter(pk__in=public_list.selections.values("application_id"))
    actor = acting(by, roles_for("publish", chosen), public_list.area_id)
    public_list = hold(public_list, version)
    if Event.objects.filter(subject_code=public_list.code, act="compile-list", actor_id=actor.id).exists():
        raise NotAllowed(four_eyes())
    cases = selected_cases(public_list)
    today = clock.today()
    days = in_force("publicity.days", today)
    counting = in_force("publicity.counting", today)
    event = record(
        "publish-list",
        public_list,
        actor=actor,
        area=public_list.area_id,
        from_state=public_list.state,
        to_state=ListState.RUNNING,
        clause=days.clause,
        standards={**days.used(), **counting.used()},
    )
    frozen = freeze(public_list, cases, by=by, event=event)
    move_all(cases, "publish", by=by, cause=event)
    Posting.objects.create(
        public_list=public_list,
        channel=Channel.WEB,
        posted_on=today,
        officer_id=actor.id,
        officer_name=actor.name,
        event_id=event.pk,
    )
    fix_boards(public_list, actor, event)
    begun = period_if_evidenced(public_list, days.number, counting.text)
    state = {"state": ListState.RUNNING, "days": days.number, "counting": counting.text}
    changes = {**frozen.columns, **state, **begun}
    published = set_if(public_list, version, changes, event, state=ListState.COMPILED)
    journal.append("list", frozen.number, frozen.digest, event_id=event.pk, at=event.at)
    if begun:
        journal.append("period", frozen.number, frozen.digest, event_id=event.pk, at=event.at)
    return published


def roles_for(act: str, cases: QuerySet[Application]) -> set[str]:
    """Whose act it is by the roads of `cases`, from where they stand; from anywhere when none can move."""
    stand = set(cases.order_by().values_list("road_key", "state").distinct())
    steps = [step for key, state in stand if (step := road_by_key(key).step(act, state))]
    steps = steps or [step for key, _s in stand for step in road_by_key(key).steps if step.act == act]
    return {role for step in steps for role in step.roles}


def selected_cases(public_list: PublicList) -> list[Application]:
    """The list's cases in its order. Raises Stale when one was changed since the list was compiled."""
    chosen = list(public_list.selections.order_by("pk").values_list("application_id", "version"))
    found = Application.objects.select_related("household", "applicant").in_bulk([pk for pk, _v in chosen])
    changed = [pk for pk, version in chosen if found[pk].version != version]
    if changed:
        raise Stale(
            Reason(
                "case-changed",
                _("Case %(case)s was changed after the list was compiled: compile the list again.")
                % {"case": found[changed[0]].number},
            ),
            current=found[changed[0]],
        )
    return [found[pk] for pk, _version in chosen]


def list_in_state(public_list: PublicList, *states: str) -> None:
    """Raises WrongState unless the list stands at one of `states`."""
    if public_list.state not in states:
        raise WrongState(
            Reason(
                "wrong-list-state",
                _("The list is “%(state)s”: this step is not possible now.")
                % {"state": public_list.get_state_display()},
            )
        )
