"""What every Atom feed of the site says alike: whose it is, its language, its address, when it began."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from portal.context import Bureau

ATOM = "application/atom+xml; charset=utf-8"
#: of a feed without entries: the same bytes until something is in it
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """An Atom feed that is as old as its newest entry, and without any as old as the site."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGAN

    def as_bytes(self) -> bytes:
        return self.writeString("utf-8").encode()


def feed(title: str, link: str, description: str, address: str, name: str = "") -> Feed:
    """A feed without entries, in the active language.

    `link`: the whole address of the page that it follows; `address`: the feed's own path. `name` tells it
    from all others for ever; its path, where none is given.
    """
    return Feed(
        title=title,
        link=link,
        description=description,
        language="en" if get_language() == "en" else "zh-CN",
        feed_url=f"{settings.PUBLIC_BASE_URL}{address}",
        feed_guid=tag(name or address),
        author_name=Bureau().name,
    )


def tag(name: str) -> str:
    """A tag URI (RFC 4151) of something on this site."""
    return f"tag:{urlsplit(settings.PUBLIC_BASE_URL).hostname or 'localhost'},2026:{name}"
