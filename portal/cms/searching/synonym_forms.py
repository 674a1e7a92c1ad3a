"""Forms of the synonyms: the list's filter, a group's words with the reason, the reason of an end."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.cms.publishing.frame import Refusable
from portal.writable import Writable
from search.models import SynonymGroup
from search.synonym_verbs import WHY_LIMIT

#: words stand one a line; who types a row with commas means the same
BETWEEN = re.compile(r"[\r\n、，,；;]+")


class WordsFilter(Writable, forms.Form):
    """What of the list is shown."""

    q = forms.CharField(label=_("Word contains"), max_length=100, required=False)


class GroupForm(Refusable, forms.Form):
    """Words and why. What is wrong with them the verb says, beside its field."""

    words = forms.CharField(
        label=_("Words of one meaning"),
        help_text=_("One a line; separators such as 、 and ； count as a new line."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    why = forms.CharField(label=_("Reason, for the history"), max_length=WHY_LIMIT, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, group: SynonymGroup | None = None, words: str = "") -> None:
        known = {"words": group.words, "version": group.version} if group is not None else {"words": words}
        super().__init__(data, initial=known)

    def listed(self) -> list[str]:
        """The words as typed, one by one."""
        typed = BETWEEN.split(self.cleaned_data["words"])
        return [word for word in (one.strip() for one in typed) if word]


class EndForm(Refusable, forms.Form):
    """Why a group ends."""

    why = forms.CharField(label=_("Reason"), max_length=WHY_LIMIT, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, group: SynonymGroup) -> None:
        super().__init__(data, initial={"version": group.version}, auto_id="end-%s")
