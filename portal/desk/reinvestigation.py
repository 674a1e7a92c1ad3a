"""After an objection: the democratic review (民主评议) and the street's new opinion (重新提出初审意见)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from portal.desk.opinion import YES_NO, opinion_of
from portal.desk.shown import shown
from portal.desk.words import Row
from portal.forms import DateField
from portal.templatetags.cap import days_left
from relief.applications.models import Application
from relief.applications.states import State
from relief.decisions.blockers import ready
from relief.decisions.case_file import CaseFile
from relief.decisions.decide import RefusalReason
from relief.decisions.democratic_review import MOST_PERSONS, democratic_review, may_review
from relief.decisions.models import DemocraticReview
from relief.decisions.new_opinion import new_opinion, where_it_leads
from relief.officers.authority import appointments_of
from relief.officers.models import Officer
from relief.projects.sunshine.guarantee import summary
from relief.publicity.case_list import list_of
from relief.publicity.models import ListState
from relief.publicity.queries import period_of
from relief.publicity.read_responses import read_responses
from relief.trail import clock


def count_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """A number of persons in a meeting."""
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=MOST_PERSONS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "cap-w-4"}),
    )


class ReviewForm(ActForm):
    held_on = DateField(label=_("Day of the review"))
    participants = count_field(_("Participants"))
    representatives = count_field(
        _("Residents' representatives among them"), _("At least two thirds of the participants.")
    )
    votes_for = count_field(_("Votes for the case"))
    votes_against = count_field(_("Votes against the case"), _("Who abstained is not counted."))
    minutes = forms.CharField(
        label=_("What was discussed"),
        help_text=_("What the household said, what was asked, how it was decided. Everybody has signed."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class Review(CaseAct):
    name = "democratic-review"
    title = _("Record a democratic review")
    text = _("Street, community and residents' representatives discuss the case and vote.")
    button = _("Save the review")
    done = _("The democratic review is recorded.")
    form_class = ReviewForm

    def check(self, subject: Application, officer: Officer) -> None:
        may_review(subject, officer)

    def initial(self, subject: Application, officer: Officer) -> dict[str, Any]:
        return {"held_on": clock.today()}

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Any:
        names = ("held_on", "participants", "representatives", "votes_for", "votes_against", "minutes")
        return democratic_review(
            subject, by=officer, version=answer["version"], **{name: answer[name] for name in names}
        )

    def stands(self, subject: Application, officer: Officer) -> dict[str, Any]:
        held = DemocraticReview.objects.filter(application=subject).order_by("-pk").first()
        names = ("held_on", "participants", "representatives", "votes_for", "votes_against")
        return {name: shown(getattr(held, name)) for name in names} if held else {}


class NewOpinionForm(ActForm):
    recommended = forms.ChoiceField(
        label=_("Does the street still recommend the case?"),
        help_text=_("Yes rejects the objections, no upholds them."),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label=_("Ground, if not recommended"),
        choices=[("", _("choose a ground")), *RefusalReason.choices],
        required=False,
    )
    words = forms.CharField(label=_("Opinion in words"), widget=forms.Textarea(attrs={"rows": 6}))
    answer = forms.CharField(
        label=_("Answer to those who objected"),
        help_text=_("They are told this and nothing else: no figures and no private facts of the household."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NewOpinion(CaseAct):
    """One page for both steps of the road: recommended again, or not."""

    name = "new-opinion-against"
    title = _("New opinion of the street")
    text = _("It answers every open objection to this case at once.")
    button = _("Give the new opinion")
    done = _("The new opinion is recorded; the objections are answered.")
    form_class = NewOpinionForm
    template = "desk/new_opinion.html"

    def check(self, subject: Application, officer: Officer) -> None:
        ready(subject, self.name, officer)

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return new_opinion(
            subject,
            by=officer,
            version=answer["version"],
            recommended=answer["recommended"] == "yes",
            words=answer["words"],
            answer=answer["answer"],
            reason=answer["reason"],
        )

    def context(
        self, subject: Application, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        held = appointments_of(officer)
        responses = read_responses(subject, by=officer, held=held, purpose="new-opinion")
        context |= {"income": summary(subject, clock.today()), "responses": responses}
        if preview and subject.state == State.UNDER_REINVESTIGATION:
            context["outcome"] = outcome(subject, form.cleaned_data)
        return context

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        acts = ("new-opinion", "new-opinion-against")
        return next((found for act in acts if (found := opinion_of(file, act, "recommended"))), {})


def outcome(case: Application, answer: dict[str, Any]) -> list[Row]:
    """What would follow from the new opinion today, before it is given."""
    public_list = list_of(case)
    recommended = answer["recommended"] == "yes"
    closed = public_list is None or public_list.state != ListState.RUNNING
    target = where_it_leads(case, recommended=recommended, closed=closed)
    rows = [
        Row(_("The objections are"), _("rejected") if recommended else _("upheld")),
        Row(_("The case is then"), target.label),
    ]
    if target == State.IN_PUBLICITY and public_list is not None:
        rows.append(Row(_("Days left"), days_left(period_of(public_list).left)))
    if not recommended:
        rows.append(Row(_("The district can"), _("refuse or return it only")))
    rows.append(Row(_("Who objected is told"), answer["answer"]))
    return rows
