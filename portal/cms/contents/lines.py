"""One screen of pages as lines: facts, states, owner, next check; queries by types of page, not by pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from wagtail.models import Page

from portal.cms.contents.states import Badge, Stand, badge_of, running, stands_of
from portal.pages.deadlines import deadline_of
from portal.pages.interpretation import InterpretationPage
from portal.pages.notice import NoticePage
from portal.pages.policy import PolicyPage
from portal.pages.relations import validity_of
from portal.publishing.authority import Reach
from portal.publishing.care import CARERS, version_of
from portal.publishing.models import OPEN_PLANS, PageState, Plan
from portal.publishing.queries import records_of
from portal.publishing.steps import WRITERS
from relief.officers.models import Officer
from relief.trail import clock

OFFICIAL = (PolicyPage, InterpretationPage, NoticePage)
#: Wagtail's colours of tags, by the colours of validity
TAGS = {"green": "cms-green", "yellow": "cms-amber", "red": "cms-red"}


@dataclass
class Line:
    """One page. `version` is that of its record, 0 without one."""

    page: Page
    kind: str
    version: int
    stands: list[Stand]
    number: str = ""
    validity: Badge | None = None
    next_check_on: date | None = None
    due: bool = False
    owner: Officer | None = None
    changed_at: datetime | None = None
    roles: set[str] = field(default_factory=set)

    @property
    def title(self) -> str:
        return str(self.page.draft_title or self.page.title)

    @property
    def badges(self) -> list[Badge]:
        return [badge_of(one) for one in self.stands]

    @property
    def states_in_words(self) -> str:
        return "、".join(str(one.label) for one in self.badges)

    @property
    def language(self) -> str:
        return str(self.page.locale)

    @property
    def writes(self) -> bool:
        return bool(self.roles & set(WRITERS))

    @property
    def may_check(self) -> bool:
        return Stand.LIVE in self.stands and bool(self.roles & set(CARERS))


def lines_of(pages: Sequence[Any], reach: Reach) -> list[Line]:
    """Lines for pages from `with_care`."""
    kept = records_of(pages)
    plans = Plan.objects.filter(record__in=kept.values(), state__in=OPEN_PLANS)
    planned = set(plans.values_list("record__page_id", flat=True))
    reviewed = set(
        running().filter(object_id__in=[str(one.pk) for one in pages]).values_list("object_id", flat=True)
    )
    owners = Officer.objects.in_bulk({one.carer for one in pages if one.carer})
    numbers, tags = _facts(pages)
    today = clock.today()
    lines = []
    for page in pages:
        own = kept.get(page.pk)
        stands = stands_of(page, own, in_review=str(page.pk) in reviewed, planned=page.pk in planned)
        due = (
            own is not None
            and own.state == PageState.PUBLIC
            and bool(page.check_on and page.check_on <= today)
        )
        lines.append(
            Line(
                page=page,
                kind=str(page.specific_class.get_verbose_name()),
                version=version_of(own),
                stands=stands,
                number=numbers.get(page.translation_key, ""),
                validity=tags.get(page.translation_key),
                next_check_on=None if Stand.WITHDRAWN in stands else page.check_on,
                due=due,
                owner=owners.get(page.carer),
                changed_at=page.changed_at,
                roles=reach.on(page),
            )
        )
    return lines


def _facts(pages: Iterable[Any]) -> tuple[dict[UUID, str], dict[UUID, Badge]]:
    """文号 and validity (a notice's closing date) by translation key, from the Chinese pages."""
    numbers: dict[UUID, str] = {}
    tags: dict[UUID, Badge] = {}
    keys = [page.translation_key for page in pages]
    for model in OFFICIAL:
        heavy = [name for name in ("body", "blocks") if hasattr(model, name)]
        stated = model.objects.filter(translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE)
        found: list[Any] = list(stated.defer(*heavy))
        numbers |= {one.translation_key: one.document_number for one in found}
        if model is PolicyPage:
            held = validity_of(found)
            tags |= {one.translation_key: _badge(held[one.pk]) for one in found}
        elif model is NoticePage:
            tags |= {
                one.translation_key: _badge(last) for one in found if (last := deadline_of(one.deadline))
            }
    return numbers, tags


def _badge(found: Any) -> Badge:
    return Badge(found.label, TAGS.get(found.colour, ""))
