"""The metadata block (索引号 …) of a list, in the order in which readers and inspectors look for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.context import Bureau
from portal.publicity.standing import Standing, counts_in_words, length_in_words, period_html
from portal.templatetags.cap import day, yuan
from relief.applications.benefits import benefit
from relief.publicity.amounts import has_sum
from relief.publicity.models import ListKind, PublicList
from relief.publicity.queries import in_names_time
from relief.standards.legal_clock import period_end
from relief.trail import clock


@dataclass(frozen=True)
class Entry:
    """A label and what stands beside it; empty leaves the row out."""

    label: str
    value: str


def metadata_of(public_list: PublicList, standing: Standing) -> list[Entry]:
    """索引号, 信息分类, 发布机构, 成文日期, 发文字号, 发布日期, 公示期, 有效性."""
    published = (
        public_list.published_at.astimezone(clock.SHANGHAI).date() if public_list.published_at else None
    )
    return [
        Entry(_("Index number"), public_list.index_number),
        Entry(_("Subject"), _subject(public_list)),
        Entry(_("Issued by"), issuer(public_list)),
        Entry(_("Signed on"), day(published)),
        Entry(_("Document number"), _chinese(public_list.document_number)),
        Entry(_("Published on"), day(published)),
        Entry(_("Period of publicity"), _period(public_list)),
        Entry(_("Names shown until"), _names_until(public_list)),
        Entry(_("Validity"), _tag(standing)),
        Entry(_("Covers"), counts_in_words(public_list)),
        Entry(_("Sum of monthly amounts"), _sum(public_list)),
        Entry(_("Relatives of relief staff"), _kin(public_list)),
    ]


def _subject(public_list: PublicList) -> str:
    kind = public_list.get_kind_display()
    return " / ".join((_("Social relief"), str(benefit(public_list.benefit).label), kind))


def issuer(public_list: PublicList) -> str:
    """A list before approval is the street office's, an announcement the bureau's (57号 art 19, 24)."""
    if public_list.kind == ListKind.PRE_APPROVAL:
        return _("%(street)s Office") % {"street": public_list.area.name}
    return Bureau().name


def _chinese(text: str) -> str:
    return format_html('<span lang="zh-CN">{}</span>', text) if get_language() == "en" and text else text


def _period(public_list: PublicList) -> str:
    if public_list.kind != ListKind.PRE_APPROVAL:
        return ""
    length = length_in_words(public_list)
    if not (public_list.starts_on and public_list.ends_on):
        return _("%(length)s from the day on which every board shows the list") % {"length": length}
    words = _("%(days)s (%(length)s)") % {"days": period_html(public_list), "length": length}
    if _is_provisional(public_list):
        words = " ".join((words, _("provisional")))
    return SafeString(words)


def _is_provisional(public_list: PublicList) -> bool:
    """Working days of a year whose make-up days are not published yet are computed (architecture §7)."""
    if public_list.counting != "working" or not public_list.starts_on:
        return False
    return period_end(public_list.starts_on, public_list.days or 1, public_list.counting).provisional


def _names_until(public_list: PublicList) -> str:
    shown = public_list.kind != ListKind.PRE_APPROVAL and public_list.names_until
    return day(public_list.names_until) if shown else ""


def _sum(public_list: PublicList) -> str:
    """Yuan per month over the whole list; it stays when the names go."""
    if public_list.amount_sum is not None:
        return _("%(amount)s yuan a month") % {"amount": yuan(public_list.amount_sum)}
    gone = not public_list.counts_only and not in_names_time(public_list)
    return _("not kept") if gone and has_sum(public_list) else ""


def _kin(public_list: PublicList) -> str:
    """How many cases are registered separately (单独登记备案, 57号 art 11), as the list was frozen."""
    if public_list.kin_count is None:
        return ""
    count = public_list.kin_count
    return ngettext("%(n)d case registered separately", "%(n)d cases registered separately", count) % {
        "n": count
    }


def _tag(standing: Standing) -> str:
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', standing.colour, standing.word)
