"""The questions to whoever responds to a list, one form each, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms import Form, narrow
from portal.publicity.responding.upload import PictureField
from relief.errors import Invalid
from relief.places.models import Area, Level
from relief.publicity.models import PublicList, ResponseKind
from relief.publicity.respond import why_not_open
from relief.publicity.respondent import CONTACT_LIMIT, NAME_LIMIT
from relief.publicity.row_of import DIGITS, find_row

YES_NO = [("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))]
#: kinds that only the household itself may report: its receipt bears the row code
BY_CODE = (ResponseKind.WRONG_DATA, ResponseKind.WITHHOLD_NAME)


def kind_in_words(kind: str) -> tuple[str, str]:
    """(what one says, what comes of it) for a kind, as the reader would put it."""
    return {
        ResponseKind.NOT_ELIGIBLE: (
            _("A household on this list is not eligible"),
            _("An objection. The case is looked into again; it can't be approved before you are answered."),
        ),
        ResponseKind.LEFT_OUT: (
            _("I, or somebody I know, was left out"),
            _("The community station gets in touch and helps with an application. The list goes on."),
        ),
        ResponseKind.WRONG_DATA: (
            _("The data of my household is wrong"),
            _("Checked against the case. If it is wrong, the list is corrected in public."),
        ),
        ResponseKind.WITHHOLD_NAME: (
            _("My name should not be shown"),
            _("The district decides and records why. If it agrees, the name leaves the list."),
        ),
    }[ResponseKind(kind)]


def kinds() -> list[tuple[str, str, str]]:
    """(kind, what one says, what comes of it), in their order."""
    return [(kind.value, *kind_in_words(kind)) for kind in ResponseKind]


class StepForm(Form):
    """One question about a list; `answers` are those given before it."""

    def __init__(self, data: Any = None, *, public_list: PublicList, answers: dict[str, Any], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.public_list = public_list
        self.about = str(answers.get("kind", ""))
        self.prepare()

    def prepare(self) -> None:
        """Fit the question to the list and the kind."""

    def kept(self) -> dict[str, Any]:
        """What the draft keeps of a valid answer; None takes an earlier one away."""
        return dict(self.cleaned_data)


class KindForm(StepForm):
    kind = forms.ChoiceField(label=gettext_lazy("What do you want to report?"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, _two_lines(says, effect)) for kind, says, effect in kinds()]


class RowForm(StepForm):
    """Which row: by number or code; by the code of the receipt alone where the household itself must ask."""

    row = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"class": "cap-w-10", "autocomplete": "off"})
    )

    def prepare(self) -> None:
        field = self.fields["row"]
        if self.about in BY_CODE:
            field.label = _("Row code on your receipt")
            field.help_text = _("8 characters such as 7K3M-Q9TX; it stands in your row of the list too.")
        else:
            field.label = _("Row number or row code")
            field.help_text = _("Both stand in the row of the list, for example 12 or 7K3M-Q9TX.")
        field.error_messages["required"] = _("Fill in “%(label)s”.") % {"label": field.label}

    def clean_row(self) -> str:
        typed = narrow(self.cleaned_data["row"]).upper()
        if typed.isascii() and typed.isdigit() and len(typed) <= DIGITS and self.about in BY_CODE:
            raise forms.ValidationError(
                _("Write the row code, not the row’s number: the code shows that it is your household.")
            )
        try:
            entry = find_row(self.public_list, typed)
        except Invalid as refused:
            raise forms.ValidationError([str(reason) for reason in refused.reasons]) from refused
        if reason := why_not_open(self.public_list, entry):
            raise forms.ValidationError(str(reason))
        return typed if typed.isdigit() else entry.row_code


class CommunityForm(StepForm):
    community = forms.ChoiceField(
        label=gettext_lazy("In which community does the household live?"), widget=forms.RadioSelect
    )

    def prepare(self) -> None:
        field = self.fields["community"]
        assert isinstance(field, forms.ChoiceField)
        street = self.public_list.area_id[:3]
        areas = Area.objects.filter(level=Level.COMMUNITY, number__startswith=street).order_by("number")
        field.choices = [(area.number, area.name) for area in areas]


class WordsForm(StepForm):
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 8}))

    def prepare(self) -> None:
        label, hint = _question_of(self.about)
        field = self.fields["words"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = _("Fill in “%(label)s”.") % {"label": label}


class StaffForm(StepForm):
    about_staff = forms.ChoiceField(
        label=gettext_lazy("Is it about a member of staff?"),
        help_text=gettext_lazy(
            "For example an official or a member of the residents’ committee, or a relative of one. "
            "Then it is handled one level up, not by the office it is about."
        ),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )


class NamedForm(StepForm):
    named = forms.ChoiceField(
        label=gettext_lazy("With your name, or anonymous?"),
        help_text=gettext_lazy(
            "Both count alike. With a name the district can ask you and tell you the answer. Anonymous, only "
            "the receipt number and the query code lead to the answer."
        ),
        choices=[
            ("yes", gettext_lazy("With my name: only the district can read it")),
            ("no", gettext_lazy("Anonymous")),
        ],
        widget=forms.RadioSelect,
    )

    def kept(self) -> dict[str, Any]:
        """Who stays anonymous leaves no name in the draft either."""
        gone = {} if self.cleaned_data["named"] == "yes" else {"name": None, "contact": None}
        return self.cleaned_data | gone


class ContactForm(StepForm):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=NAME_LIMIT,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Telephone or address for the answer"),
        max_length=CONTACT_LIMIT,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "autocomplete": "tel"}),
    )


class PictureForm(StepForm):
    picture = PictureField(
        label=gettext_lazy("A picture (optional)"),
        help_text=gettext_lazy(
            "One picture as JPEG, PNG or WebP, at most 8 MB. Place, time and device stored in it are "
            "removed. Show no ID card, bank card or child."
        ),
        required=False,
    )
    drop = forms.BooleanField(label=gettext_lazy("Send without the picture"), required=False)


class SendForm(Form):
    """The last press. People don't see `website`: who fills it in is a program, or is told to empty it."""

    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave the hidden field empty, then send again."))
        return ""


