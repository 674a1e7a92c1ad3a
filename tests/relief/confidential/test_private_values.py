"""Private values are seen in every notation, and what only looks like one passes (issue 5, item 10)."""

import random
import re

import pytest

from relief.confidential.private_kinds import Allowed
from relief.confidential.private_values import private_values
from relief.households.id_number import make_demo_id
from tests.relief.publicity.planted import DAY, NEAR_MISSES, OFFICES, PLANTED

ALLOWED = Allowed.of(OFFICES, [DAY])


@pytest.mark.parametrize(("kind", "text"), PLANTED)
@pytest.mark.parametrize("frame", ["%s", "王*英（%s）", "see %s here", "户主，%s。"])
def test_a_private_value_is_seen(kind, text, frame):
    assert kind in private_values(frame % text, ALLOWED)


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_only_looks_like_one_passes(text):
    assert private_values(text, ALLOWED) == []


@pytest.mark.parametrize("year", range(1925, 2026, 10))
def test_every_number_of_an_identity_card_is_seen(year):
    number = make_demo_id(DAY.replace(year=year), year % 1000)
    assert private_values(number, ALLOWED)[0] == "id-number"
    assert private_values(f"{number[:6]} {number[6:14]} {number[14:]}", ALLOWED)[0] == "id-number"


def test_amounts_and_counts_in_any_row_pass():
    """A thousand rows as a poster prints them: number, persons, amounts."""
    chance = random.Random(29)
    for number in range(1, 1_001):
        amounts = " ".join(f"{chance.randrange(1, 9_000_00) / 100:.2f}" for _n in range(3))
        line = f"{number} {chance.randrange(1, 9)} {amounts}"
        assert private_values(line, ALLOWED) == [], line


def test_a_finding_never_says_what_was_found():
    """Kinds only: what the gate keeps can't leak what it stopped."""
    for kind, text in PLANTED:
        found = private_values(text, ALLOWED)
        assert all(re.fullmatch(r"[a-z-]+", one) for one in found), (kind, found)
