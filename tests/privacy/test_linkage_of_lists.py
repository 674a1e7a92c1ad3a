"""No two forms and no past lists together give back a masked character or digit (issue 5, item 10).

That the forms say what the rows say is proved by tests/portal/demo/test_agreement.py; what stands in their
texts beside the rows is read by the crawl of test_public_bytes.py.
"""

from __future__ import annotations

import pytest

from tests.privacy.linkage import Printing, Secrets, given_back
from tests.privacy.printings import printings


def test_a_household_is_masked_alike_on_all_its_lists(scratch_demo: str) -> None:
    shown = printings()
    assert len({one.household for one in shown}) < len(shown), "some stand on more than one list"
    assert given_back(shown) == []


@pytest.mark.long
def test_a_household_of_the_whole_district_is_masked_alike_on_all_its_lists(scratch_full: str) -> None:
    assert given_back(printings()) == []


# --- the proof can fail -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["王*英", "王*英"], ""),
        (["王*", "王*英"], ""),  # a name corrected to a longer one
        (["王*英", "黄*英"], ""),  # … and to another surname
        (["欧**英", "欧**英"], ""),
        (["J. S.", "J. S."], ""),
        (["王*英", "withheld-on-request"], ""),
        (["withheld-by-law", "withheld-by-law"], ""),
        (["王*英", "王小*"], "character 2 of 3 in list 2"),
        (["王*英", "*小*"], "character 2 of 3 in list 2"),
        (["王*", "*英"], "character 2 of 2 in list 2"),
        (["欧**英", "欧阳*英"], "character 2 of 4 in list 2"),
        (["王*英", "王小英"], "character 2 of 3 in list 2"),
        (["withheld-by-law", "王*英"], "though withheld-by-law"),
        (["王*英", "withheld-by-law"], "though withheld-by-law"),
        (["王*英", "withheld-on-request", "王*英"], "though withheld-on-request"),
    ],
)
def test_printings_laid_over_each_other(texts: list[str], told: str) -> None:
    found = given_back(Printing(f"list {at}", "7", text) for at, text in enumerate(texts, start=1))
    assert bool(found) == bool(told) and all(told in one for one in found)


def test_two_households_are_not_laid_over_each_other() -> None:
    assert given_back([Printing("list 1", "7", "王*英"), Printing("list 1", "8", "withheld-by-law")]) == []


PRIVATE = {
    "person.name": {"王小英", "李强", "欧阳小英"},
    "person.id-number": {"990101195806123456"},
    "person.phone": {"14012340001"},
    "household.account": {"9900000000012345678"},
    "household.address": {"东园路12号3单元502室"},
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 7K3M-Q9TX 王*英 李* 欧**英 东园社区", ""),
        ("王某英（已隐去一字） 李某", ""),
        ("姓名中的*代表隐去的一个字 12345-2222 0400-000-0000", ""),
        ("东园路 12号以北的住户", ""),
        ("更正前：王小*", "name 王小*"),
        ("更正前：某小英", "name 某小英"),
        ("*强已退出", "name *强"),
        ("王小英", "name 王小英"),
        ("欧阳**", "name 欧阳**"),
        ("9901011958********", "half a number 9901011958********"),
        ("电话 140****0001", "half a number 140****0001"),
        ("尾号 ****5678", "half a number ****5678"),
        ("0101 1958 0612 34", "person.id-number"),
        ("ＩＤ：１９９０９９０１０１１９５８０６", "person.id-number"),
        ("140-1234-0001", "person.phone"),
        ("住东园路12号3单元", "household.address"),
    ],
)
def test_a_text_that_gives_a_part_away(text: str, told: str) -> None:
    found = Secrets(PRIVATE, {"王*英", "李*", "欧**英", "withheld-by-law"}).in_text(text)
    assert bool(found) == bool(told) and (not told or told in found)
