"""The published test vectors of schema `list/1` hold in our code."""

import json
from pathlib import Path

import pytest

from relief.ledger.canonical import canonical
from relief.ledger.codes import check_code
from relief.publicity.digest import commitment, digest_of, head_document

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["rows"], ids=lambda vector: vector["row"]["code"])
def test_rows(vector):
    assert canonical(vector["row"]).decode() == vector["canonical"]
    assert commitment(bytes.fromhex(vector["salt"]), vector["row"]) == vector["commitment"]


@pytest.mark.parametrize("vector", VECTORS["documents"], ids=lambda vector: vector["document"]["number"])
def test_documents(vector):
    document = vector["document"]
    assert canonical(document).decode() == vector["canonical"]
    assert digest_of(document) == vector["digest"]
    assert check_code(vector["digest"]) == vector["check_code"]
    parts = {key: value for key, value in document.items() if key != "schema"}
    assert head_document(**parts) == document


def test_another_salt_another_commitment_and_no_other_length():
    row = VECTORS["rows"][0]["row"]
    assert commitment(bytes(16), row) != VECTORS["rows"][0]["commitment"]
    with pytest.raises(ValueError, match="16 bytes"):
        commitment(bytes(15), row)
