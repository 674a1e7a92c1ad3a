"""Fields read what offices type and refuse the rest with a sentence."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from portal.forms import DateField, Form, IdNumberField, MoneyField
from portal.writable import refuse_unwritable


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class Visit(Form):
    place = forms.CharField(label="Place")
    words = forms.CharField(label="Words", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def refusal(field: forms.Field, typed: str) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,326", "1326.00"),
        ("１３２６．５", "1326.50"),
        ("¥ 1326.50 元", "1326.50"),
        ("1，326.05", "1326.05"),
        ("0", "0.00"),
        ("0.1", "0.10"),
    ],
)
def test_money_is_read_as_typed(typed: str, amount: str) -> None:
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["12.345", "1e5", "NaN", "Infinity", "abc", "1.2.3", "٣", "--5", "." * 9, "9" * 400]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert "digits" in refusal(MoneyField(), typed)


def test_negative_and_huge_amounts_are_refused_in_their_own_words() -> None:
    assert "negative" in refusal(MoneyField(), "-5")
    assert "negative" in refusal(MoneyField(), "－5.00")
    assert "at most 9,999,999.99 yuan" in refusal(MoneyField(), "10000000")


def test_a_blank_amount_is_missing_or_none() -> None:
    assert MoneyField(required=False).clean(" 元 ") is None
    with pytest.raises(ValidationError):
        MoneyField().clean(" 元 ")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-03",
        "2026.11.3",
        "2026/11/3",
        "2026年11月3日",
        "２０２６年１１月３日",
        " 2026 年 11 月 3 日 ",
        "20261103",
    ],
)
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert DateField().clean(typed) == datetime.date(2026, 11, 3)


def test_impossible_days_are_named() -> None:
    assert "2026-2-30 is no date" in refusal(DateField(), "2026年2月30日")
    assert "year" in refusal(DateField(), "0026-02-03")
    for typed in ("11/3/2026", "tomorrow", "2026-11", "99999999999", "2026-11-03T00:00"):
        assert "2026-11-03" in refusal(DateField(), typed)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)))
def test_every_day_comes_back(day: datetime.date) -> None:
    for written in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y.%m.%d}"):
        assert DateField().clean(written) == day


@given(st.text(max_size=60))
def test_no_text_breaks_a_field(typed: str) -> None:
    for field in (MoneyField(), DateField(), IdNumberField()):
        try:
            field.clean(typed)
        except ValidationError as refused:
            assert all(refused.messages)


def test_id_numbers_are_written_plain() -> None:
    assert IdNumberField().clean(" ９９０１０１ 1950０1０1 001ｘ ") == "99010119500101001X"
    for typed in ("990101195001010", "99010119500101001Y", "X" * 18, "9" * 19):
        assert "17 digits" in refusal(IdNumberField(), typed)


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ud800", "\udfff", "\ufffd", "\uffff"])
def test_what_cannot_be_kept_is_refused_by_its_code(character: str) -> None:
    with pytest.raises(ValidationError, match=f"U\\+{ord(character):04X}"):
        refuse_unwritable(f"东关{character}社区")
    form = Visit({"place": f"东关{character}社区", "kind": "a"})
    assert list(form.errors) == ["place"]
    assert len(form.errors["place"]) == 1


def test_rare_characters_of_names_are_kept() -> None:
    form = Visit({"place": "䶮𬭚𠰴", "words": "第一行\r\n第二行\t完", "kind": "a"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == "䶮𬭚𠰴"


def test_every_text_has_a_limit_that_counts() -> None:
    form = Visit({"place": "长" * 201, "words": "文" * 2001, "kind": "a"})
    assert form.errors["place"] == ["Write at most 200 characters; there are 201 now."]
    assert form.errors["words"] == ["Write at most 2,000 characters; there are 2,001 now."]


def test_messages_name_the_question() -> None:
    form = Visit({})
    assert form.errors["place"] == ["Fill in “Place”."]
    assert form.errors["kind"] == ["Choose an answer for “Kind”."]
    assert [link.href for link in form.error_links] == ["#id_place", "#id_kind_0"]


def test_a_refusal_of_the_domain_shows_at_its_field() -> None:
    form = Visit({"place": "a", "kind": "a"})
    assert form.is_valid()
    form.refuse(SimpleNamespace(fields={"place": ["Unknown place."], "other": ["Too early."]}, reasons=[]))
    assert form.errors["place"] == ["Unknown place."]
    assert form.non_field_errors() == ["Too early."]
    second = Visit({"place": "a", "kind": "a"})
    second.refuse(SimpleNamespace(reasons=["Not yet posted.", "Day not over."]))
    assert second.non_field_errors() == ["Not yet posted.", "Day not over."]
    assert second.error_links[0].href == ""


def test_typed_text_stays_and_is_escaped() -> None:
    text = str(Visit({"place": "<b>&", "words": "", "kind": ""}))
    assert 'value="&lt;b&gt;&amp;"' in text
    assert "<b>" not in text


def test_controls_carry_our_classes_and_their_own() -> None:
    class Own(Form):
        number = forms.IntegerField(widget=forms.NumberInput(attrs={"class": "cap-w-4"}), initial=3)
        secret = forms.CharField(widget=forms.HiddenInput)

    text = str(Own())
    assert 'class="govuk-input cap-w-4"' in text
    assert text.count("govuk-form-group") == 1
    assert " required" not in text
