"""What may be done to many texts at once: each text through the verb that its own screen calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.cms.publishing.withdrawal import LeavingForm
from portal.pages.topics import Topic
from portal.publishing.care import CARERS, set_next_check, set_owner
from portal.publishing.drafts import draft_with
from portal.publishing.models import PageRecord
from portal.publishing.submit import record_of
from portal.publishing.task import start_review
from portal.publishing.withdraw import WAYS, withdraw
from portal.writable import Writable
from relief.errors import Blocked, Reason, WrongState
from relief.officers.models import Appointment, Officer
from relief.trail import clock


@dataclass(frozen=True)
class Seen:
    """What the officer saw of a text: the version of its record (0 without one) and its newest revision."""

    version: int
    revision_id: int | None


@dataclass(frozen=True)
class Act:
    """One bulk act: its name, its form, and what it does to one page; the answer is told in the result.

    `most` pages are dealt with at once.
    """

    label: Any
    form: type[forms.Form]
    run: Callable[[Any, Officer, Seen, dict[str, Any]], str]
    most: int = 200


class NothingToFill(forms.Form):
    """The act asks for nothing."""


class TopicForm(forms.Form):
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), choices=Topic.choices)


class WhyForm(Writable, forms.Form):
    """Base of what is set about a text, not in it."""

    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("It stays in the history of the text; the public doesn't see it."),
    )


class OwnerForm(WhyForm):
    owner = forms.ModelChoiceField(label=gettext_lazy("Owner"), queryset=Officer.objects.none())
    field_order = ("owner", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = carers()


class CheckDateForm(WhyForm):
    next_check_on = forms.DateField(
        label=gettext_lazy("Next check"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty: no check is due."),
    )
    field_order = ("next_check_on", "why")


def carers() -> Any:
    """Officers who may answer for some text today."""
    today = Appointment.objects.on(clock.today()).filter(role__in=CARERS)
    return Officer.objects.filter(pk__in=today.values("officer_id")).order_by("name")


def _submit(page: Any, by: Officer, seen: Seen, data: dict[str, Any]) -> str:
    start_review(page, by=by, revision_id=seen.revision_id)
    return _("Handed in for review.")


def _withdraw(page: Any, by: Officer, seen: Seen, data: dict[str, Any]) -> str:
    """A translation that went along with its source, a moment ago in this very act, is done."""
    kept = record_of(page)
    if kept is None:
        raise WrongState(Reason("not-public", _("Only what is public can be withdrawn.")))
    if _went_along(page, kept, seen, data["way"]):
        return _("Withdrawn with its Chinese page.")
    withdraw(kept, by=by, version=seen.version, **data)
    return _("Withdrawn.")


def _went_along(page: Any, kept: PageRecord, seen: Seen, way: str) -> bool:
    """Whether the only change since the officer looked is the source's withdrawal, for the same reason."""
    if kept.state != WAYS[way] or kept.version != seen.version + 1:
        return False
    source = page.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    theirs = record_of(source) if source else None
    return theirs is not None and (theirs.state, theirs.reason_zh) == (kept.state, kept.reason_zh)


def _topic(page: Any, by: Officer, seen: Seen, data: dict[str, Any]) -> str:
    try:
        page._meta.get_field("topic")
    except FieldDoesNotExist:
        raise Blocked(Reason("no-topic", _("Pages of this type have no topic."))) from None
    if not page.states_facts:
        raise Blocked(Reason("stated-elsewhere", _("Read from the Chinese page: change it there.")))
    before = page.get_latest_revision_as_object().topic
    note = _topic_note(before, data["topic"])
    draft_with(page, by=by, changes={"topic": data["topic"]}, note=note, revision_id=seen.revision_id)
    return _("The new topic stands in a draft. Hand it in for review.")


def _topic_note(before: str, after: str) -> tuple[str, str]:
    """What the public is told of the change, in Chinese and English."""
    told = []
    for language in (settings.LANGUAGE_CODE, "en"):
        with translation.override(language):
            names = {"before": Topic(before).label if before else _("none"), "after": Topic(after).label}
            told.append(_("Topic changed from “%(before)s” to “%(after)s”.") % names)
    return told[0], told[1]


def _owner(page: Any, by: Officer, seen: Seen, data: dict[str, Any]) -> str:
    set_owner(page, by=by, owner=data["owner"], why=data["why"], version=seen.version)
    return _("%(name)s answers for it now.") % {"name": data["owner"].name}


def _check_date(page: Any, by: Officer, seen: Seen, data: dict[str, Any]) -> str:
    set_next_check(page, by=by, on=data["next_check_on"], why=data["why"], version=seen.version)
    return (
        _("The date of the next check is set.") if data["next_check_on"] else _("No check is due any more.")
    )


ACTS: dict[str, Act] = {
    "submit": Act(gettext_lazy("Hand in for review"), NothingToFill, _submit),
    "withdraw": Act(gettext_lazy("Withdraw"), LeavingForm, _withdraw, most=50),  # links are sought of each
    "topic": Act(gettext_lazy("Set topic"), TopicForm, _topic),
    "owner": Act(gettext_lazy("Set owner"), OwnerForm, _owner),
    "check": Act(gettext_lazy("Set next check"), CheckDateForm, _check_date),
}
#: pages of the act that takes most
MOST = max(one.most for one in ACTS.values())
