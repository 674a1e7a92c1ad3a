"""What community and street say on a case: examination (社区审查) and first review (街道审核)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.desk.act import ActForm, CaseAct
from portal.desk.sections import GROUNDS
from portal.desk.shown import shown
from relief.applications.models import Application
from relief.decisions.case_file import CaseFile
from relief.decisions.decide import RefusalReason, examine, review
from relief.officers.models import Officer
from relief.projects.sunshine.guarantee import summary
from relief.trail import clock

YES_NO = [("yes", _("yes")), ("no", _("no"))]


class ExamineForm(ActForm):
    favourable = forms.ChoiceField(
        label=_("Do the facts agree with the declaration?"), choices=YES_NO, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("Opinion in words"), widget=forms.Textarea(attrs={"rows": 6}))


class Examine(CaseAct):
    name = "examine"
    title = _("Community's opinion")
    text = _("After the home visit. The street reads your words and visits the household itself.")
    button = _("Give the opinion")
    done = _("The opinion is recorded. The case is with the street now.")
    form_class = ExamineForm

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return examine(
            subject,
            by=officer,
            version=answer["version"],
            favourable=answer["favourable"] == "yes",
            words=answer["words"],
        )

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        return opinion_of(file, "examine", "favourable")


class ReviewForm(ActForm):
    recommended = forms.ChoiceField(
        label=_("Does the street recommend the case?"), choices=YES_NO, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=_("Ground, if not recommended"),
        choices=[("", _("choose a ground")), *RefusalReason.choices],
        required=False,
    )
    words = forms.CharField(label=_("Opinion in words"), widget=forms.Textarea(attrs={"rows": 6}))


class Review(CaseAct):
    name = "review"
    title = _("First-review opinion of the street")
    text = _(
        "The amount follows from the verified income and the standard in force; you recommend it or not."
    )
    button = _("Give the opinion")
    done = _("The first-review opinion is recorded.")
    form_class = ReviewForm
    template = "desk/review.html"

    def perform(self, subject: Application, officer: Officer, answer: dict[str, Any]) -> Application:
        return review(
            subject,
            by=officer,
            version=answer["version"],
            recommended=answer["recommended"] == "yes",
            words=answer["words"],
            reason=answer["reason"],
        )

    def context(
        self, subject: Application, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        return {**context, "income": summary(subject, clock.today()), "kin": subject.kin_registered}

    def stands_on(self, file: CaseFile) -> dict[str, Any]:
        return opinion_of(file, "review", "recommended") or opinion_of(file, "advise-against", "recommended")


def opinion_of(file: CaseFile, act: str, answer: str) -> dict[str, Any]:
    """The newest opinion of an act, by the form's fields."""
    for opinion in file.opinions:
        if opinion.act == act:
            who = gettext("%(words)s (by %(officer)s)") % {
                "words": file.words.get(f"opinion.{opinion.pk}", ""),
                "officer": opinion.officer_name,
            }
            ground = GROUNDS.get(opinion.reason, "")
            return {answer: shown(opinion.favourable), "reason": ground, "words": who}
    return {}
