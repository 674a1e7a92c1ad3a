"""The same sixteen traps on a stock Wagtail site in a process of its own: it must fall into every one.

A wish that stock fulfils would prove nothing about ours, so each single one must be broken there, and by what
the trap tells of: an error in the ground is an error here too.
"""

import json
import os
import subprocess
import sys

import pytest

from tests.databases import ROOT
from tests.traps.traps import TRAPS

OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "VAR_DIR")


@pytest.mark.long
def test_a_stock_site_falls_into_every_trap():
    outcomes = on_stock()
    assert len(outcomes) == 16
    assert list(outcomes) == [trap.__name__ for trap in TRAPS]
    assert {name: found["error"] for name, found in outcomes.items() if found["error"]} == {}
    assert [name for name, found in outcomes.items() if not found["wishes"]] == []
    held = {name: [words for words, holds in found["wishes"] if holds] for name, found in outcomes.items()}
    assert {name: words for name, words in held.items() if words} == {}


def on_stock() -> dict[str, dict]:
    """What came of every trap on a stock site: nothing of the portal is installed in its process."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [sys.executable, "-m", "tests.traps.on_stock"],
        cwd=ROOT,
        env={**environment, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
