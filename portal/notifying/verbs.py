"""Make, change, end and try a notification rule, each with a reason that stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from wagtail.models import Page, get_page_models

from portal.notifying.models import AUTHOR, OF_ROWS, Happening, Notification, NotificationRule, Occurrence
from portal.notifying.sample import sample
from portal.notifying.tell import put
from portal.pages.base import PortalPage
from portal.publishing.authority import acting_on, acting_on_site
from portal.publishing.steps import RELEASERS
from relief.errors import Blocked, Invalid, Reason, WrongState
from relief.officers.authority import appointments_of
from relief.officers.models import SITE_ROLES, Officer, Role
from relief.trail import clock
from relief.trail.actor import Actor, Robot
from relief.trail.record import record, set_if
from relief.trail.verb import verb
from relief.trail.written import check_reason

FIELDS = ("event", "page_type", "section", "recipient", "officer")
#: what a site begins with
DEFAULTS: tuple[tuple[Happening, str], ...] = (
    (Happening.HANDED_IN, Role.REVIEWER),
    (Happening.APPROVED, Role.PUBLISHER),
    (Happening.RETURNED, AUTHOR),
    (Happening.PUBLISHED, AUTHOR),
    (Happening.PLAN_FAILED, Role.PUBLISHER),
    (Happening.PLAN_OVERTAKEN, Role.PUBLISHER),
    (Happening.WITHDRAWN, AUTHOR),
    (Happening.CHECK_DUE, Role.SECTION_EDITOR),
    (Happening.STATEMENT_EXPIRING, Role.EDITOR),
    (Happening.ROW_RED, Role.EDITOR),
)


@verb("seed-notification-rules")
def seed_rules(*, by: Robot) -> int:
    """Enter the rules that a site begins with; none where there ever was one. How many."""
    if NotificationRule.objects.exists():
        return 0
    for event, recipient in DEFAULTS:
        rule = NotificationRule(event=event, recipient=recipient, made_at=clock.now())
        rule.save(event=record("make-notification-rule", rule, actor=by.actor()))
    return len(DEFAULTS)


@verb("make-notification-rule")
def make_rule(wanted: Mapping[str, Any], *, by: Officer, why: str) -> NotificationRule:
    """A new rule from `FIELDS`. Raises NotAllowed for who releases no texts there, Invalid, WrongState."""
    actor = _acting(by, wanted["section"])
    _sound(wanted, why)
    _single(wanted)
    rule = NotificationRule(**wanted, made_at=clock.now(), why=why.strip())
    rule.save(event=record("make-notification-rule", rule, actor=actor))
    return rule


@verb("change-notification-rule")
def change_rule(
    rule: NotificationRule, *, by: Officer, version: int, wanted: Mapping[str, Any], why: str
) -> NotificationRule:
    """Change a rule that holds. Raises NotAllowed where the old or the new section isn't the officer's."""
    actor = _acting(by, rule.section)
    _acting(by, wanted["section"])
    _holds(rule)
    _sound(wanted, why)
    _single(wanted, besides=rule.pk)
    event = record("change-notification-rule", rule, actor=actor)
    return set_if(rule, version, {**wanted, "why": why.strip()}, event)


@verb("end-notification-rule")
def end_rule(rule: NotificationRule, *, by: Officer, version: int, why: str) -> NotificationRule:
    """End a rule; it stays readable with its mails."""
    actor = _acting(by, rule.section)
    _holds(rule)
    check_reason(why)
    event = record("end-notification-rule", rule, actor=actor)
    return set_if(rule, version, {"ended_at": clock.now(), "why": why.strip()}, event)


@verb("try-notification-rule")
def try_rule(rule: NotificationRule, *, by: Officer) -> Notification:
    """Put one mail of this rule to oneself into the outbox. Raises Blocked without an office mail address."""
    actor = _acting(by, rule.section)
    if not by.mail:
        raise Blocked(Reason("no-mail", _("Enter your office mail address first: the trial goes to you.")))
    event = record("try-notification-rule", rule, actor=actor)
    found = sample(rule)
    happened = Occurrence.objects.create(
        key=f"trial:{event.pk}",
        event=found.event,
        page_id=found.page.pk if found.page else None,
        page_type=found.page_type,
        section=found.section,
        title=_("Trial: %(title)s") % {"title": found.title},
        path=found.path,
        at=event.at,
    )
    return put(happened, rule, by)


def _acting(by: Officer, section: UUID | None) -> Actor:
    """Who releases texts of the section; of the whole site for a rule that reaches all of it."""
    if section is None:
        return acting_on_site(by, RELEASERS)
    page = Page.objects.filter(translation_key=section).order_by("path").first()
    return acting_on(by, RELEASERS, page) if page is not None else acting_on_site(by, RELEASERS)


def _holds(rule: NotificationRule) -> None:
    if rule.ended_at is not None:
        raise WrongState(Reason("rule-ended", _("This rule has ended. Make a new one.")))


def _sound(wanted: Mapping[str, Any], why: str) -> None:
    """Raises Invalid for what does not fit together."""
    wrong: dict[str, list[Reason]] = {}
    types = {model._meta.model_name for model in get_page_models() if issubclass(model, PortalPage)}
    if wanted["page_type"] and wanted["page_type"] not in types:
        wrong["page_type"] = [Reason("choice", _("Choose a type of page."))]
    if wanted["event"] in OF_ROWS and (wanted["page_type"] or wanted["section"]):
        words = _("This event speaks of a row of the catalogue: choose all types and the whole site.")
        wrong["event"] = [Reason("of-rows", words)]
    if wanted["event"] in OF_ROWS and wanted["recipient"] == AUTHOR:
        wrong["recipient"] = [Reason("no-author", _("Nobody hands a row in: choose a role or a person."))]
    if bool(wanted["recipient"]) == (wanted["officer"] is not None):
        wrong["recipient"] = [Reason("required", _("Choose to whom."))]
    person = wanted["officer"]
    if person is not None and not any(one.role in SITE_ROLES for one in appointments_of(person)):
        words = _("This person has no role of the site and may not learn of its drafts.")
        wrong["recipient"] = [Reason("no-role", words)]
    if wrong:
        raise Invalid(wrong)
    check_reason(why)


def _single(wanted: Mapping[str, Any], besides: int = 0) -> None:
    same = NotificationRule.objects.filter(ended_at=None, **{name: wanted[name] for name in FIELDS})
    if same.exclude(pk=besides).exists():
        raise WrongState(Reason("same-rule", _("There is such a rule already.")))
