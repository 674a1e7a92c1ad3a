"""Guides and other pages of the service part for tests."""

from __future__ import annotations

from django.core.files.base import ContentFile

from portal.attachments.models import PortalDocument
from portal.pages.guide import GuideIndexPage, GuidePage
from portal.pages.models import SectionPage
from portal.pages.seed import CHINESE, add_live


def below(homes, page_type, page):
    """Publish a page below the Chinese page of a type."""
    parent = page_type.objects.child_of(homes[CHINESE]).get()
    page.locale = parent.locale
    add_live(parent, page)
    return page


def section(homes) -> SectionPage:
    return SectionPage.objects.child_of(homes[CHINESE]).get(slug="notices")


def guide(homes, **more) -> GuidePage:
    """A guide with something in every part."""
    form = PortalDocument.objects.create(title="申请表", file=ContentFile(b"form", name="form.txt"))
    step = {"title": "受理", "text": "<p>材料齐全即受理。</p>", "who": "街道办事处", "days": "3个工作日"}
    place = {"name": "区救助窗口", "address": "示例路1号", "hours": "8:30—17:00", "phone": "0400-000-0000"}
    words = {
        "title": "申请低保",
        "slug": "guarantee",
        "summary": "申请最低生活保障。",
        "number": "MH-BS-01",
        "who": "<p>收入低于标准的家庭。</p>",
        "papers": [("paper", {"text": "户口簿", "note": "出示原件"})],
        "forms": [("form", {"title": "", "page": None, "document": form})],
        "steps": [("step", step)],
        "decides": "区民政局",
        "limit": "30个工作日",
        "clock_from": "受理之日",
        "silence": "可以拨打监督电话。",
        "places": [("place", place)],
        "remedy": "<p>60日内申请行政复议。</p>",
        "basis": [("text", "《社会救助暂行办法》第九条"), ("page", section(homes))],
        "faq": [("question", {"question": "租房可以吗？", "answer": "<p>可以</p>"})],
    }
    return below(homes, GuideIndexPage, GuidePage(**{**words, **more}))
