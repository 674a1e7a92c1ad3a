"""A server killed amid a publication and amid a rebuild: nothing lost, nothing doubled, readers answered.

Three times each; with FULL=1 ten times.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.core.management import call_command

from portal.staff_search.index import staff_index
from scripts.elasticsearch_server import Server
from search import engine, follow
from search.find import find
from search.index import Unavailable
from search.query import Query
from tests.factories.texts import Newsroom, make_newsroom
from tests.search.crowd_source import CrowdSource

pytestmark = [pytest.mark.django_db, pytest.mark.long]
#: seconds that the server lives on at most, once it is to be killed: some requests more
LIVES_ON = 0.3


class Site:
    """A newsroom whose index is on a server that dies, with a crowd of records beside its pages."""

    def __init__(self, server: Server, crowd: CrowdSource) -> None:
        self.server, self.crowd = server, crowd
        self.room: Newsroom = make_newsroom()
        self.chance = random.Random(8)
        for index in engine.kept():
            follow.rebuild(index)

    def killed_amid(self, act: Callable[[], object], *, at_once: bool) -> bool:
        """Do an act and kill the server within it. Whether it was broken off."""
        place = self.chance.randrange(len(self.crowd.records))
        later = 0.0 if at_once else self.chance.uniform(0, LIVES_ON)
        killer = threading.Timer(later, self.server.kill)

        def read(now: int) -> None:
            if now == place and at_once:
                self.server.kill()
            elif now == place:
                killer.start()

        self.crowd.on_read = read
        broken = False
        try:
            act()
        except Unavailable:
            broken = True
        self.crowd.on_read = lambda _read: None
        with suppress(RuntimeError):  # never begun
            killer.join()
        self.server.kill()
        engine.choice.forget()
        return broken

    def back(self) -> None:
        self.server.start()
        engine.choice.forget()

    def holds_all_once(self) -> None:
        """The server's index is what is public, every record once, behind an alias that names one index."""
        kept = engine.elastic()
        assert follow.check(kept) == []
        keys = [key for key, _digest in kept.digests()]
        assert len(keys) == len(set(keys)) > 0
        assert kept.client.count(index=kept.alias)["count"] == len(keys) + 1  # the cursor
        assert len(kept.client.indices.get_alias(name=kept.alias)) == 1
        follow.rebuild(staff_index())  # follows what is saved, not the journal
        call_command("check_search")


@pytest.fixture
def site(mortal: Server, settings, tmp_path, monkeypatch) -> Site:
    settings.SEARCH_DIR = tmp_path / "search"
    settings.ES_URL, settings.ES_INDEX = mortal.url, "relief-test-killed"
    engine.choice.forget()
    crowd = CrowdSource()
    own = follow.registered
    monkeypatch.setattr(
        follow, "registered", lambda index: [*own(index), *([crowd] if index != "staff" else [])]
    )
    monkeypatch.setattr("search.elastic.CHUNK", 100)
    yield Site(mortal, crowd)
    engine.choice.forget()


def test_a_server_killed_amid_a_publication(site, full_counts):
    broken = []
    for turn in range(1, (10 if full_counts else 3) + 1):
        site.crowd.turn = turn
        page = site.room.published(site.room.draft(f"turn-{turn}", title=f"关于第{turn}轮取暖补助的通知"))
        follow.bring_up(engine.embedded())
        broken.append(site.killed_amid(lambda: follow.bring_up(engine.elastic()), at_once=turn == 1))
        answer = find(Query(f"第{turn}轮取暖补助"))
        assert answer.degraded and answer.hits[0].record.key == f"page:{page.pk}:zh-hans"
        site.back()
        follow.bring_up(engine.elastic())
        site.holds_all_once()
        assert not find(Query("低保")).degraded
    assert broken[0]


def test_a_server_killed_amid_a_rebuild(site, full_counts):
    broken = []
    for turn in range(1, (10 if full_counts else 3) + 1):
        before = engine.elastic().cursor()
        broken.append(site.killed_amid(lambda: follow.rebuild(engine.elastic()), at_once=turn == 1))
        answer = find(Query("低保"))
        assert answer.degraded and answer.total > 0
        site.back()
        assert engine.elastic().cursor() == before
        site.holds_all_once()
    assert broken[0]
    follow.rebuild(engine.elastic())
    assert len(engine.elastic().client.indices.get(index=f"{engine.elastic().alias}-*")) == 1
