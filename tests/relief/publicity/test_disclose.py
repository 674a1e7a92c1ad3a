"""What a list shows of a case: the allow-list, the masking, commitments and digest by vectors."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from relief.errors import Refused
from relief.publicity.digest import commitment, digest_of
from relief.publicity.disclose import COLUMNS, FULL, MASKED, WITHHELD, Facts, columns_for, public_row

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())
FACTS = Facts(
    row_code="7KQM-2X9D",
    name="王小英",
    minor=False,
    community="10101",
    persons=2,
    income_per_head=Decimal(179),
    amount=Decimal("1236.00"),
    top_up=Decimal(160),
)


@pytest.mark.parametrize("vector", VECTORS["rows"], ids=lambda vector: vector["row"]["code"])
def test_commitments_by_vectors(vector):
    assert commitment(bytes.fromhex(vector["salt"]), vector["row"]) == vector["commitment"]
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(b"short", vector["row"])


@pytest.mark.parametrize("vector", VECTORS["documents"], ids=lambda vector: vector["document"]["number"])
def test_digests_by_vectors(vector):
    assert digest_of(vector["document"]) == vector["digest"]


def test_only_columns_of_the_allow_list_are_public_each_with_its_ground():
    assert set(COLUMNS) == {
        "row", "code", "name", "community", "persons", "income_per_head", "difference", "top_up", "amount",
        "change", "from_month",
    }  # fmt: skip
    assert all(column.ground for column in COLUMNS.values())
    for secret in ("id_number", "phone", "address", "health", "birth_date"):
        with pytest.raises((KeyError, Refused)):
            columns_for(["name", secret])


def test_a_row_holds_what_was_asked_for_and_nothing_else():
    row = public_row(1, FACTS, columns_for(["name", "amount"]), MASKED)
    assert row == {"row": 1, "code": "7KQM-2X9D", "name": "王*英", "amount": "1236.00"}
    assert public_row(1, FACTS, columns_for(["name"]), FULL)["name"] == "王小英"
    assert public_row(1, FACTS, columns_for(["difference"]), MASKED)["difference"] == "1076.00"


@pytest.mark.parametrize("masking", [FULL, MASKED])
def test_the_name_of_a_minor_is_withheld_whatever_the_setting(masking):
    minor = Facts(**{**vars(FACTS), "minor": True})
    assert public_row(1, minor, columns_for(["name"]), masking)["name"] == WITHHELD
