"""The resume code: how one goes on with a response on another device, or when this one has forgotten."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.forms import Form, narrow
from relief.publicity.draft import normalise_resume_code


class ResumeForm(Form):
    code = forms.CharField(
        label=gettext_lazy("Resume code"),
        help_text=gettext_lazy(
            "12 characters such as 7K3M-Q9TX-W4RD; it stood at the foot of each question."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = normalise_resume_code(narrow(self.cleaned_data["code"]))
        if not code:
            raise forms.ValidationError(
                _("A resume code has 12 characters: the digits 2–9 and letters without I and O.")
            )
        return code
