"""Places of a page and of its files in words: where a finding stands, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from portal.gate.reader.found import Step

STATES = {"visible": "", "hidden": _("hidden"), "veryHidden": _("very hidden")}
#: steps and how they are called; `%(one)s` is their first part
WORDS: dict[str, Any] = {
    "item": _("item %(one)s"),
    "row": _("row %(one)s"),
    "paragraph": _("paragraph %(one)s"),
    "attribute": _("not shown: %(one)s"),
    "file": _("file “%(one)s”"),
    "inside": _("within it “%(one)s”"),
    "name": _("name of the file"),
    "title": _("title of the file"),
    "page": _("page %(one)s"),
    "line": _("line %(one)s"),
    "document": _("text"),
    "header": _("header"),
    "footer": _("footer"),
    "footnotes": _("footnotes"),
    "endnotes": _("endnotes"),
    "comments": _("comments"),
    "deleted": _("deleted text in tracked changes"),
    "property": _("property of the file: %(one)s"),
    "part": _("part of the file: %(one)s"),
    "leftover": _("text that no cell shows any more"),
    "picture": _("written into the picture: %(one)s"),
    "earlier": _("earlier version %(one)s, still in the file"),
    "outline": _("outline"),
    "annotation": _("annotation"),
    "form-field": _("form field"),
    "page-label": _("label of a page"),
    "layer": _("layer"),
    "attached": _("attached to it"),
    "alternative": _("words in place of a picture"),
    "structure": _("structure of the file"),
}


def in_words(steps: Iterable[Step | list[Any]]) -> str:
    """The place, from outside in: `text, block 3 (article), title`."""
    words: list[str] = []
    block: Any = None
    for step in steps:
        kind, rest = step[0], list[Any](step[1:])
        if kind == "field":
            field = _field(rest[0], rest[1])
            block = getattr(field, "stream_block", None)
            words.append(str(getattr(field, "verbose_name", rest[1])))
        elif kind == "child":
            words.append(_child(*rest))
        elif kind == "block":
            block = _inner(block, rest[1])
            label = getattr(block, "label", "") or rest[1]
            words.append(str(_("block %(number)s (%(label)s)") % {"number": rest[0], "label": label}))
        elif kind == "in":
            block = _inner(block, rest[0])
            words.append(str(getattr(block, "label", "") or rest[0]))
        elif kind == "sheet":
            words += _sheet(*rest)
        else:
            block = getattr(block, "child_block", block) if kind == "item" else block
            words.append(str(WORDS.get(str(kind), "%(one)s")) % {"one": rest[0] if rest else kind})
    return pgettext("place", ", ").join(words) or str(_("the whole file"))


def _field(model: str, name: str) -> Any:
    try:
        return apps.get_model(model)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return None


def _child(model: str, name: str, number: int) -> str:
    """`questions 2`: by the name of the rows' kind."""
    relation = _field(model, name)
    label = relation.related_model._meta.verbose_name if relation is not None else name
    return f"{label} {number}"


def _inner(block: Any, name: str) -> Any:
    children = getattr(block, "child_blocks", None) or {}
    return children.get(name)


def _sheet(name: str, state: str = "visible", row: int | None = None) -> list[str]:
    words = [str(_("sheet “%(name)s”") % {"name": name})]
    if hidden := STATES.get(state, state):
        words[0] += f" ({hidden})"
    return [*words, str(WORDS["row"]) % {"one": row}] if row is not None else words
