"""A response as it is being written: the list, the device's draft, what is answered and what comes next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.publicity import sheet
from portal.publicity.finding import found_list
from portal.publicity.responding import device
from portal.publicity.responding.forms import FORMS, kind_in_words, steps_of
from relief.errors import Reason
from relief.places.models import Area
from relief.publicity.draft import (
    find_draft,
    kept_until,
    normalise_resume_code,
    read_answers,
)
from relief.publicity.models import PublicList
from relief.publicity.queries import visible_rows
from relief.publicity.respond import why_not_open
from relief.publicity.response_models import ResponseDraft
from relief.publicity.row_of import find_row
from relief.trail import clock


@dataclass(frozen=True)
class Line:
    """One answer on the page where all are checked."""

    label: str
    value: Any
    url: str
    action: str


@dataclass
class Writing:
    """What a request knows of the response that its device is writing; no draft yet, no answers."""

    public_list: PublicList
    code: str = ""
    draft: ResponseDraft | None = None
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def is_sent(self) -> bool:
        return "receipt" in self.answers

    @property
    def closed(self) -> Reason | None:
        """Why nothing can be said to this list any more."""
        return why_closed(self.public_list)

    def steps(self) -> list[str]:
        return list(steps_of(self.answers))

    def answered(self, step: str) -> bool:
        """Whether the answer still fits the list and the kind; asked anew each time."""
        if step == "picture":
            return "picture" in self.answers
        form = FORMS[step](self.answers, public_list=self.public_list, answers=self.answers)
        return bool(form.is_valid())

    def next(self) -> str:
        """The first question without an answer, or `check`."""
        return next((step for step in self.steps() if not self.answered(step)), "check")

    def url(self, page: str = "") -> str:
        """The address of a question, or of the start, `check`, `sent` or `resume`."""
        number = self.public_list.number
        if page in FORMS:
            return reverse("publicity:respond-step", args=[number, page])
        return reverse(f"publicity:respond{f'-{page}' if page else ''}", args=[number])

    def before(self, step: str) -> str:
        """Address of the page before a question."""
        steps = self.steps()
        at = steps.index(step) if step in steps else 0
        return self.url(steps[at - 1]) if at else self.url()

    def context(self) -> dict[str, Any]:
        """What every page of the form shows."""
        return {
            "list": self.public_list,
            "list_url": reverse("publicity:gs-list", args=[self.public_list.number]),
            "start_url": self.url(),
            "code": self.code if self.draft else "",
            "kept_until": kept_until(self.draft) if self.draft else None,
        }

    def lines(self) -> list[Line]:
        """The answers so far in words, each with the way to change it."""
        change = _("Change")
        return [
            Line(label_of(step), self._said(step), self.url(step), change)
            for step in self.steps()
            if step == "picture" or self.answered(step)
        ]

    def _said(self, step: str) -> str:
        answers = self.answers
        if step == "kind":
            return kind_in_words(answers["kind"])[0]
        if step == "row":
            return row_in_words(self.public_list, answers["row"])
        if step == "community":
            return str(Area.objects.get(number=answers["community"]))
        if step == "staff":
            return _("Yes") if answers["about_staff"] == "yes" else _("No")
        if step == "named":
            return _("With my name") if answers["named"] == "yes" else _("Anonymous")
        if step == "contact":
            return f"{answers['name']} · {answers['contact']}"
        if step == "picture":
            return _("One picture") if answers.get("picture") else _("None")
        return str(answers[step])


def writing_of(request: HttpRequest, number: str) -> Writing:
    """Raises Http404 for a list that isn't there."""
    writing = Writing(found_list("gs", number))
    return resumed(writing, device.code_on(request))


def resumed(writing: Writing, code: str) -> Writing:
    """The same with the draft of a resume code, if there is one for this list."""
    if code and (draft := find_draft(code, writing.public_list)):
        writing.code, writing.draft = normalise_resume_code(code), draft
        writing.answers = read_answers(draft)
    return writing


def why_closed(public_list: PublicList) -> Reason | None:
    """Why nothing can be said to the list; a corrected or added row may still have days of its own."""
    reason = why_not_open(public_list)
    own_days = reason and public_list.entries.filter(ends_on__gte=clock.today()).exists()
    return None if own_days else reason


def row_in_words(public_list: PublicList, row: str) -> str:
    """`row 12: 王*英, Dongyuan Community`, as the list shows it today."""
    entry = find_row(public_list, row)
    shown = visible_rows(public_list).filter(entry=entry).first()
    if shown is None:
        return row
    parts = [
        sheet.plain(public_list, key, shown.row[key]) for key in ("name", "community") if key in shown.row
    ]
    words = _("row %(number)s: %(household)s")
    return words % {"number": entry.row_number, "household": " · ".join(parts)}


def label_of(step: str) -> str:
    """The answer's label on the page where all are checked."""
    return {
        "kind": _("What you report"),
        "row": _("Household"),
        "community": _("Community"),
        "words": _("What you say"),
        "staff": _("About a member of staff"),
        "named": _("Named or anonymous"),
        "contact": _("Name and contact"),
        "picture": _("Picture"),
    }[step]
