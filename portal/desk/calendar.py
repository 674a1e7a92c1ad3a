"""The calendar of working days (工作日历): a year's holidays and make-up days, and the bureau's own word."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.desk.act import Act, ActForm, refuse_form
from portal.desk.frame import at_desk, held_by, page, status_of
from portal.desk.shown import shown
from portal.desk.words import Row
from portal.forms import DateField, Form
from portal.templatetags.cap import day_in_words
from relief.applications.recompute import recompute_open
from relief.errors import NotAllowed, Refused
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.places.models import DISTRICT
from relief.standards.calendar import Calendar, DayReason, Why, read_calendar
from relief.standards.models import CalendarDay
from relief.standards.own_days import (
    KEEPERS,
    YEARS,
    change_calendar_day,
    enter_calendar_day,
    enter_calendar_year,
)
from relief.trail import clock

BETWEEN_DAYS = re.compile(r"[\n,，、;；]+")
FROM_TO = re.compile(r"\s*(?:至|到|–|—|~|～|\.\.|\bto\b|\s-\s)\s*")
ORDINARY = (Why.WORKING, Why.WEEKEND)


@require_safe
@at_desk
def calendar(request: HttpRequest, officer: Officer) -> HttpResponse:
    """One year: whether it is known, the days that differ from an ordinary week, the bureau's own word."""
    today = clock.today()
    text = request.GET.get("year", "")
    year = int(text) if re.fullmatch(r"\d{4}", text, re.ASCII) and int(text) in YEARS else today.year
    known = read_calendar()
    own = CalendarDay.objects.filter(day__year=year)
    context = {
        "year": year,
        "years": sorted({today.year - 1, today.year, today.year + 1, year, *(one.year for one in known.own)}),
        "known": known.knows(year),
        "entered": year in known.years,
        "own": own,
        "days": [{"reason": one} for one in _special_days(known, year)],
        "keeps": _keeps(request),
    }
    return page(request, officer, "desk/calendar.html", context, section="start")


def _special_days(known: Calendar, year: int) -> list[DayReason]:
    first = date(year, 1, 1)
    days = [known.day(first + timedelta(days=n)) for n in range((date(year + 1, 1, 1) - first).days)]
    return [one for one in days if one.why not in ORDINARY]


def _keeps(request: HttpRequest) -> bool:
    return any(one.role in KEEPERS for one in held_by(request))


class DaysField(forms.CharField):
    """Days and ranges of days, one a line: `2027-02-06 to 2027-02-12`, `2027年5月1日至2027年5月5日`."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        days: list[date] = []
        for part in BETWEEN_DAYS.split(super().to_python(value) or ""):
            if part.strip():
                days += self._range(part.strip())
        return sorted(set(days))

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The parts are days: nothing is left to check."""

    def _range(self, text: str) -> list[date]:
        ends = [DateField().clean(part) for part in FROM_TO.split(text)]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or last < first or (last - first).days > 31:
            raise forms.ValidationError(
                _("“%(text)s” is no row of days: write the first and the last day."),
                code="range",
                params={"text": text[:40]},
            )
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]


class DayForm(Form):
    day = DateField(label=gettext_lazy("Day"))
    working = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[("yes", gettext_lazy("working day")), ("no", gettext_lazy("day off"))],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=120,
        help_text=gettext_lazy("The number of the notice, and who issued it."),
    )


