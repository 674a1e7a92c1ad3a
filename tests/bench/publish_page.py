"""Publishing a page of the portal: state, version and record; the act that `make bench-peers` compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from portal.pages.models import NoticePage, SectionPage
from portal.pages.seed import CHINESE, add_live, seed_site
from relief.trail import clock
from tests import databases
from tests.bench import Figure, half_and_tail, milliseconds
from tests.bench.ground import own_database
from tests.bench.peers.corpus import Text, texts

TURNS = 40


def section() -> SectionPage:
    """The section of notices on a site seeded now."""
    return SectionPage.objects.child_of(seed_site()[CHINESE]).get(slug="notices")


def live(below: SectionPage, text: Text) -> NoticePage:
    """One text, published."""
    page = _notice(text, text.slug)
    add_live(below, page)
    return page


def change(below: SectionPage, text: Text, turn: int) -> Callable[[], None]:
    """A publication that is only to be let go. Pages can't be changed but by their screen yet: a new one."""
    page = _notice(text, f"t{turn:05d}")
    return lambda: add_live(SectionPage.objects.get(pk=below.pk), page)


def _notice(text: Text, slug: str) -> NoticePage:
    words = {"title": text.title, "summary": text.summary, "body": text.html, "slug": slug}
    return NoticePage(issuer="明河区民政局", signed_on=clock.today(), **words)


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()):
        below, words = section(), texts(TURNS)
        acts = [change(below, text, turn) for turn, text in enumerate(words)]
        half, tail = half_and_tail([milliseconds(act) for act in acts])
        yield Figure("publish a page, p50 (`make bench-peers`: beside stock Wagtail)", half, "ms")
        yield Figure("publish a page, p95", tail, "ms")
