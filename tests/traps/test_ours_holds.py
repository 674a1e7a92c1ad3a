"""The sixteen traps on our portal: every wish holds."""

import pytest

from tests.traps.ours import OurGround
from tests.traps.traps import TRAPS, play


@pytest.mark.long
@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.__name__)
def test_our_site_holds(trap, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    outcome = play(trap, OurGround())
    assert outcome["error"] == ""
    assert outcome["wishes"] and [words for words, held in outcome["wishes"] if not held] == []
