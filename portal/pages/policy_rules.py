"""What a policy must not say: a 文号 that another has, or to be amended by a text that it amends itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.models import Page

BRACKETS = str.maketrans({"[": "〔", "［": "〔", "【": "〔", "(": "〔", "（": "〔",
                          "]": "〕", "］": "〕", "】": "〕", ")": "〕", "）": "〕"})  # fmt: skip
YEAR = re.compile(r"[\[［【(（](\d{4})[\]］】)）]")


def plain_number(number: str | None) -> str:
    """A 文号 as it is compared and printed: 明民发[2026] 3号 → 明民发〔2026〕3号."""
    spaced = "".join((number or "").split())
    return YEAR.sub(lambda match: match.group().translate(BRACKETS), spaced)


def number_taken(policy: Any) -> str:
    """Who has this 文号 already, in words; empty when nobody has."""
    if not policy.document_number:
        return ""
    others = type(policy).objects.filter(document_number=policy.document_number).exclude(pk=policy.pk)
    other = others.first()
    if other is None:
        return ""
    words = _("“%(title)s” (%(address)s) has this document number already. Correct the one that is wrong.")
    return words % {"title": other.title, "address": other.get_url() or "-"}


def loop_in_words(policy: Any, by: Iterable[Any]) -> str:
    """The loop that these relations would close, named text by text; empty when there is none."""
    wanted = [other.pk for other in by]
    if not policy.pk or not wanted:
        return ""
    rows = apps.get_model("portal", "PolicyChange").objects.exclude(page_id=policy.pk)
    above: dict[int, list[int]] = {}
    for page, other in rows.values_list("page_id", "by_id"):
        above.setdefault(page, []).append(other)
    chain = _chain(policy.pk, wanted, above)
    if not chain:
        return ""
    titles = dict(Page.objects.filter(pk__in=chain).values_list("pk", "title"))
    titles[policy.pk] = policy.title
    named = " → ".join(_("“%(title)s”") % {"title": titles.get(pk, pk)} for pk in (policy.pk, *chain))
    words = _("A text can't be changed by one that it changes itself: %(chain)s. Take out one relation.")
    return words % {"chain": named}


def _chain(start: int, wanted: Iterable[int], above: dict[int, list[int]]) -> list[int]:
    """The way from `start` back to itself through who changes whom; empty when there is none."""
    ways = [[one] for one in wanted]
    seen: set[int] = set()
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, further] for further in above.get(way[-1], ())]
    return []
