"""A running site finds what was just published, and no longer what was taken away.

How soon is a figure of `make bench-search`.
"""

import time
import urllib.request
from urllib.parse import quote

import pytest

from portal.publishing.withdraw import withdraw
from search import engine, follow
from tests import servers
from tests.factories.texts import make_newsroom

PATIENCE_S, STEP_S = 30, 0.05
WORDS = "煤改电住户取暖补助"


@pytest.fixture
def address(scratch, settings, tmp_path):
    """A site whose index is ours: we publish, another process is asked."""
    folder = tmp_path / "search"
    with servers.serving(scratch, tmp_path / "log", SEARCH_DIR=str(folder)) as served:
        settings.SEARCH_DIR, settings.SEARCH_FOLLOWS = folder, True
        yield served


def becomes(address: str, wanted: bool) -> bool:
    """Whether the page lists the text, or no longer does, before our patience ends."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        with direct.open(f"{address}/search/?q={quote(WORDS)}", timeout=PATIENCE_S) as answer:
            if ('href="/notices/heating/"' in answer.read().decode()) == wanted:
                return True
        time.sleep(STEP_S)
    return False


def test_found_soon_after_its_publication_and_gone_soon_after_its_withdrawal(address):
    """Nothing but the thread that follows the journal stands between the act and the reader."""
    room = make_newsroom()
    follow.rebuild(engine.embedded())
    assert becomes(address, wanted=False)
    page = room.published(room.draft(title=f"关于{WORDS}的通知"))
    assert becomes(address, wanted=True)
    record = room.record(page)
    reasons = {"reason_zh": "误发。", "reason_en": "By mistake."}
    withdraw(record, by=room.publisher, way="removed", version=record.version, **reasons)
    assert becomes(address, wanted=False)
    assert follow.check(engine.embedded()) == []
