"""Whether stored text holds only what editors' forms let through: strangers may have changed an export."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.publishing.links import texts_of
from portal.transfer.unpack import refused

#: elements of stored rich text, and what each may say besides its words
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("p", "br", "hr", "b", "strong", "i", "em", "ul", "ol", "li", "h2", "h3", "h4", "blockquote"),
        frozenset(),
    ),
    "a": frozenset({"href", "linktype", "id"}),
    "embed": frozenset({"embedtype", "id", "alt", "format"}),
}
#: Wagtail keeps the key of each block of its editor beside the block
ANYWHERE = frozenset({"data-block-key"})
SCHEMES = ("http:", "https:", "mailto:", "tel:", "/", "#")


def check_harmless() -> None:
    """Raises Blocked for a page whose text, or newest draft, holds markup that a browser might run."""
    for page in Page.objects.filter(depth__gt=1).specific().iterator():
        for text in (*texts_of(page), *texts_of(page.get_latest_revision_as_object())):
            if marks := foreign_marks(text):
                words = _("“%(title)s” holds markup that no form of the CMS lets through: %(marks)s.")
                raise refused("markup", words % {"title": page.title, "marks": ", ".join(marks[:3])})


def foreign_marks(text: str) -> list[str]:
    """Elements, attributes and addresses in a stored text that no form of ours would have kept."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += _wrong(tag, attrs)

    handle_startendtag = handle_starttag

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl[:20]}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data[:20]}")


def _wrong(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    if tag not in ELEMENTS:
        yield f"<{tag}>"
        return
    for name, value in attrs:
        if name not in ELEMENTS[tag] | ANYWHERE:
            yield f"<{tag} {name}>"
        elif name == "href" and not (value or "").strip().lower().startswith(SCHEMES):
            yield f"<{tag} {name}={(value or '')[:40]!r}>"
