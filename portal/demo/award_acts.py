"""What becomes of standing guarantees: changed, ended, announced, shown each month (变更公告, 长期公示)."""

from __future__ import annotations

from random import Random

from portal.demo.calendar import Diary
from portal.demo.ground import DISTRICT
from portal.demo.list_acts import BENEFIT
from portal.demo.play import Script
from portal.demo.stage import Stage
from portal.demo.story import ChangesPlan
from relief.awards.adjust import AdjustmentReason, current_period, decide_change, decide_ending
from relief.awards.announce_changes import announce_changes, inspect_changes
from relief.awards.models import Award
from relief.awards.opening import month_after
from relief.awards.standing_list import inspect_standing_list, publish_standing_list, refresh
from relief.officers.models import Officer, Role
from relief.places.scope import within
from relief.publicity.expire import expire_names
from relief.publicity.models import PublicList
from relief.trail import clock

#: yuan per month by which an amount changes when the household's income has changed
DIFFERENCES = (-160, -110, -60, 80, 130)
WHY_ENDED = (
    AdjustmentReason.INCOME,
    AdjustmentReason.MOVED,
    AdjustmentReason.OWN_WISH,
    AdjustmentReason.NO_COOPERATION,
)
LEAST = 50


def changes_script(stage: Stage, plan: ChangesPlan) -> Script:
    """The district decides on some guarantees of a street in one morning and announces them days later."""
    rng = Random(f"{stage.seed} changes {plan.street} {plan.decided}")
    diary = Diary(stage.calendar, stage.calendar.ago(plan.decided), 9, 20)
    yield diary.now
    street = stage.district.areas[plan.street]
    imported = Award.objects.filter(within(plan.street, "community__number"), adjustments=None)
    keys = imported.exclude(periods__import_batch=None).order_by("pk").values_list("pk", flat=True)
    approver = stage.district.all_in(Role.DISTRICT_APPROVER, DISTRICT)[0]
    for place, key in enumerate(rng.sample(sorted(set(keys)), plan.changed + plan.ended)):
        yield diary.later(minutes=9)
        award = Award.objects.get(pk=key)
        if place < plan.changed:
            _change(award, rng, approver)
        else:
            month, reason = month_after(clock.today()), rng.choice(WHY_ENDED)
            decide_ending(award, by=approver, version=award.version, from_month=month, reason=reason)
    if not plan.announced:
        return
    yield clock.at(stage.calendar.ago(plan.announced), 14, 30)
    announcer = _announcer(stage)
    inspect_changes(street, by=announcer, benefit=BENEFIT)
    announce_changes(street, by=announcer, benefit=BENEFIT)


def _change(award: Award, rng: Random, approver: Officer) -> None:
    """Another amount; in every third case because the household has one member less."""
    period = current_period(award)
    assert period is not None
    smaller = period.persons > 1 and rng.random() < 1 / 3
    decide_change(
        award,
        by=approver,
        version=award.version,
        amount=max(period.amount + rng.choice(DIFFERENCES), type(period.amount)(LEAST)),
        persons=period.persons - smaller,
        from_month=month_after(clock.today()),
        reason=AdjustmentReason.MEMBERS if smaller else AdjustmentReason.INCOME,
    )


def standing_script(stage: Stage, street: str, ago: int) -> Script:
    """The announcer publishes a street's first standing list; then the schedule makes each month's."""
    first = stage.calendar.ago(ago)
    yield clock.at(first, 15, 40)
    area, announcer = stage.district.areas[street], _announcer(stage)
    inspect_standing_list(area, by=announcer, benefit=BENEFIT)
    current = publish_standing_list(area, by=announcer, benefit=BENEFIT)
    month = month_after(first)
    while month < stage.calendar.today:
        yield clock.at(month, 0, 30)
        before, current = current, refresh(area, BENEFIT)
        yield clock.at(month, 0, 50)
        expire_names(PublicList.objects.get(pk=before.pk))
        month = month_after(month)


def _announcer(stage: Stage) -> Officer:
    return stage.district.all_in(Role.DISTRICT_ANNOUNCER, DISTRICT)[-1]
