"""Stock Wagtail's own search over the same texts, asked in its own environment; told, without goals.

Not over 100,000: with 10,000 an answer of its SQLite backend takes seconds already.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from typing import Any

from tests.bench import Figure
from tests.bench.finding.crowd import crowd
from tests.bench.finding.ground import Run
from tests.bench.finding.quality import of
from tests.bench.finding.speed import spread
from tests.bench.peers.__main__ import FOREIGN, PEER, ROOT
from tests.search.judged import all_judged

KNOWN, MANY = 595, 10_000


def measure(_run: Run) -> Iterator[Figure]:
    words = list(dict.fromkeys(one.words for one in all_judged()))
    for size in (KNOWN, MANY):
        answer = asked(size, words)
        if size == KNOWN:
            answers = dict(zip(words, answer["answers"], strict=True))
            yield from of("stock Wagtail", answers.__getitem__, goals=False)
        yield from spread(
            f"stock Wagtail, {size:,} documents: {len(words)} queries", answer["times"], None, None
        )


def asked(size: int, words: list[str]) -> dict[str, Any]:
    """The keys and milliseconds of each query, answered by a process of the other environment."""
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    texts = [[one.key, one.title, one.body] for one in crowd(size)]
    done = subprocess.run(
        [PEER, "-m", "tests.bench.finding.stock"],
        input=json.dumps({"texts": texts, "words": words}),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "tests.stock.settings", "PYTHONUTF8": "1"},
    )
    return json.loads(done.stdout)
