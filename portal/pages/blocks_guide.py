"""Blocks of service guides and collections, besides those of official texts (portal.pages.blocks)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from portal.pages.blocks import AttachmentBlock, PaperBlock, QuestionBlock, StepBlock

PAPERS = [("paper", PaperBlock(label=_("paper")))]
STEPS = [("step", StepBlock(label=_("step")))]
QUESTIONS = [("question", QuestionBlock(label=_("question")))]
FORMS = [("form", AttachmentBlock(label=_("form")))]
#: the legal basis: a page of this site, or words where the text is elsewhere
BASIS = [
    ("page", blocks.PageChooserBlock(label=_("page"))),
    ("text", blocks.CharBlock(label=_("title and article"), max_length=200)),
]


class PlaceBlock(blocks.StructBlock):
    """Where to go: a counter with its hours and telephone."""

    name = blocks.CharBlock(label=_("name"), max_length=120)
    address = blocks.CharBlock(label=pgettext_lazy("place", "address"), max_length=160, required=False)
    hours = blocks.CharBlock(label=_("hours"), max_length=120)
    phone = blocks.CharBlock(label=_("telephone"), max_length=40)
    note = blocks.CharBlock(label=_("note"), max_length=160, required=False)


class GroupBlock(blocks.StructBlock):
    """Pages that belong together, in the editor's order."""

    title = blocks.CharBlock(label=_("heading"), max_length=80)
    text = blocks.CharBlock(label=_("text"), max_length=250, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("page")), label=_("pages"), min_num=0)


PLACES = [("place", PlaceBlock(label=_("place")))]
GROUPS = [("group", GroupBlock(label=_("group")))]
