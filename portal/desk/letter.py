"""Letters to a household as it will read them (告知书): always in Chinese, shown before they are sent."""

from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.context import Bureau
from portal.desk.act import ActForm, CaseAct
from relief.applications.models import Application
from relief.households.queries import open_names
from relief.officers.models import Officer
from relief.trail import clock


def letter(kind: str, case: Application, officer: Officer, ground: Any, words: str) -> str:
    """A letter of `kind` (`refusal`, `termination`); opening the name is a look in the log."""
    names = open_names([case.applicant], by=officer, purpose=f"{kind}-letter", case=case)
    with translation.override("zh-hans"):
        return render_to_string(
            f"desk/letter_{kind}.html",
            {
                "name": names[case.applicant_id],
                "number": case.number,
                "submitted_on": case.submitted_on,
                "ground": ground,
                "words": words,
                "today": clock.today(),
                "bureau": Bureau(),
            },
        )


class LetterForm(ActForm):
    """A ground and the reasons in words, as the household will read them."""

    grounds: ClassVar[type[TextChoices]]
    words_help: ClassVar[Any]

    reason = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    words = forms.CharField(label=_("Reasons in words"), widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = self.grounds.choices  # type: ignore[attr-defined]
        self.fields["words"].help_text = self.words_help


class LetterAct(CaseAct):
    """An act of which the household is told by letter; the letter is shown before the act is done."""

    letter_kind: ClassVar[str]
    form_class: ClassVar[type[LetterForm]]
    danger = True
    template = "desk/refuse.html"

    def context(
        self, subject: Application, officer: Officer, form: ActForm, *, preview: bool
    ) -> dict[str, Any]:
        context = super().context(subject, officer, form, preview=preview)
        if preview:
            answer = form.cleaned_data
            ground = self.form_class.grounds(answer["reason"]).label
            context["letter"] = letter(self.letter_kind, subject, officer, ground, answer["words"])
        return context
