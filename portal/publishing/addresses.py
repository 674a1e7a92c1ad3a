"""Addresses of pages: which are free, which lead where."""

from __future__ import annotations

import itertools
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.publishing.links import is_view

#: characters of the last part of an address
LONGEST = 60


def path_of(page: Page | None) -> str:
    """The path at which the public finds a page, `/en/notices/heating/`; empty outside the site's tree."""
    return urlsplit(page.get_url() or "").path if page is not None else ""


def stored(path: str) -> str:
    """A path as the table of old addresses keeps it: without the slash at its end."""
    return path.rstrip("/") or "/"


def shortened(slug: str, most: int = LONGEST) -> str:
    """A slug of at most `most` characters, cut between two syllables where it has several."""
    if len(slug) <= most:
        return slug
    head, cut, _rest = slug[: most + 1].rpartition("-")
    return head if cut else slug[:most]


def free_slug(slug: str, parent: Page, page: Page | None = None) -> str:
    """`slug`, with a number where it is taken below `parent`; `page` is the one that it is for."""
    candidates = (f"{shortened(slug, LONGEST - 4)}-{number}" for number in itertools.count(2))
    return next(
        one for one in itertools.chain([shortened(slug)], candidates) if not why_taken(one, parent, page)
    )


def why_taken(slug: str, parent: Page | None, page: Page | None = None) -> str:
    """Why a page can't have this address below `parent`, in words; empty when it can."""
    if parent is None or not slug:
        return ""
    here = parent.get_children().filter(slug=slug)
    neighbour = (here.not_page(page) if page is not None else here).first()
    if neighbour is not None:
        words = _("“%(title)s” has this address already. Choose another one.")
        return words % {"title": neighbour.title}
    above = path_of(parent)
    return why_path_taken(f"{above}{slug}/", page) if above else ""


def why_path_taken(path: str, page: Page | None = None) -> str:
    """Why no page can take a path: a part of the site answers there, or it leads to another page."""
    if is_view(path):
        return _("Another part of this site answers at this address. Choose another one.")
    old = Redirect.objects.filter(old_path=stored(path)).select_related("redirect_page").first()
    if old is None or old.redirect_page is None or (page is not None and old.redirect_page_id == page.pk):
        return ""
    words = _("This is an old or short address of “%(title)s” and leads there. Choose another one.")
    return words % {"title": old.redirect_page.title}
