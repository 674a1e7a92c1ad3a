"""Files of evidence: sealed on the disk, bound to their place and subject, each look logged."""

import stat
from pathlib import Path

import pytest
from django.conf import settings

from relief.confidential import evidence
from relief.confidential.evidence import EvidenceGone
from relief.confidential.models import DataKey
from relief.confidential.sealed import SealBroken
from relief.confidential.vault import new_vaults
from relief.trail.actor import Robot
from relief.trail.models import Access

BY = Robot("tests")
SUBJECT = "publiclist:0f8fad5b-d9cb-469f-a165-70867728950e"
WORDS = b"bytes of a photo " * 100


@pytest.fixture
def stored(db: None) -> str:
    (vault,) = new_vaults([SUBJECT])
    return evidence.store(WORDS, vault)


def test_a_file_lies_sealed_and_apart_from_what_the_web_serves(stored):
    path = Path(settings.EVIDENCE_ROOT) / stored
    assert b"photo" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for served in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert not path.resolve().is_relative_to(Path(served).resolve())


def test_a_look_is_logged_by_subject_never_by_content(stored):
    assert evidence.read(stored, SUBJECT, by=BY, purpose="test") == WORDS
    look = Access.objects.latest("pk")
    assert (look.purpose, look.subjects, look.columns) == ("test", [SUBJECT], ["evidence.file"])


def test_bytes_at_another_place_or_altered_do_not_open(stored):
    root = Path(settings.EVIDENCE_ROOT)
    other = evidence.store(b"other", new_vaults(["publiclist:other"])[0])
    (root / other).write_bytes((root / stored).read_bytes())
    with pytest.raises(SealBroken):
        evidence.read(other, SUBJECT, by=BY, purpose="test")
    (root / stored).write_bytes((root / stored).read_bytes()[:-1] + b"\0")
    with pytest.raises(SealBroken):
        evidence.read(stored, SUBJECT, by=BY, purpose="test")


def test_what_is_gone_is_said_and_nobody_looked(stored):
    evidence.remove(stored)
    evidence.remove(stored)
    with pytest.raises(EvidenceGone):
        evidence.read(stored, SUBJECT, by=BY, purpose="test")
    again = evidence.store(WORDS, new_vaults(["publiclist:new"])[0])
    DataKey.objects.filter(subject="publiclist:new").delete()
    with pytest.raises(EvidenceGone):
        evidence.read(again, "publiclist:new", by=BY, purpose="test")
    assert not Access.objects.filter(purpose="test").exists()


@pytest.mark.parametrize("name", ["../../keys/master.key", "2026/11/x", "/etc/passwd", "2026/11/..", ""])
def test_only_names_of_our_own_form_are_opened(name, db):
    with pytest.raises(ValueError, match="no name of a file"):
        evidence.read(name, SUBJECT, by=BY, purpose="test")
