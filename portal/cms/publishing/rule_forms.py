"""The form of a notification rule, and the filters of rules and mails."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.models import Page, get_page_models

from portal.cms.publishing.frame import Refusable
from portal.notifying.models import RECIPIENTS, Happening, MailState, NotificationRule
from portal.pages.above import HOME_DEPTH
from portal.pages.base import PortalPage
from relief.officers.models import SITE_ROLES, Appointment, Officer
from relief.trail import clock

PERSON = "officer:"


class RuleForm(Refusable, forms.Form):
    """Event, type, section, to whom, why. What does not fit together the verb says, beside its field."""

    event = forms.ChoiceField(label=gettext_lazy("Event"), choices=Happening.choices)
    page_type = forms.ChoiceField(label=gettext_lazy("Type of page"), required=False)
    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    recipient = forms.ChoiceField(label=pgettext_lazy("mail", "To whom"))
    why = forms.CharField(label=gettext_lazy("Reason, for the history"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, rule: NotificationRule | None = None) -> None:
        super().__init__(data, initial=_initial(rule) if rule is not None else {})
        choices: dict[str, list[Any]] = {
            "page_type": [("", _("all types")), *type_choices()],
            "section": [("", _("the whole site")), *section_choices()],
            "recipient": _recipient_choices(rule),
        }
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered

    def wanted(self) -> dict[str, Any]:
        """The rule's columns as typed."""
        data = self.cleaned_data
        person = data["recipient"].startswith(PERSON)
        officer = Officer.objects.get(pk=data["recipient"].removeprefix(PERSON)) if person else None
        return {
            "event": data["event"],
            "page_type": data["page_type"],
            "section": data["section"] or None,
            "recipient": "" if person else data["recipient"],
            "officer": officer,
        }


class MailFilter(forms.Form):
    """Filters of the log; an unknown value counts as none."""

    event = forms.ChoiceField(label=gettext_lazy("Event"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Result"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name, choices in (("event", Happening.choices), ("state", MailState.choices)):
            field: Any = self.fields[name]
            field.choices = [("", _("all")), *choices]

    def asked(self) -> dict[str, str]:
        """The chosen values by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def type_choices() -> list[tuple[str, str]]:
    """Types of page by their names."""
    models = (model for model in get_page_models() if issubclass(model, PortalPage))
    found = ((str(model._meta.model_name), capfirst(str(model._meta.verbose_name))) for model in models)
    return sorted(found, key=lambda one: one[1])


def section_choices() -> list[tuple[str, str]]:
    """The sections below the home page, by the key that both languages share."""
    pages = Page.objects.filter(depth=HOME_DEPTH + 1).select_related("locale").order_by("locale_id", "path")
    found: dict[str, str] = {}
    for page in pages:
        found.setdefault(str(page.translation_key), page.title)
    return list(found.items())


def _recipient_choices(rule: NotificationRule | None) -> list[Any]:
    """Roles and the author, then everybody with a role of the site today."""
    held = Appointment.objects.on(clock.today()).filter(role__in=SITE_ROLES).select_related("officer")
    people = {one.officer for one in held}
    if rule is not None and rule.officer is not None:
        people.add(rule.officer)
    persons = [(f"{PERSON}{one.pk}", f"{one.name} ({one.office})") for one in sorted(people, key=_by_name)]
    return [(_("Roles"), RECIPIENTS), (_("Persons"), persons)]


def _by_name(officer: Officer) -> tuple[str, str]:
    return officer.office, officer.name


def _initial(rule: NotificationRule) -> dict[str, Any]:
    return {
        "event": rule.event,
        "page_type": rule.page_type,
        "section": str(rule.section or ""),
        "recipient": f"{PERSON}{rule.officer_id}" if rule.officer_id else rule.recipient,
        "version": rule.version,
    }
