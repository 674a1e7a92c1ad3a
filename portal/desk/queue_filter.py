"""What the queue shows and in which order, as it stands in the address."""

from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.publicity.filters import FilterForm
from relief.applications.models import Application
from relief.applications.queries import arrived_at, late
from relief.applications.states import ENDED, State
from relief.officers.models import Officer
from relief.places.models import Area, Level
from relief.places.scope import within, within_any
from relief.trail import clock

TABS = {"todo": _("My turn"), "waiting": _("On its way"), "open": _("All open"), "done": _("Ended")}
OWNERS = {"mine": _("mine"), "nobody": _("nobody's"), "others": _("colleagues'")}
MARKS = {
    "late": _("late"),
    "kin": _("relatives of staff"),
    "complaint": _("with a complaint"),
    "stopped": _("clock stopped"),
}
SORTS = {"deadline": _("Deadline"), "waiting": _("At this stage for"), "number": _("Case number")}


class QueueFilter(FilterForm):
    """Stage, street, community, owner, mark, number; a value that isn't offered is said so and left aside."""

    tab = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=list(TABS.items()))
    sort = forms.ChoiceField(required=False, widget=forms.HiddenInput, choices=list(SORTS.items()))
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    street = forms.ChoiceField(label=_("Street"), required=False)
    community = forms.ChoiceField(label=_("Community"), required=False)
    owner = forms.ChoiceField(label=_("Case owner"), required=False)
    mark = forms.ChoiceField(label=_("Only"), required=False)
    q = forms.CharField(label=_("Case number"), required=False, max_length=40)

    def __init__(self, request: HttpRequest, officer: Officer, scopes: list[str], usual: str) -> None:
        areas = list(Area.objects.filter(within_any(scopes, "number")))
        wanted = request.GET.get("tab") or usual
        states = [(key, label) for key, label in State.choices if (key in ENDED) == (wanted == "done")]
        streets = [(area.number, area.name) for area in areas if area.level == Level.STREET]
        street = request.GET.get("street", "")
        communities = [
            (area.number, area.name)
            for area in areas
            if area.level == Level.COMMUNITY and area.number.startswith(street)
        ]
        super().__init__(
            request,
            stage=states,
            street=streets,
            community=communities,
            owner=list(OWNERS.items()),
            mark=list(MARKS.items()),
        )
        self.officer = officer
        self.chosen_tab = self.value("tab") or usual
        self.order = self.value("sort") or "deadline"
        self.drop_idle(streets, communities)

    def drop_idle(self, streets: list[Any], communities: list[Any]) -> None:
        """Leave out what would offer one choice only, or asks about open cases among ended ones."""
        idle = {"street": len(streets) < 2, "community": len(communities) < 2}
        idle |= dict.fromkeys(("owner", "mark"), self.chosen_tab == "done")
        for name, out in idle.items():
            if out and not self.value(name):
                del self.fields[name]

    def apply(self, cases: QuerySet[Application]) -> QuerySet[Application]:
        """The cases that fit, in the order asked for."""
        if stage := self.value("stage"):
            cases = cases.filter(state=stage)
        for name in ("street", "community"):
            if area := self.value(name):
                cases = cases.filter(within(area, "community__number"))
        if owner := self.value("owner"):
            cases = cases.filter(self._owned(owner))
        if mark := self.value("mark"):
            cases = cases.filter(_marked(mark))
        if number := self.value("q"):
            cases = cases.filter(number__icontains=number.strip())
        return self._sorted(cases)

    def _owned(self, owner: str) -> Q:
        if owner == "mine":
            return Q(owner=self.officer)
        return Q(owner=None) if owner == "nobody" else Q(owner__isnull=False) & ~Q(owner=self.officer)

    def _sorted(self, cases: QuerySet[Application]) -> QuerySet[Application]:
        if self.order == "waiting":
            return cases.alias(arrived=arrived_at()).order_by(F("arrived").asc(nulls_last=True), "pk")
        if self.order == "number":
            return cases.order_by(F("number").asc(nulls_last=True), "pk")
        if self.chosen_tab == "done":
            return cases
        return cases.order_by(Coalesce("due_on", "limit_on").asc(nulls_last=True), "pk")


def _marked(mark: str) -> Q:
    if mark == "late":
        return late(clock.today())
    columns = {
        "kin": {"kin_registered": True},
        "complaint": {"complaint_registered": True},
        "stopped": {"clock_stopped_on__isnull": False},
    }
    return Q(**columns[mark])
