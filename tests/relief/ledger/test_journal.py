"""Canonical bytes and leaves by vectors, codes for people, numbers without a gap, the journal."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from relief.ledger import journal
from relief.ledger.canonical import canonical, sha256_hex
from relief.ledger.codes import SYMBOLS, check_code, normalise_code, random_code
from relief.ledger.insert_only import InsertOnlyError
from relief.ledger.models import Publication, Series
from relief.ledger.series import next_number, next_numbers
from relief.trail.verify import journal_gaps

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text())
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["sha256"][:8])
def test_canonical_bytes(vector):
    assert canonical(vector["value"]).hex() == vector["bytes"]
    assert sha256_hex(canonical(vector["value"])) == vector["sha256"]


@pytest.mark.parametrize("vector", VECTORS["leaves"], ids=lambda vector: vector["leaf"]["kind"])
def test_leaves_of_the_journal(vector):
    facts = {name: value for name, value in vector["leaf"].items() if name != "schema"}
    row = Publication(event_id=1, **{**facts, "at": datetime.fromisoformat(facts["at"])})
    assert row.leaf() == vector["leaf"]
    assert canonical(row.leaf()).decode() == vector["canonical"]
    assert row.leaf_hash() == vector["hash"]


@pytest.mark.parametrize(
    "value", [1.5, Decimal("1.00"), date(2026, 3, 2), {1: "x"}, {"名": 1}, b"x", {"a": {1, 2}}]
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_the_same_words_in_other_code_points_have_the_same_bytes():
    assert canonical("e\u0301") == canonical("\u00e9")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("7KQM-2X9D", "7KQM-2X9D"),
        (" 7kqm 2x9d ", "7KQM-2X9D"),
        ("7KQM－2X9D", "7KQM-2X9D"),
        ("7KQM-2X9", ""),
        ("7KQM-2X91", ""),
        ("IOIO-IOIO", ""),
        ("", ""),
    ],
)
def test_typed_codes(typed, code):
    assert normalise_code(typed) == code


def test_a_check_code_is_the_first_forty_bits():
    assert check_code("00" * 32) == "2222-2222"
    assert check_code("ff" * 32) == "ZZZZ-ZZZZ"
    assert check_code("0000000001" + "ab" * 27) == "2222-2223"
    assert set("01IO") & set(SYMBOLS) == set() and len(SYMBOLS) == 32
    assert normalise_code(random_code())


@pytest.mark.both
@pytest.mark.django_db
def test_the_journal_counts_without_a_gap_and_reads_from_a_cursor():
    assert journal.head() == 0
    rows = [journal.append("list", f"gs-101-2026-00{n}", "0" * 64, event_id=n, at=AT) for n in (1, 2, 3)]
    assert [row.seq for row in rows] == [1, 2, 3]
    assert journal.head() == 3
    assert [row.seq for row in journal.since(1)] == [2, 3]
    assert Publication.objects.get(seq=2).leaf() == rows[1].leaf()
    assert list(journal_gaps()) == []
    with pytest.raises(ValueError, match="unknown kind"):
        journal.append("rumour", "x", "0" * 64, event_id=1, at=AT)


def test_outside_a_transaction_the_journal_is_not_written(scratch):
    with pytest.raises(RuntimeError):
        journal.append("list", "gs-101-2026-001", "0" * 64, event_id=1, at=AT)
    assert journal.head() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attempt",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: Publication.objects.update(kind="x"),
        lambda row: Publication.objects.all().delete(),
        lambda row: Publication.objects.bulk_update([row], ["kind"]),
        lambda row: Publication.objects.bulk_create([row], ignore_conflicts=True),
        lambda row: Publication.objects.update_or_create(seq=1, defaults={"kind": "x"}),
        lambda row: Publication._base_manager.all()._raw_delete("default"),
    ],
)
def test_insert_only_rows_are_written_once(attempt):
    row = journal.append("list", "gs-101-2026-001", "0" * 64, event_id=1, at=AT)
    with pytest.raises(InsertOnlyError):
        attempt(row)


@pytest.mark.django_db
def test_numbers_are_given_once():
    assert [next_number("case:101:2026"), next_number("case:101:2026")] == [1, 2]
    assert list(next_numbers("case:101:2026", 3)) == [3, 4, 5]
    assert next_number("case:102:2026") == 1
    assert Series.objects.get(key="case:101:2026").last == 5
