"""What a query asks of the embedded index: no more than is needed to find the same."""

import pytest

from search.embedded_match import union
from search.plan import EXACT, TEXT, TITLE, Alternative, Tier, Word

A, AB, B, C = (Alternative(TEXT, word) for word in ("低保", "低保标准", "标准", "公示"))


def tier(*groups, scope="all", needed=0):
    return Tier("any", tuple(groups), scope, needed or len(groups))


@pytest.mark.parametrize(
    ("tiers", "asked"),
    [
        pytest.param([tier((A,), scope=TITLE), tier((A,))], [tier((A,))], id="a title is within all"),
        pytest.param([tier((A,), scope=TITLE)], [tier((A,), scope=TITLE)], id="a title alone"),
        pytest.param([tier((A,)), tier((A,))], [tier((A,))], id="twice the same"),
        pytest.param([tier((AB,)), tier((A,), (B,))], [tier((A,), (B,))], id="typed whole, then its words"),
        pytest.param([tier((A, B)), tier((A,))], [tier((A, B))], id="a choice, then one of it"),
        pytest.param([tier((A,)), tier((C,))], [tier((A,)), tier((C,))], id="two things"),
        pytest.param(
            [tier((A,), (B,), needed=2), tier((A,), (B,), needed=1)],
            [tier((A,), (B,), needed=1)],
            id="both, then any",
        ),
    ],
)
def test_what_another_tier_finds_is_not_asked_twice(tiers, asked):
    assert union(tuple(tiers)) == " OR ".join(union((one,)) for one in asked)


def test_an_exact_value_and_a_word_of_letters_hold_no_others():
    exact, number, letters, longer = (
        Alternative(EXACT, "低保"),
        Alternative(EXACT, "低保标准"),
        Alternative(TEXT, "form"),
        Alternative(TEXT, "forms"),
    )
    assert " OR " in union((tier((exact,)), tier((number,))))
    assert " OR " in union((tier((letters,)), tier((longer,))))


def test_a_word_is_not_looked_for_where_a_part_of_it_is():
    assert Word(("特困人员", "特困", "五保户", "五保", "tk")).group() == tuple(
        Alternative(TEXT, word) for word in ("特困", "五保", "tk")
    )