class YearForm(Form):
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int, widget=forms.RadioSelect)
    days_off = DaysField(
        label=gettext_lazy("Days off"),
        help_text=gettext_lazy(
            "Every holiday as the notice says it, weekends in between included; one row of days a line, for "
            "example 2027-10-01 to 2027-10-07"
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    make_up = DaysField(
        label=gettext_lazy("Make-up working days"),
        help_text=gettext_lazy("The Saturdays and Sundays on which offices work, one a line."),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=120,
        help_text=gettext_lazy("The number of the notice, and who issued it."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        known, this = read_calendar(), clock.today().year
        open_years = [year for year in range(this, this + 3) if not known.knows(year)]
        self.fields["year"].choices = [(year, str(year)) for year in open_years]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def enter_day(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Enter the bureau's word on one day."""
    acting(officer, KEEPERS, DISTRICT)
    form = DayForm(request.POST if request.method == "POST" else None)
    title = _("Enter a day")
    if request.method != "POST":
        return _ask(request, officer, form, title)

    def act(answer: dict[str, Any]) -> date:
        row = enter_calendar_day(
            answer["day"], working=answer["working"] == "yes", source=answer["source"], by=officer
        )
        return row.day

    return _enter(request, officer, form, title, "enter-calendar-day", act)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def enter_year(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Enter a year's notice: all days off and all make-up days at once."""
    acting(officer, KEEPERS, DISTRICT)
    form = YearForm(request.POST if request.method == "POST" else None)
    title = _("Enter the holidays of a year")
    if request.method != "POST":
        return _ask(request, officer, form, title)

    def act(answer: dict[str, Any]) -> date:
        rows = enter_calendar_year(
            answer["year"],
            days_off=answer["days_off"],
            make_up=answer["make_up"],
            source=answer["source"],
            by=officer,
        )
        return rows[0].day

    return _enter(request, officer, form, title, "enter-calendar-year", act)


def _ask(request: HttpRequest, officer: Officer, form: Form, title: str, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "text": _("Open cases get their new deadlines at once; each says so in its history."),
        "button": _("Enter"),
        "back_url": reverse("desk:calendar"),
    }
    return page(request, officer, "desk/act.html", context, section="start", status=status)


def _enter(
    request: HttpRequest, officer: Officer, form: Form, title: str, act: str, enter: Any
) -> HttpResponse:
    """Do it and recompute, or ask again with what was typed."""
    if not form.is_valid():
        refuse_form(act, form, by=officer)
        return _ask(request, officer, form, title, status=422)
    try:
        day = enter(form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as refused:
        form.refuse(refused)
        return _ask(request, officer, form, title, status=status_of(refused))
    messages.success(request, recomputed_in_words())
    return HttpResponseRedirect(f"{reverse('desk:calendar')}?year={day.year}")


def recomputed_in_words() -> str:
    """Recompute the open cases and say how many have new days."""
    count = recompute_open()
    words = ngettext(
        "The calendar is changed. %(n)d case has new deadlines.",
        "The calendar is changed. %(n)d cases have new deadlines.",
        count,
    )
    return words % {"n": count}


class ChangeForm(ActForm):
    working = DayForm.base_fields["working"]
    source = DayForm.base_fields["source"]
    field_order = ("working", "source")


class ChangeDay(Act):
    """Say otherwise of a day that is entered."""

    name = "change-calendar-day"
    title = gettext_lazy("Change a day")
    text = gettext_lazy("Open cases get their new deadlines at once; each says so in its history.")
    button = gettext_lazy("Change")
    section = "start"
    form_class = ChangeForm

    def find(self, officer: Officer, **address: Any) -> CalendarDay:
        code: uuid.UUID = address["code"]
        found = CalendarDay.objects.filter(code=code).first()
        if found is None:
            raise Http404
        return found

    def check(self, subject: CalendarDay, officer: Officer) -> None:
        acting(officer, KEEPERS, DISTRICT)

    def initial(self, subject: CalendarDay, officer: Officer) -> dict[str, Any]:
        return {"working": "yes" if subject.working else "no", "source": subject.source}

    def perform(self, subject: CalendarDay, officer: Officer, answer: dict[str, Any]) -> CalendarDay:
        working = answer["working"] == "yes"
        changed = change_calendar_day(
            subject, working=working, source=answer["source"], by=officer, version=answer["version"]
        )
        recompute_open()
        return changed

    def stands(self, subject: CalendarDay, officer: Officer) -> dict[str, Any]:
        working = _("working day") if subject.working else _("day off")
        return {"working": working, "source": shown(subject.source)}

    def context(
        self, subject: CalendarDay, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        return {"identity": [Row(_("Day"), day_in_words(subject.day, weekday=True))]}

    def back(self, subject: CalendarDay) -> str:
        return f"{reverse('desk:calendar')}?year={subject.day.year}"
