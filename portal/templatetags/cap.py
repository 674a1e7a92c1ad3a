"""How the portal writes money, dates, days left, check codes and masked names (`{% load cap %}`)."""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.actors import who
from search.characters import HAN

register = template.Library()

MINUS = "\u2212"
NOTHING = "\u2014"
CHINESE = re.compile(f"[{HAN}]")


# --- money ----------------------------------------------------------------------------------


@register.filter
def money(value: Decimal | int | None) -> str:
    """1326 → "1,326.00"; a minus sign as wide as a digit; None → "—". The unit stands in the header."""
    if value is None or value == "":
        return NOTHING
    amount = Decimal(value)
    return f"{MINUS if amount < 0 else ''}{abs(amount):,.2f}"


@register.filter
def yuan(value: Decimal | int | None) -> str:
    """Like `money`, but whole yuan lose their ".00", as the public lists print them."""
    return money(value).removesuffix(".00")


# --- dates ----------------------------------------------------------------------------------


def day_in_words(value: datetime.date, *, year: bool = True, weekday: bool = False) -> str:
    """2026年11月21日（星期六） or Saturday 21 November 2026."""
    if get_language() == "en":
        words = f"{value.day} {MONTHS[value.month]}" + (f" {value.year}" if year else "")
        return f"{WEEKDAYS[value.weekday()]} {words}" if weekday else words
    words = (f"{value.year}年" if year else "") + f"{value.month}月{value.day}日"
    return f"{words}（{WEEKDAYS[value.weekday()]}）" if weekday else words


def _day(value: Any, **how: bool) -> str:
    if not isinstance(value, datetime.date):
        return NOTHING
    if isinstance(value, datetime.datetime):
        value = _local(value).date()
    words = day_in_words(value, **how)
    return format_html('<time datetime="{}" class="cap-nw">{}</time>', value.isoformat(), words)


def _moment(value: Any, **how: bool) -> str:
    if not isinstance(value, datetime.datetime):
        return _day(value, **how)
    shown = _local(value).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', shown, moment_in_words(value, **how))


def moment_in_words(value: datetime.datetime, **how: bool) -> str:
    """2026年11月21日 08:30 in Shanghai time, where no markup may stand: in messages and mails."""
    value = _local(value)
    date = day_in_words(value, **how)
    return f"{date}{'' if date.endswith('）') else ' '}{value:%H:%M}"


def _local(value: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else timezone.make_aware(value)


@register.filter
def day(value: datetime.date | None) -> str:
    """<time>2026年11月21日</time>; None → "—"."""
    return _day(value)


@register.filter
def day_short(value: datetime.date | None) -> str:
    """<time>11月21日</time>, where the year is plain from the context."""
    return _day(value, year=False)


@register.filter
def day_weekday(value: datetime.date | None) -> str:
    """With the weekday, for deadlines."""
    return _day(value, weekday=True)


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """<time>2026年11月21日 08:30</time> in Shanghai time."""
    return _moment(value)


@register.filter
def moment_weekday(value: datetime.datetime | None) -> str:
    """With the weekday, for the last moment of a deadline."""
    return _moment(value, weekday=True)


# --- days left ------------------------------------------------------------------------------


@register.filter
def days_left(days: int) -> str:
    """Publicity (公示期) in words; `days` counts today: 5 → "还剩 5 天（含今天）", 1 → the last day."""
    if days <= 0:
        return _("ended")
    if days == 1:
        return _("today is the last day")
    words = ngettext("%(days)d day left, today included", "%(days)d days left, today included", days)
    return words % {"days": days}


@register.filter
def deadline(days: int | None, *, passed: bool = False) -> str:
    """An official's time limit in words and colour; `days` = working days to go, negative when late.

    `passed`: the last day is over, if only by days on which nobody works.
    """
    if days is None:
        return NOTHING
    if days == 0 and passed:
        less = _("late by less than one working day")
        return format_html('<span class="cap-sla cap-sla--late">{}</span>', less)
    if days < 0:
        late = ngettext("%(days)d working day late", "%(days)d working days late", -days) % {"days": -days}
        return format_html('<span class="cap-sla cap-sla--late">{}</span>', late)
    if days == 0:
        return format_html('<span class="cap-sla cap-sla--soon">{}</span>', _("due today"))
    left = ngettext("%(days)d working day left", "%(days)d working days left", days) % {"days": days}
    return format_html('<span class="cap-sla{}">{}</span>', " cap-sla--soon" if days <= 3 else "", left)


# --- check codes and names ------------------------------------------------------------------


@register.filter
def grouped(code: str | None) -> str:
    """A digest or code in groups of four: 8c412dd0cb9f → "8C41 2DD0 CB9F"."""
    plain = re.sub(r"[\s-]", "", code or "").upper()
    return " ".join(re.findall(r".{1,4}", plain)) or NOTHING


@register.filter
def check_code(code: str | None) -> str:
    """The check code (核对码) for eyes as printed, for screen readers letter by letter."""
    shown = code.upper() if code and "-" in code else grouped(code)
    return format_html(
        '<span class="cap-code cap-code--short"><span aria-hidden="true">{}</span>'
        '<span class="govuk-visually-hidden">{}</span></span>',
        shown,
        " ".join(shown.replace(" ", "").replace("-", "")),
    )


@register.filter
def words_lang(words: str | None) -> SafeString:
    """The `lang` attribute of what may be Chinese on an English page: titles of files, numbers of texts."""
    chinese = get_language() == "en" and CHINESE.search(words or "")
    return SafeString(' lang="zh-CN"' if chinese else "")


@register.filter
def masked_name(name: str | None) -> str:
    """王*英 as seen, and as heard: "王某英（已隐去一字）"; readers would say "star" for the mark."""
    shown = name or NOTHING
    hidden = shown.count("*")
    language = SafeString(' lang="zh-CN"') if get_language() == "en" else ""
    if not hidden:
        return format_html("<span{}>{}</span>", language, shown) if language else format_html("{}", shown)
    words = ngettext("one character hidden", "%(count)d characters hidden", hidden) % {"count": hidden}
    return format_html(
        '<span aria-hidden="true">{}</span><span class="govuk-visually-hidden"><span{}>{}</span>{}</span>',
        shown,
        language,
        shown.replace("*", "某"),
        f" ({words})" if language else f"（{words}）",
    )


# --- values and links ----------------------------------------------------------------------------------


@register.filter
def is_blank(value: Any) -> bool:
    """True for None and "" only: 0 and False are values and must be shown."""
    return value is None or value == ""


@register.filter
def actor(row: Any) -> str:
    """Who acted, of an Event or a row of history; empty where none is known."""
    return who(row) if row else ""


@register.filter
def numbers(count: int) -> range:
    """7 → 1 … 7, to draw the days of a period."""
    return range(1, count + 1)


@register.simple_tag(takes_context=True)
def url_with(context: Mapping[str, Any], **changes: Any) -> str:
    """This page's query string with changes: `{% url_with page=2 %}`; None or "" drops a filter."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """The numbers a pager shows, with "…" for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
