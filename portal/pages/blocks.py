"""Blocks of official texts. Each is drawn by its template in templates/blocks/."""

from __future__ import annotations

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from portal.pages import standards
from portal.pages.blocks_tables import CaptionedTable

PARAGRAPH = ["bold", "ol", "ul", "link", "document-link"]
LEVELS = [("2", _("chapter")), ("3", _("section"))]


class AnchorBlock(blocks.CharBlock):
    """Where links from outside lead: filled in once when saved (portal.pages.anchors), read-only after."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("validators", [RegexValidator(r"^[a-z][a-z0-9-]*\Z")])
        super().__init__(**kwargs)
        self.field.widget = forms.TextInput(attrs={"readonly": True})

    class Meta:
        label = _("anchor")


class HeadingBlock(blocks.StructBlock):
    """A chapter or section (章、节); it stands in the table of contents."""

    text = blocks.CharBlock(label=_("heading"), max_length=120)
    level = blocks.ChoiceBlock(label=_("level"), choices=LEVELS, default="2")
    anchor = AnchorBlock()

    class Meta:
        icon = "title"
        label = _("heading")
        template = "blocks/heading.html"


class ArticleBlock(blocks.StructBlock):
    """A numbered article (条)."""

    number = blocks.CharBlock(label=_("number"), max_length=20, help_text=_("As printed, e.g. “Article 1”."))
    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    text = blocks.RichTextBlock(label=_("text"), features=PARAGRAPH)
    anchor = AnchorBlock()

    class Meta:
        icon = "list-ol"
        label = _("article")
        template = "blocks/article.html"


class FigureBlock(blocks.StructBlock):
    """A picture or chart (图): what it shows in words, and where it comes from."""

    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("what the picture shows"), max_length=250, help_text=_("Read aloud in place of the picture.")
    )
    caption = blocks.CharBlock(label=_("caption"), max_length=250, required=False)
    source = blocks.CharBlock(label=_("source"), max_length=120)

    class Meta:
        icon = "image"
        label = _("figure")
        template = "blocks/figure.html"


class AttachmentBlock(blocks.StructBlock):
    """One attachment (附件): the page that says the same comes first, then the file."""

    title = blocks.CharBlock(label=_("title"), max_length=120, required=False)
    page = blocks.PageChooserBlock(label=_("the same as a page"), required=False)
    document = DocumentChooserBlock(label=_("file"))


class AttachmentsBlock(blocks.StructBlock):
    """The attachments of a text, with name, type and size."""

    items = blocks.ListBlock(AttachmentBlock(label=_("attachment")), label=_("attachments"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("attachments")
        template = "blocks/attachments.html"


class QuestionBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(label=_("question"), max_length=160)
    answer = blocks.RichTextBlock(label=pgettext_lazy("question", "answer"), features=PARAGRAPH)


class QuestionsBlock(blocks.StructBlock):
    """Questions and answers (问答)."""

    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    items = blocks.ListBlock(QuestionBlock(label=_("question")), label=_("questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("questions and answers")
        template = "blocks/questions.html"


class StepBlock(blocks.StructBlock):
    """One step of a procedure: what happens, who does it, how long it takes."""

    title = blocks.CharBlock(label=_("title"), max_length=80)
    text = blocks.RichTextBlock(label=_("text"), features=PARAGRAPH, required=False)
    who = blocks.CharBlock(label=_("by whom"), max_length=80, required=False)
    days = blocks.CharBlock(label=_("how long"), max_length=60, required=False)


class StepsBlock(blocks.StructBlock):
    """The steps of a procedure (办理流程), in order."""

    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    items = blocks.ListBlock(StepBlock(label=_("step")), label=_("steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("steps")
        template = "blocks/steps.html"


class PaperBlock(blocks.StructBlock):
    """One thing to bring."""

    text = blocks.CharBlock(label=_("what"), max_length=160)
    note = blocks.CharBlock(label=_("note"), max_length=200, required=False)


class ChecklistBlock(blocks.StructBlock):
    """Things to bring (材料清单), to print and tick."""

    title = blocks.CharBlock(label=_("title"), max_length=80, required=False)
    items = blocks.ListBlock(
        PaperBlock(label=pgettext_lazy("checklist", "item")),
        label=pgettext_lazy("checklist", "items"),
        min_num=1,
    )

    class Meta:
        icon = "tick"
        label = _("checklist")
        template = "blocks/checklist.html"


class StandardBlock(blocks.StructBlock):
    """The dated values of one standard (标准), read from the register of standards, never typed."""

    name = blocks.ChoiceBlock(label=_("standard"), choices=standards.choices)
    caption = blocks.CharBlock(label=_("caption"), max_length=120, required=False)

    class Meta:
        icon = "table"
        label = _("values of a standard")
        template = "blocks/standard.html"


class OfficialBody(blocks.StreamBlock):
    """The text of a policy, interpretation, notice, guide or report."""

    heading = HeadingBlock()
    article = ArticleBlock()
    paragraph = blocks.RichTextBlock(
        label=_("paragraph"), features=["h3", *PARAGRAPH], template="blocks/paragraph.html", icon="pilcrow"
    )
    table = CaptionedTable()
    standard = StandardBlock()
    figure = FigureBlock()
    questions = QuestionsBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    attachments = AttachmentsBlock()

    class Meta:
        required = False
