"""The legal ground (公示依据) of a list in words: the provision of its kind, then those of its columns."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from relief.publicity.disclose import COLUMNS
from relief.publicity.models import ListKind, PublicList
from relief.standards.models import Clause

#: the provision that asks for a list of the kind; every other kind follows the announcement's (57号 art 24)
GROUNDS = {ListKind.PRE_APPROVAL.value: "57-19"}
AFTER_APPROVAL = "57-24"


def ground_of(public_list: PublicList) -> str:
    """`《…办法》（民发〔2021〕57号）第19条、第24条；…规定`. One query."""
    first = GROUNDS.get(public_list.kind, AFTER_APPROVAL)
    keys = [first, *(COLUMNS[key].ground for key in public_list.columns if key in COLUMNS)]
    clauses = {clause.key: clause for clause in Clause.objects.filter(key__in=keys)}
    english = get_language() == "en"
    articles: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        if clause := clauses.get(key):
            instrument = clause.instrument_en if english else clause.instrument_zh
            named = articles.setdefault(instrument, [])
            if clause.article:
                named.append(_("article %(number)s") % {"number": clause.article})
    return ("; " if english else "；").join(_instrument(name, named) for name, named in articles.items())


def _instrument(name: str, articles: list[str]) -> str:
    if not articles:
        return name
    return _("%(instrument)s %(articles)s") % {"instrument": name, "articles": _(", ").join(articles)}
