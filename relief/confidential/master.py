"""The bureau's own keys: one wraps data keys, one makes blind indexes. From the environment or a file.

`RELIEF_MASTER_KEY` and `RELIEF_INDEX_KEY` (base64, 32 bytes) win over `RELIEF_KEY_DIR/master.key` and
`index.key`. The demo makes its own files; production must be given keys.
"""

from __future__ import annotations

import base64
import functools
import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


@functools.cache
def master_key() -> bytes:
    return _load("RELIEF_MASTER_KEY", "master.key")


@functools.cache
def index_key() -> bytes:
    return _load("RELIEF_INDEX_KEY", "index.key")


def _load(variable: str, name: str) -> bytes:
    text = os.environ.get(variable)
    path = Path(settings.RELIEF_KEY_DIR) / name
    if text is None and not path.exists() and settings.DEMO:
        _make(path)
    if text is None:
        if not path.exists():
            raise ImproperlyConfigured(f"{variable} is not set and {name} is not in RELIEF_KEY_DIR")
        text = path.read_text()
    key = base64.b64decode(text.strip())
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{variable} must be {KEY_BYTES} bytes in base64")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # another process was first
    with os.fdopen(handle, "w") as file:
        file.write(base64.b64encode(os.urandom(KEY_BYTES)).decode() + "\n")
