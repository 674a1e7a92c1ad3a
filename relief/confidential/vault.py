"""Make data keys, seal text, open it again: opening needs an actor and a purpose and is logged."""

from __future__ import annotations

import functools
import os
import uuid
from collections.abc import Iterable, Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from relief.confidential.master import KEY_BYTES, master_key
from relief.confidential.models import DataKey
from relief.confidential.sealed import (
    NONCE_BYTES,
    SealBroken,
    Sealed,
    SealedField,
    open_bytes_with,
    open_with,
    seal_bytes_with,
    seal_with,
)
from relief.trail.access import log_access
from relief.trail.actor import Acting
from relief.trail.tracked import Root

FORGOTTEN = "—"


class Vault:
    """The open data key of one subject, for sealing and (within one act) reading."""

    def __init__(self, key_id: uuid.UUID, key: bytes) -> None:
        self.key_id = key_id
        self._key = key

    def seal(self, purpose: str, text: str) -> Sealed:
        """Seal `text` for the column `purpose`."""
        return seal_with(self._key, self.key_id, purpose, text)

    def seal_optional(self, purpose: str, text: str | None) -> Sealed | None:
        """Seal `text`, or keep nothing when there is none."""
        return self.seal(purpose, text) if text else None

    def unseal(self, purpose: str, sealed: Sealed) -> str:
        """The text, for use inside an act; screens call `open_many`, which logs the look."""
        return open_with(self._key, purpose, sealed)

    def seal_bytes(self, purpose: str, data: bytes) -> bytes:
        """Seal the bytes of a file."""
        return seal_bytes_with(self._key, self.key_id, purpose, data).token

    def unseal_bytes(self, purpose: str, sealed: bytes) -> bytes:
        """The bytes again; whoever shows them logs the look (`evidence.read`). Raises SealBroken."""
        return open_bytes_with(self._key, purpose, Sealed(sealed))


def subject_of(root: Root) -> str:
    """The plain code under which a root's key stands: `person:<uuid>`."""
    return f"{type(root)._meta.model_name}:{root.code}"


def new_vaults(subjects: Sequence[str]) -> list[Vault]:
    """Fresh data keys for `subjects`, in order."""
    keys = [os.urandom(KEY_BYTES) for _ in subjects]
    rows = [
        DataKey(id=(key_id := uuid.uuid4()), subject=subject, wrapped=_wrap(key_id, key))
        for subject, key in zip(subjects, keys, strict=True)
    ]
    DataKey.objects.bulk_create(rows, batch_size=500)
    return [Vault(row.id, key) for row, key in zip(rows, keys, strict=True)]


def vault_of(root: Root) -> Vault:
    """The vault of a household or person. Raises DataKey.DoesNotExist when it was forgotten."""
    row = DataKey.objects.get(subject=subject_of(root))
    return Vault(row.id, _unwrap(row))


def open_vault(row: DataKey) -> Vault:
    """The vault of a key that was read already."""
    return Vault(row.id, _unwrap(row))


def vaults_of(roots: Iterable[Root]) -> dict[str, Vault]:
    """Vaults by subject code, in one query; forgotten subjects are absent."""
    subjects = [subject_of(root) for root in roots]
    found: dict[str, Vault] = {}
    for start in range(0, len(subjects), 500):
        for row in DataKey.objects.filter(subject__in=subjects[start : start + 500]):
            found[row.subject] = Vault(row.id, _unwrap(row))
    return found


def open_many(
    values: Mapping[str, tuple[str, Sealed | None]], *, by: Acting, purpose: str, case: Root | None = None
) -> dict[str, str]:
    """Open sealed values: `{label: (column purpose, value)}` → `{label: text}`.

    One query for the keys and one row in the log of looks, which names subjects, columns and the open `case`.
    A value whose key was destroyed reads as a dash; an altered one raises SealBroken.
    """
    wanted = {label: (column, sealed) for label, (column, sealed) in values.items() if sealed is not None}
    rows = DataKey.objects.in_bulk({sealed.key_id for _, sealed in wanted.values()})
    vaults = {key_id: Vault(key_id, _unwrap(row)) for key_id, row in rows.items()}
    texts = dict.fromkeys(values, "")
    for label, (column, sealed) in wanted.items():
        vault = vaults.get(sealed.key_id)
        texts[label] = vault.unseal(column, sealed) if vault else FORGOTTEN
    if rows:
        subjects = (row.subject for row in rows.values())
        log_access(by, purpose, subjects, (column for column, _ in wanted.values()), case=case)
    return texts


def open_columns(root: Root, columns: Iterable[str], *, by: Acting, purpose: str) -> dict[str, str]:
    """Open some sealed columns of one row, by column name."""
    values = {}
    for name in columns:
        column = type(root)._meta.get_field(name)
        assert isinstance(column, SealedField)
        values[name] = (column.purpose, getattr(root, name))
    return open_many(values, by=by, purpose=purpose)


def _wrap(key_id: uuid.UUID, key: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _wrapper().encrypt(nonce, key, key_id.bytes)


def _unwrap(row: DataKey) -> bytes:
    wrapped = bytes(row.wrapped)
    try:
        return _wrapper().decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], row.id.bytes)
    except InvalidTag as error:
        raise SealBroken("a data key doesn't open: was the master key changed?") from error


@functools.cache
def _wrapper() -> AESGCM:
    return AESGCM(master_key())
