"""Every public address of the CMS: pages in both languages, their histories, files, pictures, feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.test import Client
from wagtail.models import Page

from portal.attachments.models import PortalDocument
from portal.attachments.version_models import FileVersion
from portal.pages.addresses import feed_address
from portal.pages.listing import ListingPage
from portal.pages.models import SectionPage
from portal.pages.report import AnnualReportPage
from portal.pages.sections import TextSection
from portal.publishing.models import PageRecord

PICTURES = re.compile(rb'(?:src|href)="(/media/[^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What the public gets: the body, and of the heads those that tell of the content."""

    status: int
    location: str
    kind: str
    body: bytes


def addresses(pages: QuerySet | None = None) -> Iterator[str]:
    """Of these pages, else of all, Chinese and English; and of all files."""
    asked = list((Page.objects.filter(depth__gt=1) if pages is None else pages).order_by("pk").specific())
    yield from ("/sitemap.xml", "/sitemap/", "/en/sitemap/", "/")
    for page in asked:
        url = page.get_url()
        yield from (url, f"/en{url}") if not url.startswith("/en/") else (url,)
        if isinstance(page, TextSection) and page.depth == 3:
            yield from (f"{prefix}/feeds/{page.slug}.atom" for prefix in ("", "/en"))
        if isinstance(page, SectionPage | ListingPage):
            yield feed_address(page)
    for record in PageRecord.objects.filter(page_id__in=[page.pk for page in asked]).order_by("pk"):
        yield from (f"{prefix}/page-history/{record.code}/" for prefix in ("", "/en"))
    for report in AnnualReportPage.objects.exclude(year=None):
        yield from (f"/annual-reports/{report.year}/data.{form}" for form in ("csv", "json"))
    yield from (version.url for version in FileVersion.objects.order_by("pk"))
    yield from (document.newest_url for document in PortalDocument.objects.order_by("pk"))


def answers(asked: Iterable[str]) -> dict[str, Answer]:
    """The answers, those of the pictures that the pages show among them."""
    client = Client(headers={"host": "127.0.0.1:8000"})
    found: dict[str, Answer] = {}
    waiting = list(dict.fromkeys(asked))
    while waiting:
        address = waiting.pop(0)
        found[address] = answer = _answer(client, address)
        pictures = (one.decode() for one in PICTURES.findall(answer.body))
        waiting += [one for one in dict.fromkeys(pictures) if one not in found and one not in waiting]
    return found


def _answer(client: Client, address: str) -> Answer:
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    heads = response.headers
    return Answer(response.status_code, heads.get("Location", ""), heads.get("Content-Type", ""), body)
