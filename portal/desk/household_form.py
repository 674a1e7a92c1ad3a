"""The form of a household with its members: several rows without a script, all errors in one summary."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import ErrorLink, Form, IdNumberField
from relief.errors import Refused
from relief.households.models import HouseholdKind, Relation
from relief.households.register import HouseholdEntry, PersonEntry

MOST_MEMBERS = 15


class HomeForm(Form):
    """The household itself."""

    count = forms.IntegerField(
        label=_("Members"), min_value=1, max_value=MOST_MEMBERS, widget=forms.HiddenInput, initial=1
    )
    community = forms.ChoiceField(label=_("Community"))
    address = forms.CharField(label=_("Address"), help_text=_("Road, building, door; below the community"))
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "inputmode": "tel", "autocomplete": "off"}),
    )
    account = forms.CharField(
        label=_("Bank account (for the payment)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "inputmode": "numeric", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind of household"),
        choices=HouseholdKind,
        widget=forms.RadioSelect,
        initial=HouseholdKind.STABLE,
    )


class MemberForm(Form):
    """One member."""

    name = forms.CharField(label=_("Name as on the ID card"), max_length=40)
    id_number = IdNumberField(label=_("ID number"))
    relation = forms.ChoiceField(label=_("Relation to the head of the household"), choices=Relation)
    phone = forms.CharField(
        label=_("Telephone (optional)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "cap-w-20", "inputmode": "tel", "autocomplete": "off"}),
    )
    health = forms.CharField(label=_("Health, disability (optional)"), required=False)


class HouseholdForm:
    """A HomeForm and its MemberForms as one: drawn, checked and refused together."""

    def __init__(
        self,
        communities: list[tuple[str, str]],
        data: Mapping[str, Any] | None = None,
        *,
        id_number: str = "",
    ) -> None:
        self.is_bound = data is not None
        self.home = HomeForm(data)
        field = self.home.fields["community"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = communities
        self.members = [
            MemberForm(data, prefix=f"members-{index}", initial=self._initial(index, id_number))
            for index in range(self._count(data))
        ]

    @staticmethod
    def _initial(index: int, id_number: str) -> dict[str, str]:
        return (
            {"relation": Relation.HEAD, "id_number": id_number}
            if index == 0
            else {"relation": Relation.SPOUSE}
        )

    @staticmethod
    def _count(data: Mapping[str, Any] | None) -> int:
        """Rows to draw: those typed, one more after "add", one less after "remove"."""
        try:
            count = int(str((data or {}).get("count", 1)))
        except ValueError:
            count = 1
        if data is not None:
            count += ("add" in data) - ("remove" in data)
        return min(max(count, 1), MOST_MEMBERS)

    @property
    def count(self) -> int:
        return len(self.members)

    @property
    def can_add(self) -> bool:
        return self.count < MOST_MEMBERS

    def unchecked(self) -> None:
        """Draw what was typed without complaining yet (after "add" or "remove")."""
        for form in self:
            form._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[Form]:
        yield self.home
        yield from self.members

    def is_valid(self) -> bool:
        return not [form for form in self if not form.is_valid()]

    @property
    def errors(self) -> bool:
        return self.is_bound and any(form.errors for form in self)

    @property
    def error_links(self) -> list[ErrorLink]:
        return [link for form in self for link in form.error_links]

    def entry(self) -> HouseholdEntry:
        """What was typed, for the register."""
        home = self.home.cleaned_data
        return HouseholdEntry(
            community=home["community"],
            address=home["address"],
            phone=home["phone"],
            account=home["account"],
            kind=home["kind"],
            members=[PersonEntry(**form.cleaned_data) for form in self.members],
        )

    def refuse(self, refused: Refused) -> None:
        """Show each reason at its field; `members.1.id_number` belongs to the second member."""
        for name, reasons in (getattr(refused, "fields", None) or {"": refused.reasons}).items():
            where, _dot, column = name.rpartition(".")
            form: Form = self.members[int(where.partition(".")[2])] if where else self.home
            for reason in reasons:
                form.add_error(column if column in form.fields else None, str(reason))
