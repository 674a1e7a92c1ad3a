"""Files of evidence (photos, attachments): sealed under their subject's key, at random names, out of the web.

`stored_as` is `yyyy/mm/<uuid>` below EVIDENCE_ROOT, never below the folders that the web serves. A refused
act may leave a sealed file that no row names: it can't be opened without its subject's key.
"""

from __future__ import annotations

import os
import re
import uuid
from pathlib import Path

from django.conf import settings

from relief.confidential.models import DataKey
from relief.confidential.vault import Vault, open_vault
from relief.trail import clock
from relief.trail.access import log_access
from relief.trail.actor import Acting

COLUMN = "evidence.file"
_FORM = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class EvidenceGone(LookupError):
    """The file isn't there, or the key of its subject was destroyed."""


def store(data: bytes, vault: Vault) -> str:
    """Seal `data` with the subject's `vault` and write it; returns where (`stored_as`)."""
    stored_as = f"{clock.today():%Y/%m}/{uuid.uuid4()}"
    path = _path(stored_as)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(vault.seal_bytes(_purpose(stored_as), data))
        file.flush()
        os.fsync(file.fileno())
    return stored_as


def read(stored_as: str, subject: str, *, by: Acting, purpose: str) -> bytes:
    """The bytes of a file of `subject` (`publiclist:<uuid>`); the look is logged. Raises EvidenceGone.

    An altered file, or one that was laid at another's place, raises SealBroken.
    """
    row = DataKey.objects.filter(subject=subject).first()
    try:
        sealed = _path(stored_as).read_bytes()
    except FileNotFoundError:
        raise EvidenceGone(stored_as) from None
    if row is None:
        raise EvidenceGone(subject)
    data = open_vault(row).unseal_bytes(_purpose(stored_as), sealed)
    log_access(by, purpose, [subject], [COLUMN])
    return data


def remove(stored_as: str) -> None:
    """Delete a file; one that isn't there is gone already."""
    _path(stored_as).unlink(missing_ok=True)


def _path(stored_as: str) -> Path:
    if not _FORM.fullmatch(stored_as):
        raise ValueError(f"no name of a file of evidence: {stored_as!r}")
    return Path(settings.EVIDENCE_ROOT) / stored_as


def _purpose(stored_as: str) -> str:
    """The seal is bound to the place: bytes of one file don't open under another's name."""
    return f"{COLUMN}:{stored_as}"
