"""How lists are written on public pages (`{% load lists %}`)."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from portal.publicity import standing
from relief.publicity.models import PublicList

register = template.Library()

#: a long title may break before these and nowhere else
PHRASES = re.compile(
    r"最低生活保障|拟确认对象|(?<!拟)确认对象|批前公示|批后公告|(?P<batch>（[^（）]*）|batch \S+$)"
)


@register.filter
def soft_breaks(title: str) -> SafeString:
    """A list's title with `<wbr>` at its phrases: 河东街道|最低生活保障|拟确认对象|批前公示|（2026-01批）."""
    return SafeString(PHRASES.sub(_after_break, str(conditional_escape(title))))


def _after_break(match: re.Match[str]) -> str:
    phrase = match.group()
    return f'<wbr><span class="cap-nw">{phrase}</span>' if match["batch"] else f"<wbr>{phrase}"


@register.filter
def period(public_list: PublicList) -> str:
    """2026年11月23日至11月29日, no day torn apart; empty while the period has not begun."""
    return standing.period_html(public_list)


@register.filter
def counts(public_list: PublicList) -> str:
    """`40 households, 86 persons`."""
    return standing.counts_in_words(public_list)