FORMS: dict[str, type[StepForm]] = {
    "kind": KindForm,
    "row": RowForm,
    "community": CommunityForm,
    "words": WordsForm,
    "staff": StaffForm,
    "named": NamedForm,
    "contact": ContactForm,
    "picture": PictureForm,
}


def steps_of(answers: dict[str, Any]) -> Sequence[str]:
    """The questions in their order, as far as the answers say which ones are asked."""
    where = "community" if answers.get("kind") == ResponseKind.LEFT_OUT else "row"
    contact = ("contact",) if answers.get("named") == "yes" else ()
    return ("kind", where, "words", "staff", "named", *contact, "picture")


def _question_of(kind: str) -> tuple[str, str]:
    return {
        ResponseKind.NOT_ELIGIBLE: (
            _("What happened?"),
            _("Facts that can be checked: what, where, since when. Don’t write who you are here."),
        ),
        ResponseKind.LEFT_OUT: (
            _("What is the situation of the household?"),
            _("Who lives there, what they live on, what has happened. No ID or bank card number."),
        ),
        ResponseKind.WRONG_DATA: (
            _("What is wrong, and what would be right?"),
            _("For example the number of persons, the community or the amount. No ID or bank card number."),
        ),
        ResponseKind.WITHHOLD_NAME: (
            _("Why should the name not be shown?"),
            _("The district weighs this against the public’s right to know. It stays confidential."),
        ),
    }.get(kind, (_("What happened?"), ""))  # type: ignore[call-overload]


def _two_lines(says: str, effect: str) -> SafeString:
    return format_html('{}<span class="cap-sub">{}</span>', says, effect)
