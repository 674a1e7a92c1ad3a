"""What the codes of a record are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.finder.files import KIND as ATTACHMENT
from portal.finder.standards import KIND as STANDARD
from portal.pages.finding import listable_types
from portal.pages.validity import LABELS
from relief.publicity.models import ListKind
from search.record import LISTS


def labels() -> dict[str, dict[str, str]]:
    """The words of each facet whose values are codes, in the active language."""
    return {"kind": kinds(), "validity": validities()}


def kinds() -> dict[str, str]:
    """Types of pages, kinds of public lists, and what stands on pages."""
    pages = {
        name.removesuffix("page"): capfirst(str(model._meta.verbose_name))
        for name, model in listable_types().items()
    }
    lists = {f"{LISTS}{kind.value}": capfirst(str(kind.label)) for kind in ListKind}
    return pages | lists | {ATTACHMENT: _("Attachment"), STANDARD: capfirst(_("standard"))}


def validities() -> dict[str, str]:
    return {state.value: capfirst(str(words)) for state, words in LABELS.items()} | {
        "superseded": _("Superseded")
    }


def label_of(known: Mapping[str, str], value: str) -> str:
    """The word of a code; a value that is no code speaks for itself."""
    return known.get(value, value)
