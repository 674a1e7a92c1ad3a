"""Load the demo: set up the district, import standing households, play the year; one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.catalogue.seed import seed_catalogue
from portal.demo.at_boards import looked_at
from portal.demo.award_acts import changes_script, standing_script
from portal.demo.care_acts import care_script
from portal.demo.case_acts import CaseActs
from portal.demo.catalogue_acts import catalogue_script
from portal.demo.content import content_script, site_with_words
from portal.demo.district import set_up_officers, set_up_places, set_up_rules
from portal.demo.full_story import full_story
from portal.demo.ground import DISTRICT
from portal.demo.list_acts import list_script
from portal.demo.play import Script, play
from portal.demo.responses import response_scripts
from portal.demo.site_acts import appointment_script, rules_script, site_script
from portal.demo.small_story import SMALL_STORY
from portal.demo.stage import Stage
from portal.demo.standing import import_standing
from portal.demo.story import Story
from portal.demo.text_acts import text_scripts
from portal.notifying.verbs import seed_rules
from portal.pages.demo_notices import add_notice, in_order, public_at
from portal.pages.models import HomePage
from portal.particulars.verbs import enter
from relief.officers.models import Role
from relief.places.models import Area
from relief.places.set_up import SETUP
from relief.trail import clock
from search.synonym_verbs import seed_synonyms

SEED = "minghe"
SCALES = ("small", "full")
#: the demo's year and the days before it in which the bureau is set up
YEAR = timedelta(days=380)


class CannotLoad(Exception):
    """The demo can't be loaded here; the text says why and what to do."""


def check_may_load() -> None:
    """Raises CannotLoad outside DEMO and where something is entered already."""
    if not settings.DEMO:
        raise CannotLoad(
            _("The demo is invented data and never belongs into a real register: it loads only with DEMO=1.")
        )
    if Area.objects.exists():
        raise CannotLoad(
            _("This database holds a district already: the demo loads once, into an empty database.")
        )


def first_day() -> date:
    """The day on which the demo's time begins."""
    return clock.today() - YEAR


def story_of(scale: str, seed: str = SEED) -> Story:
    """The story of one of `SCALES`."""
    return full_story(seed) if scale == "full" else SMALL_STORY


def load(
    story: Story = SMALL_STORY,
    *,
    seed: str = SEED,
    on_day: Callable[[date], object] = lambda day: None,
) -> Stage:
    """Load a story of the demo before today; nothing is kept when anything fails. Raises CannotLoad."""
    check_may_load()
    stage = Stage.before(clock.today(), since=first_day(), seed=seed, story=story)
    with transaction.atomic():
        with clock.moved_to(clock.at(first_day(), 0)):  # history begins with what every site has
            homes = site_with_words()
            seed_catalogue()
            enter(by=SETUP)
            seed_rules(by=SETUP)
            seed_synonyms(by=SETUP)
        play([*_publishing(stage, homes), *_scripts(stage)], on_day=on_day)
    return stage


def _publishing(stage: Stage, homes: Mapping[str, HomePage]) -> list[Script]:
    """The texts that the bureau brings along, what its newsroom does with them, and the catalogue."""
    today, pages = stage.calendar.today, dict[str, Page]()
    since = clock.at(today - YEAR, 0, 10)
    stock = content_script(homes, stage.story.ground, pages, today=today, since=since)
    return [
        _notices(homes, today),
        stock,
        *text_scripts(stage),
        catalogue_script(stage, pages),
        site_script(stage),
        care_script(stage),
        rules_script(stage),
        appointment_script(stage),
    ]


def _notices(homes: Mapping[str, HomePage], today: date) -> Script:
    """The notices that every demo has, each on its day; those of before are there when the year begins."""
    since = clock.at(today - YEAR, 0, 5)
    for notice in in_order(today):
        yield max(since, public_at(notice, today))
        add_notice(homes, notice, today)


def _scripts(stage: Stage) -> list[Script]:
    story = stage.story
    lists = [list_script(stage, number, plan) for number, plan in story.lists.items()]
    looks = [looked_at(stage, number) for number in story.lists]
    cases = [CaseActs(stage, plan, number).script() for number, plan in enumerate(story.cases, start=1)]
    awards = [changes_script(stage, plan) for plan in story.changes]
    awards += [standing_script(stage, street, ago) for street, ago in story.standing_lists.items()]
    said = response_scripts(stage)
    return [_set_up(stage), _import(stage), *lists, *looks, *cases, *awards, *said]


def _set_up(stage: Stage) -> Script:
    day = stage.calendar.days[0]
    yield clock.at(day, 9)
    set_up_places(stage.district)
    yield clock.at(day, 10)
    set_up_rules(stage.story.ground, since=day)
    yield clock.at(day, 11)
    set_up_officers(stage.district, since=day)


def _import(stage: Stage) -> Script:
    yield clock.at(stage.calendar.days[4], 14, 5)
    import_standing(stage, by=stage.district.one_in(Role.DISTRICT_CHECKER, DISTRICT))
