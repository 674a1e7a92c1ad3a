"""The file on the way out: one ZIP of members, and a list of them with their digests, written last."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from relief.errors import Blocked, Reason

FORMAT, VERSION = "sunshine-relief/portal", 1
MANIFEST = "manifest.json"
ROWS, FILES = "rows/", "files/"
CHUNK = 1024 * 1024
#: drafts are in it: nobody else on the machine reads it
MODE = 0o600


class Pack:
    """A ZIP being written; it gets its name only when it is whole."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            words = _("There is a file %(name)s already. Name another one.") % {"name": path.name}
            raise Blocked(Reason("file-there", words))
        self._path, self._draft = path, path.with_name(f"{path.name}.part")
        self._draft.touch(MODE)
        self._zip = zipfile.ZipFile(self._draft, "w", zipfile.ZIP_DEFLATED)
        self._members: list[dict[str, Any]] = []

    @contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator[IO[bytes]]:
        """A member to write to. What is packed already (PDF, pictures) is not packed again."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as target:
            counted = Counted(target)
            yield counted  # type: ignore[misc]
        self._members.append({"name": name, "sha256": counted.digest.hexdigest(), "size": counted.size})

    def finish(self, facts: Mapping[str, Any]) -> str:
        """Write the list of members with `facts` beside it; SHA-256 of the whole file."""
        manifest = {"format": FORMAT, "version": VERSION, **facts, "members": self._members}
        self._zip.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        self._zip.close()
        digest = file_digest(self._draft)
        self._draft.rename(self._path)
        return digest

    def give_up(self) -> None:
        """Leave nothing half behind."""
        self._zip.close()
        self._draft.unlink(missing_ok=True)


class Counted:
    """A binary target that digests and counts what goes through."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self.digest, self.size = hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        return self._target.write(data)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
