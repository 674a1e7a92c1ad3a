"""No two forms and no past lists together give back a masked character (issue 5, item 10)."""

import ast
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.confidential.masking import STAR, mask_name
from relief.errors import Blocked
from relief.publicity.compile import new_list
from relief.publicity.disclose import WITHHELD
from relief.publicity.models import ListKind, PublicRow
from relief.standards.in_force import enter_standard
from relief.standards.models import Clause, Kind
from relief.trail import clock
from tests.architecture.sources import python_files, tree
from tests.factories import cases, roads
from tests.factories.district import make_district
from tests.relief.publicity.planted import DAY

SIGNS = {"*", "＊", "x", "X", "●", "•", "某", "○"}
NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=6)


# --- one mask function ----------------------------------------------------------------------------


def masks_by_itself(node: ast.AST) -> bool:
    """`"*" * n`, `.replace(…, "*")`, `re.sub(…, "*", …)`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return any(isinstance(side, ast.Constant) and side.value in SIGNS for side in (node.left, node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in ("replace", "sub", "ljust", "rjust", "center") and len(node.args) > 1:
            return isinstance(node.args[1], ast.Constant) and node.args[1].value in SIGNS
    return False


#: what says a mask that is there already, and masks nothing
SAYS_IT = {"portal/templatetags/cap.py": 1}


def test_nobody_masks_but_the_one_function():
    found: dict[str, int] = {}
    for name in python_files("portal", "search", "relief"):
        if name != "relief/confidential/masking.py":
            count = sum(masks_by_itself(node) for node in ast.walk(tree(name)))
            if count:
                found[name] = count
    assert found == SAYS_IT


@given(name=NAMES)
def test_a_mask_always_hides_a_character_and_is_always_the_same(name):
    masked = mask_name(name)
    assert STAR in masked and masked == mask_name(f" {name} ")
    assert len(masked) == len(name) and mask_name(masked).count(STAR) >= masked.count(STAR)


# --- over time ------------------------------------------------------------------------------------


def learned(texts: list[str]) -> str:
    """What a reader knows of a name who lays all its printings over each other."""
    known: dict[int, set[str]] = {}
    for text in texts:
        for place, sign in enumerate(text):
            known.setdefault(place, set()).add(sign)
    return "".join(next(iter(sorted(signs - {STAR})), STAR) for _place, signs in sorted(known.items()))


def set_names(kind: str, value: str, day: date) -> None:
    clause = Clause.objects.get(key="local")
    name = f"disclosure.{kind}.names"
    enter_standard(name, kind=Kind.CHOICE, value=value, from_date=day, clause=clause)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [("masked", "full", "masked"), ("full", "masked", "both"), ("masked", "masked", "masked")],
)
def test_what_was_masked_once_stays_masked_for_the_case(before, after, wanted):
    """A setting that changes from full to masked hides what comes after it; what was printed is printed."""
    with clock.moved_to(clock.at(DAY)):
        district = make_district()
        set_names("gs", before, DAY)
        set_names("gg", after, DAY + timedelta(days=5))
        cases.approved(district)
    with clock.moved_to(clock.at(DAY + timedelta(days=9))):
        cases.announced(district)
        names = list(PublicRow.objects.order_by("pk").values_list("row__name", flat=True))
    assert len(names) == 2
    if wanted == "masked":
        assert names[0] == names[1] == learned(names) and STAR in names[0]
    else:
        assert STAR not in names[0] and names[1] == mask_name(names[0])


@pytest.mark.django_db
def test_a_name_withheld_from_a_minor_stays_withheld(monkeypatch: Any):
    """Who comes of age between the list and the announcement isn't printed then."""
    born = date(DAY.year - 18, DAY.month, DAY.day) + timedelta(days=3)
    with clock.moved_to(clock.at(DAY)):
        district = make_district()
        cases.approved(district, births=(born,))
    with clock.moved_to(clock.at(DAY + timedelta(days=9))):
        cases.announced(district)
    assert set(PublicRow.objects.values_list("row__name", flat=True)) == {WITHHELD}


# --- benefits that show nothing -------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ListKind)
def test_a_benefit_of_children_has_no_list_of_any_kind(kind):
    with clock.moved_to(clock.at(DAY)):
        district = make_district()
        with roads.child_benefit(), pytest.raises(Blocked) as refused:
            new_list(kind, district.areas["101"], "child", "2026-01", 1)
    assert [reason.code for reason in refused.value.reasons] == ["no-publicity"]
