"""Sealed values (密封列): version ‖ data key id ‖ nonce ‖ AES-256-GCM, with the column's purpose as AAD.

Python sees an opaque `Sealed`; only `confidential.vault.open_sealed` makes text of it.
"""

from __future__ import annotations

import os
import uuid
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.utils.translation import gettext_lazy as _

VERSION = b"\x01"
NONCE_BYTES = 12
HEAD_BYTES = 1 + 16 + NONCE_BYTES


class SealBroken(ValueError):
    """The value was altered, moved to another column, or its key is gone."""


class Sealed:
    """One sealed value. Equal tokens are equal values; the text never shows by accident."""

    __slots__ = ("token",)

    def __init__(self, token: bytes) -> None:
        self.token = bytes(token)

    @property
    def key_id(self) -> uuid.UUID:
        return uuid.UUID(bytes=self.token[1:17])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.token == self.token

    def __hash__(self) -> int:
        return hash(self.token)

    def __str__(self) -> str:
        return "●●●"

    def __repr__(self) -> str:
        return "<Sealed>"


def seal_with(key: bytes, key_id: uuid.UUID, purpose: str, text: str) -> Sealed:
    """Seal `text` for the column named by `purpose` (`person.name`)."""
    return seal_bytes_with(key, key_id, purpose, text.encode())


def seal_bytes_with(key: bytes, key_id: uuid.UUID, purpose: str, data: bytes) -> Sealed:
    """The same for bytes of a file."""
    nonce = os.urandom(NONCE_BYTES)
    body = AESGCM(key).encrypt(nonce, data, purpose.encode())
    return Sealed(VERSION + key_id.bytes + nonce + body)


def open_with(key: bytes, purpose: str, sealed: Sealed) -> str:
    """The text of `sealed`. Raises SealBroken."""
    return open_bytes_with(key, purpose, sealed).decode()


def open_bytes_with(key: bytes, purpose: str, sealed: Sealed) -> bytes:
    """The bytes of `sealed`. Raises SealBroken."""
    token = sealed.token
    if token[:1] != VERSION:
        raise SealBroken(f"unknown seal version {token[:1]!r}")
    try:
        return AESGCM(key).decrypt(token[17:HEAD_BYTES], token[HEAD_BYTES:], purpose.encode())
    except InvalidTag as error:
        raise SealBroken(f"a sealed {purpose} doesn't open") from error


class SealedField(models.BinaryField):
    """Column of `Sealed` values. `purpose` is bound into the seal; assigning plain text raises."""

    description = _("sealed value")

    if TYPE_CHECKING:
        _pyi_private_set_type: Sealed | None
        _pyi_private_get_type: Sealed | None  # type: ignore[assignment]

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        kwargs["editable"] = True  # or simple-history's diffs would not show the column
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "purpose": self.purpose}

    def get_internal_type(self) -> str:
        return "BinaryField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Sealed | None:
        return self._checked(value)

    def get_prep_value(self, value: Any) -> bytes | None:
        value = self._checked(value)
        return None if value is None else value.token

    def value_to_string(self, obj: Any) -> str:
        value: Any = self.value_from_object(obj)
        return "" if value is None else value.token.hex()

    def _checked(self, value: Any) -> Sealed | None:
        if value is None or isinstance(value, Sealed):
            return value
        raise TypeError(f"{self.purpose or self.name} takes a Sealed value, not {type(value).__name__}")
