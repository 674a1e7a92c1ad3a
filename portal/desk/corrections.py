"""Correct a list at the desk: choose rows, look at old and new side by side, a second person approves."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, ListAct
from portal.desk.gate import findings_of
from portal.desk.words import Row
from portal.publicity.changes import ChangedRow, values_that_differ
from relief.applications.models import Application
from relief.errors import Blocked, Invalid, Reason, Refused, WrongState
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.correct import (
    RowProposal,
    approve_correction,
    inspect_correction,
    propose_correction,
    proposer_of,
    reject_correction,
)
from relief.publicity.correctable import (
    CORRECTED_BY,
    FITTING,
    CorrectionReason,
    open_correction,
    who_may_be_added,
    why_not_correctable,
)
from relief.publicity.correction_models import Correction, RowChange
from relief.publicity.editions import current_entries
from relief.publicity.models import ListKind, PublicList
from relief.publicity.reissue import outdated_rows, rows_as_they_stand, shown_now

NOTE = {"rows": 3, "maxlength": 400}


def may_correct(subject: PublicList, officer: Officer) -> None:
    """Raises WrongState (when), NotAllowed (who)."""
    reason = why_not_correctable(subject)
    if reason and subject.kind not in CORRECTED_BY:
        raise WrongState(reason)
    acting(officer, CORRECTED_BY[subject.kind], subject.area_id)
    if reason:
        raise WrongState(reason)


class CorrectForm(ActForm):
    changed = forms.MultipleChoiceField(
        label=_("Rows that show something else than their case"),
        help_text=_("What they show is read from the case as it stands; nothing is typed here."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why_changed = forms.ChoiceField(
        label=_("Why these rows change"),
        choices=[(one.value, one.label) for one in FITTING[RowChange.CHANGED]],
        required=False,
    )
    added = forms.MultipleChoiceField(
        label=_("Households that were left out"),
        help_text=_("Reviewed cases that wait for a list. Each joins at the end, with all its days."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    removed = forms.CharField(
        label=_("Rows to take off"),
        help_text=_("Row numbers, for example 3, 12. Their cases go back to the street's review."),
        required=False,
        max_length=200,
    )
    why_removed = forms.ChoiceField(
        label=_("Why these rows are taken off"),
        choices=[(one.value, one.label) for one in FITTING[RowChange.REMOVED]],
        required=False,
    )
    note_zh = forms.CharField(
        label=_("Public note in Chinese"),
        help_text=_("What was wrong and what is right now. Name nobody."),
        widget=forms.Textarea(attrs=NOTE),
    )
    note_en = forms.CharField(label=_("Public note in English"), widget=forms.Textarea(attrs=NOTE))

    def clean_removed(self) -> list[int]:
        parts = self.cleaned_data["removed"].replace("，", ",").replace("、", ",").split(",")
        numbers = [part.strip() for part in parts if part.strip()]
        if not all(number.isascii() and number.isdigit() and len(number) <= 6 for number in numbers):
            raise forms.ValidationError(gettext("Write row numbers with commas between, for example 3, 12."))
        return [int(number) for number in numbers]


class Correct(ListAct):
    name = "propose-correction"
    title = _("Correct the list")
    text = _("A second person approves it. Nothing in public changes before.")
    button = _("Propose the correction")
    done = _("The correction is proposed. A second person must approve it.")
    form_class = CorrectForm
    template = "desk/correct.html"
    field_names = {"changes": "changed"}

    def check(self, subject: PublicList, officer: Officer) -> None:
        may_correct(subject, officer)
        if open_correction(subject):
            words = gettext("A correction of this list waits for its second person already.")
            raise Blocked(Reason("correction-waits", words))

    def form(self, subject: PublicList, officer: Officer, data: Any = None) -> ActForm:
        form = super().form(subject, officer, data)
        self.outdated = {str(one.row_number): one.application_id for one in outdated_rows(subject)}
        rows = _("Row %(row)s")
        form.fields["changed"].choices = [  # type: ignore[attr-defined]
            (row, rows % {"row": row}) for row in self.outdated
        ]
        self.waiting = {str(case.number): case for case in who_may_be_added(subject)}
        form.fields["added"].choices = [  # type: ignore[attr-defined]
            (number, f"{number} · {case.community.name}") for number, case in self.waiting.items()
        ]
        needless = ([] if self.outdated else ["changed", "why_changed"]) + ([] if self.waiting else ["added"])
        for name in needless:
            del form.fields[name]
        return form

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> Correction:
        return propose_correction(
            subject,
            by=officer,
            version=answer["version"],
            changes=self._changes(subject, answer),
            note_zh=answer["note_zh"],
            note_en=answer["note_en"],
        )

    def forward(self, subject: PublicList, result: Any) -> str:
        return reverse("desk:approve-correction", args=[subject.code])

    def context(
        self, subject: PublicList, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        if preview:
            try:
                asked = self._changes(subject, form.cleaned_data)
                context["rows"] = compared(subject, asked, officer)
            except Invalid as refused:
                form.refuse(self._at_fields(refused))
        return context

    def _changes(self, subject: PublicList, answer: dict[str, Any]) -> list[RowProposal]:
        """The rows as proposals. Raises Invalid for a number that is no row."""
        changed = [self.outdated[row] for row in answer.get("changed", [])]
        entries = current_entries(subject).filter(row_number__in=answer["removed"])
        removed = {entry.row_number: entry.application_id for entry in entries}
        if missing := [number for number in answer["removed"] if number not in removed]:
            words = gettext("The list has no row %(row)s.") % {"row": missing[0]}
            raise Invalid({"removed": [Reason("no-row", words)]})
        cases = Application.objects.select_related("household", "applicant", "community").in_bulk(
            [key for key in (*changed, *removed.values()) if key]
        )
        return [
            *(RowProposal("changed", cases[key], answer["why_changed"]) for key in changed if key),
            *(RowProposal("removed", cases[key], answer["why_removed"]) for key in removed.values() if key),
            *(
                RowProposal("added", self.waiting[number], CorrectionReason.LEFT_OUT)
                for number in answer.get("added", [])
            ),
        ]


def compared(public_list: PublicList, asked: Sequence[RowProposal], officer: Officer) -> list[ChangedRow]:
    """Old and new of each row, as the public would read them; opening the names is one look in the log."""
    places = shown_now(public_list, [one.application for one in asked])
    read = [one for one in asked if one.change != RowChange.REMOVED]
    numbered = [(_number(places, one), one.application) for one in read]
    after = dict(zip((id(one) for one in read), _rows(public_list, numbered, officer), strict=True))
    return [
        ChangedRow(
            _number(places, one),
            one.change,
            str(CorrectionReason(one.reason).label),
            values_that_differ(public_list, _before(places, one), after.get(id(one))),
        )
        for one in asked
    ]


def _rows(
    public_list: PublicList, numbered: Sequence[tuple[int, Application]], officer: Officer
) -> Iterable[dict[str, Any]]:
    return rows_as_they_stand(public_list, numbered, by=officer) if numbered else []


def _number(places: dict[int, Any], one: RowProposal) -> int:
    place = places.get(one.application.pk)
    return place.entry.row_number if place else 0


def _before(places: dict[int, Any], one: RowProposal) -> dict[str, Any] | None:
    place = places.get(one.application.pk)
    return place.row if place else None


class Decide(ListAct):
    """What a second person says on the open correction."""

    template = "desk/approve_correction.html"

    def find(self, officer: Officer, **address: Any) -> PublicList:
        found = super().find(officer, **address)
        self.correction = open_correction(found)
        return found

    def check(self, subject: PublicList, officer: Officer) -> None:
        may_correct(subject, officer)
        self._waiting()

    def _waiting(self) -> Correction:
        if self.correction is None:
            raise WrongState(Reason("no-correction", gettext("No correction of this list waits.")))
        return self.correction

    def form(self, subject: PublicList, officer: Officer, data: Any = None) -> ActForm:
        return self.form_class(data, initial={"version": self.version_of(subject)})

    def version_of(self, subject: PublicList) -> int:
        return self.correction.version if self.correction else subject.version

    def moved(self, subject: PublicList, form: ActForm) -> list[dict[str, Any]]:
        return []

    def context(
        self, subject: PublicList, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        if self.correction is None:
            return context
        asked = list(self.correction.rows.order_by("pk"))
        cases = Application.objects.select_related("household", "applicant").in_bulk(
            [row.application_id for row in asked]
        )
        proposals = [RowProposal(row.change, cases[row.application_id], row.reason) for row in asked]
        context["identity"] += [
            Row(_("Public note in Chinese"), self.correction.note_zh),
            Row(_("Public note in English"), self.correction.note_en),
        ]
        context |= {
            "rows": compared(subject, proposals, officer),
            "findings": findings_of(subject, since=asked[0].event_id),
            "own": proposer_of(self.correction) == officer.pk,
            "before_period": subject.kind == ListKind.PRE_APPROVAL and subject.ends_on is None,
        }
        return context


class Approve(Decide):
    name = "approve-correction"
    title = _("Approve the correction")
    text = _("With this the rows are frozen anew and stand on the web at once; posters must be printed anew.")
    button = _("Approve the correction")
    done = _("The list is corrected. Print the poster anew: the check code is another one.")

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> Any:
        with suppress(Refused):  # then approving says why not, and that is recorded
            self.check(subject, officer)
            inspect_correction(self._waiting(), by=officer)
        return approve_correction(self._waiting(), by=officer, version=answer["version"])


class Reject(Decide):
    name = "reject-correction"
    title = _("Don't approve the correction")
    text = _("The proposal is set aside; nothing in public changes. A new one can be made.")
    button = _("Set the proposal aside")
    done = _("The proposal is set aside.")

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> Any:
        return reject_correction(self._waiting(), by=officer, version=answer["version"])
