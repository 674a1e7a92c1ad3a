"""Addresses of pages: which are free, which lead where."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portal.publishing.links import is_view, slashed

#: characters of the last part of an address
LONGEST = 60
#: of a whole path, as the tables keep it
LONGEST_PATH = 255
ENGLISH = "/en"
#: parts of the site where addresses are no page's: staff, files, what the server answers by itself
CLOSED = ("/cms/", "/desk/", "/static/", "/media/", "/files/", "/display/", "/healthz/", "/readyz/")


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
    return why_view(path) or why_leads(redirects_at([path]).get(stored(path)), page)


def why_view(path: str) -> str:
    """That a part of the site answers at a path, in words; empty where none does."""
    if is_view(path):
        return _("Another part of this site answers at this address. Choose another one.")
    return ""


def why_leads(old: Redirect | None, page: Page | None = None) -> str:
    """That an old or short address leads to another page than `page`, in words; empty where it doesn't."""
    if old is None or old.redirect_page is None or (page is not None and old.redirect_page_id == page.pk):
        return ""
    words = _("This is an old or short address of “%(title)s” and leads there. Choose another one.")
    return words % {"title": old.redirect_page.title}


def redirects_at(paths: Collection[str]) -> dict[str, Redirect]:
    """What leads on from these paths, by path as kept; one query."""
    found = Redirect.objects.filter(old_path__in={stored(path) for path in paths})
    return {one.old_path: one for one in found.select_related("redirect_page")}


def page_at(path: str) -> Page | None:
    """The page, public or a draft, whose own address this is; also a Chinese one under an English address."""
    return pages_at([path]).get(path)


def pages_at(paths: Collection[str]) -> dict[str, Page]:
    """The pages whose own addresses these are, as `page_at` finds them; one query."""
    places = {path: _places(path) for path in paths}
    pages = {page.url_path: page for page in Page.objects.filter(url_path__in=set().union(*places.values()))}
    standing = {path: [pages[place] for place in at if place in pages] for path, at in places.items()}
    return {path: min(here, key=lambda page: page.path) for path, here in standing.items() if here}


def _places(path: str) -> set[str]:
    """Where in the tree a page with this address may stand."""
    places = set()
    for root in Site.get_site_root_paths():
        language = "" if root.language_code == settings.LANGUAGE_CODE else f"/{root.language_code}"
        for prefix in {language, ENGLISH}:
            if slashed(path).startswith(f"{prefix}/"):
                places.add(root.root_path + slashed(path)[len(prefix) + 1 :])
    return places


def leads_to(path: str) -> str:
    """Where an address leads that no page answers; empty when nowhere.

    A Chinese page is read under an English address too, and so are its old ones.
    """
    wanted = stored(path)
    if "\0" in wanted or len(wanted) > LONGEST_PATH + len(ENGLISH):
        return ""
    bare = wanted.removeprefix(ENGLISH) if wanted.startswith(f"{ENGLISH}/") else wanted
    found = Redirect.objects.filter(old_path__in={wanted, bare}, redirect_page__live=True)
    pages = {one.old_path: one.redirect_page for one in found.select_related("redirect_page")}
    if wanted in pages:
        return path_of(pages[wanted])
    address = path_of(pages.get(bare))
    return address if not address or address.startswith(f"{ENGLISH}/") else ENGLISH + address
