"""Forms as the portal draws them: plain Django forms with our markup, and fields that read what offices type.

Derive from `Form` (or put `FormMixin` first before another form class). The CMS keeps Django's own renderer.
"""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.writable import refuse_unwritable_in

LINE_LIMIT = 200
TEXT_LIMIT = 2000
CONTROLS: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.Select, "select", "govuk-select"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.widgets.Input, "input", "govuk-input"),
)


class BoundField(forms.BoundField):
    """A field that knows its control (`kind`) and carries the classes and ids of our markup."""

    @property
    def kind(self) -> str:
        return self._control()[0]

    @property
    def suffix(self) -> str:
        """The unit behind the control, e.g. yuan."""
        return getattr(self.field, "suffix", "")

    @property
    def focus_id(self) -> str:
        """Id of the control that an error link leads to; the first one of a group."""
        first = self.kind in ("radios", "checkboxes") and len(self.subwidgets) > 0
        return self.subwidgets[0].id_for_label if first else self.id_for_label

    def _control(self) -> tuple[str, str]:
        for widget, kind, css in CONTROLS:
            if isinstance(self.field.widget, widget):
                return kind, css
        return "other", ""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        kind, css = self._control()
        if (widget or self.field.widget).is_hidden:
            return attrs
        given = self.field.widget.attrs.get("class", "")
        error = f" govuk-{kind}--error" if self.errors and kind in ("input", "textarea", "select") else ""
        attrs["class"] = f"{css}{error} {given}".strip()
        return attrs


class FormRenderer(TemplatesSetting):
    """Draws forms with templates/forms/."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = BoundField


class ErrorLink(NamedTuple):
    """One line of the error summary; `href` is empty for errors of the form as a whole."""

    href: str
    text: str


class FormMixin(forms.BaseForm):
    """Our renderer, messages that name the question, limits on every text, refusals shown at their fields."""

    default_renderer = FormRenderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):
                guard_text(field)
            field.error_messages["required"] = self._required_message(name, field)

    def _required_message(self, name: str, field: forms.Field) -> str:
        label = field.label or name
        if isinstance(field.widget, forms.widgets.ChoiceWidget):
            return _("Choose an answer for “%(label)s”.") % {"label": label}
        if isinstance(field.widget, forms.FileInput):
            return _("Choose a file for “%(label)s”.") % {"label": label}
        if isinstance(field.widget, forms.CheckboxInput):
            return _("Tick “%(label)s” to go on.") % {"label": label}
        return _("Fill in “%(label)s”.") % {"label": label}

    def refuse(self, refused: Any) -> None:
        """Show a relief `Refused` in this form: reasons of a field there, all others above the form."""
        by_field: dict[str, Iterable[Any]] = getattr(refused, "fields", None) or {}
        for name, reasons in by_field.items():
            for reason in reasons:
                self.add_error(name if name in self.fields else None, str(reason))
        if not by_field:
            for reason in getattr(refused, "reasons", None) or [refused]:
                self.add_error(None, str(reason))

    @property
    def error_links(self) -> list[ErrorLink]:
        """Every error of the form with a link to its control, in the order of the page."""
        links = [ErrorLink("", str(error)) for error in self.errors.get(NON_FIELD_ERRORS, [])]
        for name in self.fields:
            bound = cast(BoundField, self[name])
            href = "" if bound.is_hidden else f"#{bound.focus_id}"
            links += [ErrorLink(href, str(error)) for error in self.errors.get(name, [])]
        return links


class Form(FormMixin, forms.Form):
    """Base of the portal's forms."""


# --- text -----------------------------------------------------------------------------------


def guard_text(field: forms.CharField) -> None:
    """Give a text field its limit (200 a line, 2,000 a paragraph) and refuse what can't be kept."""
    if field.max_length is None:
        field.max_length = TEXT_LIMIT if isinstance(field.widget, forms.Textarea) else LINE_LIMIT
        field.validators.append(refuse_long_text(field.max_length))
        field.widget.attrs.update(field.widget_attrs(field.widget))
    refuse_unwritable_in(field)


def refuse_long_text(limit: int) -> Any:
    """A validator for at most `limit` characters, saying how many there are."""

    def validate(value: str) -> None:
        if len(value) > limit:
            raise ValidationError(
                _("Write at most %(limit)s characters; there are %(count)s now."),
                code="max_length",
                params={"limit": f"{limit:,}", "count": f"{len(value):,}"},
            )

    return validate


def narrow(text: str) -> str:
    """Full-width digits, letters and signs (１２Ｘ．) as plain ones, without any blanks."""
    return re.sub(r"\s", "", "".join(narrow_character(one) for one in text))


def narrow_character(one: str) -> str:
    if one == "\u3000":
        return " "
    return chr(ord(one) - 0xFEE0) if "！" <= one <= "～" else one


# --- fields ---------------------------------------------------------------------------------


class MoneyField(forms.Field):
    """Yuan, at most two decimals, never negative: "1,326", "１３２６.５０元" and "¥1326" are read alike."""

    suffix = gettext_lazy("yuan")

    def __init__(self, *, most: Decimal = Decimal("9999999.99"), **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "cap-w-10", "maxlength": 30})
        )
        super().__init__(**kwargs)
        self.most = most

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, Decimal):
            return value
        if value in self.empty_values:
            return None
        text = re.sub(r"[,，元¥￥]", "", narrow(str(value)))
        if not text:
            return None
        if re.fullmatch(r"[-−]\d+(\.\d+)?", text):
            raise ValidationError(_("An amount can't be negative. Write 0 or more."), code="negative")
        if not re.fullmatch(r"\d{1,15}(\.\d{1,2})?", text, re.ASCII):
            raise ValidationError(
                _("Write the amount in yuan with digits and at most two decimals, for example 1326.50."),
                code="invalid",
            )
        amount = Decimal(text).quantize(Decimal("0.01"))
        if amount > self.most:
            raise ValidationError(
                _("The amount is too large; at most %(most)s yuan."),
                code="huge",
                params={"most": f"{self.most:,.2f}"},
            )
        return amount

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.2f}" if isinstance(value, Decimal) else value


class DateField(forms.DateField):
    """A day as people write it: 2026-11-03, 2026.11.3, 2026/11/3, 2026年11月3日, 20261103."""

    PATTERN = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})", re.ASCII)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("For example 2026-11-03"))
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "cap-w-10", "maxlength": 30, "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        match = self.PATTERN.fullmatch(narrow(str(value)))
        if not match:
            raise ValidationError(
                _("Write the date as year, month and day, for example 2026-11-03."), code="invalid"
            )
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            found = datetime.date(year, month, day)
        except ValueError:
            raise ValidationError(
                _("%(date)s is no date of the calendar. Check the month and the day."),
                code="impossible",
                params={"date": f"{year}-{month}-{day}"},
            ) from None
        if not 1900 <= year <= 2200:
            raise ValidationError(_("Check the year of the date."), code="year")
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else value


class IdNumberField(forms.CharField):
    """A resident ID number (公民身份号码): 18 characters; the check digit is the register's matter."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"class": "cap-w-20", "autocomplete": "off", "spellcheck": "false"}),
        )
        kwargs.setdefault("max_length", 40)  # before blanks go
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return narrow(super().to_python(value) or "").upper()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"\d{17}[\dX]", value, re.ASCII):
            raise ValidationError(
                _("An ID number has 17 digits and a digit or X at the end. Compare it with the card."),
                code="invalid",
            )
