"""Follow every link of the public site and keep every byte that comes back: head, body, error pages."""

from __future__ import annotations

import html
import io
import re
import urllib.error
import urllib.request
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

import pypdfium2
from django.urls import Resolver404, resolve
from django.utils import translation
from PIL import Image
from pypdf import PdfReader

from relief.publicity.pieces_office import PDFIUM

LINK = re.compile(rb'(?:href|src|action|data-url)="([^"]+)"|<loc>([^<]+)</loc>')
BEHIND_SIGN_IN = ("/desk/", "/cms/")
NO_PAGES = ("/static/", "/display/")
TAG = re.compile(r"<[^>]*>")
MOST = 2000


@dataclass
class Crawl:
    """What was fetched: every byte by address, the status, and the body alone."""

    base: str
    answers: dict[str, bytes] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def follow(self, *starts: str) -> None:
        """Fetch the starts and whatever they lead to, within the public site."""
        waiting = [*starts]
        while waiting:
            assert len(self.answers) < MOST, "the site has no end"
            path = waiting.pop(0)
            if path not in self.answers:
                waiting += [link for link in self.links(path, self.fetch(path)) if link not in self.answers]

    def fetch(self, path: str) -> bytes:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            answer = direct.open(self.base + path, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            head = str(answer.headers).encode()
            body = answer.read()
        self.answers[path] = path.encode() + b"\n" + head + b"\n" + body
        self.statuses[path] = answer.status or 0
        self.bodies[path] = (answer.headers.get_content_type(), body)
        return body

    def links(self, path: str, body: bytes) -> list[str]:
        found = []
        for match in LINK.finditer(body):
            text = html.unescape((match[1] or match[2]).decode(errors="replace"))
            link = urldefrag(urljoin(self.base + path, text)).url
            parts = urlsplit(link)
            inside = link.startswith(self.base + "/") or "testserver" in parts.netloc
            if inside and not parts.path.startswith(BEHIND_SIGN_IN + NO_PAGES):
                found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        return found

    def names(self, language: str) -> set[str]:
        """The names of the addresses that were answered as they are meant to be, in a language."""
        found = set()
        english = language == "en"
        for path, status in self.statuses.items():
            if status == 200 and path.startswith("/en/") == english:
                with translation.override(language), suppress(Resolver404):
                    found.add(resolve(urlsplit(path).path).view_name)
        return found

    def texts(self) -> dict[str, str]:
        """What a reader sees of each answer: a page without tags, a paper's words, a book's cells."""
        return {path: text_of(media, body) for path, (media, body) in self.bodies.items()}


def text_of(media: str, body: bytes) -> str:
    """The text of a document; of a PDF and a workbook also what stands in no page: properties, notes."""
    if media == "application/pdf":
        with PDFIUM, pypdfium2.PdfDocument(body) as paper:
            sheets = [page.get_textpage().get_text_range() for page in paper]
        reader = PdfReader(io.BytesIO(body))
        packet = reader.xmp_metadata
        told = [str(value) for value in (reader.metadata or {}).values()]
        told += [packet.stream.get_data().decode()] if packet else []
        return "\n".join([*sheets, *told])
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "\n".join(_without_tags(book.read(part).decode()) for part in book.namelist())
    if media.startswith("image/") and "xml" not in media:  # dots aren't text: what they spell is chance
        with Image.open(io.BytesIO(body)) as picture:
            return "\n".join(str(told) for told in (*picture.info.values(), *picture.getexif().values()))
    text = body.decode(errors="replace")
    return _without_tags(text) if "html" in media or "xml" in media else text


def _without_tags(text: str) -> str:
    return html.unescape(TAG.sub(" ", text))
