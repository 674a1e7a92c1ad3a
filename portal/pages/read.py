"""Pages read in prepared queries, each with its locale; what only a link needs is read without the rest."""

from __future__ import annotations

import functools
from typing import Any

from django.db.models import BigIntegerField, CharField, QuerySet, UUIDField
from wagtail.models import Locale, Page

from portal.prepared import Asked, PreparedObjects
from portal.publishing.queries import readable

#: columns of a page that a link to it and its place in the tree need
FOR_LINKS = (
    "id",
    "page_ptr_id",
    "path",
    "depth",
    "numchild",
    "slug",
    "title",
    "phrased_title",
    "live",
    "url_path",
    "locale_id",
    "translation_key",
    "content_type_id",
)


class PreparedPages(PreparedObjects):
    """Pages of one type."""

    def __init__(self, build: Any, columns: tuple[str, ...] = ()) -> None:
        super().__init__(build, columns, ("locale__language_code",))

    def finish(self, found: Any, *beside: Any) -> None:
        found.locale = Locale(pk=found.locale_id, language_code=beside[0])


def key(name: str) -> Asked:
    """A primary key, or another number, to be asked."""
    return Asked(name, BigIntegerField())


def words(name: str) -> Asked:
    return Asked(name, CharField())


def uuid(name: str) -> Asked:
    return Asked(name, UUIDField())


def _at() -> QuerySet:
    return Page.objects.filter(path=words("path"))


page_at = PreparedPages(_at, FOR_LINKS)


def twin_of(page: Page) -> Any:
    """The public page of the same type and content in the other language, or None."""
    kind: Any = type(page)
    return _twin(kind).first(key=page.translation_key, pk=page.pk)


@functools.cache
def _twin(model: type[Page]) -> PreparedPages:
    def build() -> QuerySet:
        others = readable(model.objects.filter(translation_key=uuid("key")).exclude(pk=key("pk")))
        return others.order_by("pk")[:1]

    return PreparedPages(build)
