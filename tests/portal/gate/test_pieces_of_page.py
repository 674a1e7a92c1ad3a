"""A page type with every kind of field: none of its texts is forgotten (issue 6 item 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.utils import translation
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.models.pages import PAGE_MODEL_CLASSES

from portal.gate.pieces_of_page import pieces_of_page
from portal.gate.reader.found import Text
from portal.gate.rules import findings
from portal.models import NoticePage, PortalDocument, PortalImage
from portal.pages.blocks import OfficialBody
from portal.pages.report import AnnualReportPage
from relief.confidential.private_kinds import Allowed
from tests.portal.gate.planted import phone


class Deep(blocks.StructBlock):
    """Blocks within blocks."""

    words = blocks.CharBlock()
    many = blocks.ListBlock(
        blocks.StructBlock([("text", blocks.TextBlock()), ("rich", blocks.RichTextBlock())])
    )
    stream = blocks.StreamBlock([("quote", blocks.BlockQuoteBlock()), ("raw", blocks.RawHTMLBlock())])
    choice = blocks.ChoiceBlock(choices=[("a", "word of a choice"), ("group", [("b", "word in a group")])])
    url = blocks.URLBlock()


@pytest.fixture(scope="module")
def every_kind() -> Iterator[type[Page]]:
    """The page type, known to nobody but this module."""
    before = list(PAGE_MODEL_CLASSES)
    with isolate_apps("portal"):

        class EveryKindPage(Page):
            char = models.CharField(max_length=99)
            text = models.TextField()
            email = models.EmailField()
            url = models.URLField()
            rich = RichTextField()
            choice = models.CharField(max_length=2, choices=[("x", "word of a field")])
            number = models.BigIntegerField()
            amount = models.DecimalField(max_digits=12, decimal_places=2)
            day = models.DateField()
            keys = models.JSONField()
            yes = models.BooleanField(default=True)
            token = models.UUIDField(null=True)
            moment = models.DateTimeField(null=True)
            image = models.ForeignKey(PortalImage, models.CASCADE, related_name="+")
            document = models.ForeignKey(PortalDocument, models.CASCADE, related_name="+")
            other = models.ForeignKey(Page, models.CASCADE, related_name="+")
            body = StreamField(OfficialBody())
            deep = StreamField([("deep", Deep())])

            class Meta:
                app_label = "portal"

        class Contact(Orderable):
            page = ParentalKey(EveryKindPage, on_delete=models.CASCADE, related_name="contacts")
            name = models.CharField(max_length=99)

            class Meta:
                app_label = "portal"
                verbose_name = "contact"

        EveryKindPage.child = Contact
        yield EveryKindPage
    PAGE_MODEL_CLASSES[:] = before


def blocks_of_a_body(one: Callable[[], str]) -> list[dict]:
    """One block of each kind that has words."""
    table = {
        "data": [["栏", one()], ["行", one()]],
        "table_caption": one(),
        "first_row_is_table_header": True,
    }
    return [
        {"type": "heading", "value": {"text": one(), "level": "2", "anchor": ""}},
        {"type": "article", "value": {"number": "第一条", "title": one(), "text": f"<p>{one()}</p>"}},
        {"type": "table", "value": table},
        {"type": "questions", "value": {"items": [{"question": one(), "answer": f"<p>{one()}</p>"}]}},
        {"type": "steps", "value": {"items": [{"title": one(), "who": one(), "days": one()}]}},
        {"type": "checklist", "value": {"items": [{"text": one(), "note": one()}]}},
    ]


def filled(kind: type[Page]) -> tuple[Page, int]:
    """A page in memory with a number of its own at each place, and how many."""
    numbers = iter(range(1000))

    def one() -> str:
        return phone(next(numbers))

    body = blocks_of_a_body(one)
    many = [{"text": one(), "rich": f"<p>{one()}</p>"}, {"text": one(), "rich": f"<p>{one()}</p>"}]
    stream = [{"type": "quote", "value": one()}, {"type": "raw", "value": f"<!-- {one()} --><i>{one()}</i>"}]
    deep = {
        "words": one(),
        "many": many,
        "stream": stream,
        "choice": "b",
        "url": f"https://a.example/{one()}",
    }
    table_row = f"<table><tr><td>王英</td><td>{one()}</td></tr></table>"
    cut = one()
    image = PortalImage(title=one(), description=one())
    page = kind(
        title=one(), seo_title=one(), search_description=one(), char=one(), text=one(),
        email=f"{one()}@a.example", url=f"https://a.example/?t={one()}",
        rich=f'<p>{cut[:5]}<b>{cut[5:]}</b></p><embed alt="{one()}"/><!--{one()}-->{table_row}',
        choice="x", number=int(one()), amount=1011, day=date(2026, 3, 2), keys={"k": [one(), {"n": one()}]},
        image=image, document=PortalDocument(title=one(), file=f"documents/{one()}.pdf"),
        other=Page(title=one()), slug="13900000000", body=kind._meta.get_field("body").to_python(body),
        deep=kind._meta.get_field("deep").to_python([{"type": "deep", "value": deep}]),
    )  # fmt: skip
    page.contacts = [kind.child(name=one()), kind.child(name=one())]
    return page, next(numbers)


def test_no_text_of_any_kind_is_forgotten(every_kind, db):
    page, count = filled(every_kind)
    texts = [piece.text for piece in pieces_of_page(page)]
    said = "\n".join(texts)
    assert [number for number in range(count) if phone(number) not in said] == []
    assert count > 40
    assert "word of a field" in texts and "word in a group" in texts
    assert "13900000000" not in said, "an address is no text"
    assert "2026-03-02" in texts


def test_a_text_cut_by_markup_is_read_as_one_and_a_row_as_a_row(db):
    page = NoticePage(
        title="通知", body="<p>138<b>0013</b><i>8000</i></p><table><tr><td>王英</td><td>9</td></tr></table>"
    )
    assert [piece.text for piece in pieces_of_page(page)][1:3] == ["13800138000", "王英\t9"]


def test_places_say_field_block_and_item(db):
    page = NoticePage(title="通知", issuer="13800138000", body="<p>一</p><p>电话13800138001</p>")
    texts = [Text(piece.steps, piece.text) for piece in pieces_of_page(page)]
    assert [one.code for one in findings(texts, Allowed())] == ["mobile", "mobile"]
    with translation.override("en"):
        assert [piece.place for piece in pieces_of_page(page)] == [
            "title", "issued by", "text, paragraph 1", "text, paragraph 2",
        ]  # fmt: skip


def test_places_within_blocks_have_their_labels(every_kind, db):
    page, _count = filled(every_kind)
    steps = next(piece.steps for piece in pieces_of_page(page) if ("in", "answer") in piece.steps)
    assert steps == (
        ("field", "portal.everykindpage", "body"), ("block", 4, "questions"), ("in", "items"), ("item", 1),
        ("in", "answer"), ("paragraph", 1),
    )  # fmt: skip


def test_the_order_of_stored_keys_changes_no_text(db):
    """PostgreSQL hands JSON back with its keys in another order than they were stored in."""
    table = {"received.natural": 3, "carried.natural": 1, "total.natural": 4}
    pages = [
        AnnualReportPage(title="年报", requests=dict(order))
        for order in (table.items(), [*table.items()][::-1])
    ]
    first, second = ([(piece.steps, piece.text) for piece in pieces_of_page(page)] for page in pages)
    assert first == second and any("received.natural" in str(steps) for steps, _text in first)
