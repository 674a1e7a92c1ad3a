"""The file on the way in: nothing in it is believed before its list, limits and digests are checked."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.attachments.checks import MOST_BYTES
from portal.transfer.pack import CHUNK, FILES, FORMAT, MANIFEST, ROWS, VERSION, file_digest
from relief.errors import Blocked, Reason

MIB = 1024 * 1024
MOST_MEMBERS = 200_000
MOST_MANIFEST = 64 * MIB
#: bytes of one row
MOST_ROW = 32 * MIB
#: unpacked bytes of all rows of a table, and how much they may swell beyond the first
MOST_ROWS, SWELLS_FROM, MOST_SWELLING = 4096 * MIB, 16 * MIB, 100
NAME = re.compile(r"(?:rows/[A-Za-z]+\.[A-Za-z]+\.jsonl|files/[^\\\x00-\x1f]{1,250})\Z")
#: shows how far something is: things, in words what is done, how many
Progress = Callable[[Iterable[Any], str, int], Iterator[Any]]


def refused(code: str, words: str) -> Blocked:
    """The file is not taken; nothing was imported."""
    return Blocked(Reason(f"import-{code}", words))


class Archive:
    """An export that was opened: its list is sound, its members are there, none is too big."""

    def __init__(self, path: Path) -> None:
        """Raises Blocked in words for what is no export of this format, OSError for what can't be read."""
        self.path = path
        self._file = path.open("rb")
        try:
            self._zip = self._opened()
            self._infos = self._members()
            self.manifest = self._manifest()
            self._check_list()
        except BaseException:
            self._file.close()
            raise

    def _opened(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self._file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
            raise refused("no-zip", _("This is no ZIP file, or it is cut off. Copy it again.")) from fault

    def close(self) -> None:
        """Also where rows are still being read: who refuses one leaves its member open."""
        self._zip.close()
        self._file.close()

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table."""
        return self.manifest["counts"]

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.manifest["made_at"])

    def check(self, progress: Progress) -> str:
        """Read every member once against its digest; SHA-256 of the whole file. Raises Blocked."""
        listed = self.manifest["members"]
        for member in progress(listed, _("Checking"), len(listed)):
            if self._digest(member["name"]) != member["sha256"]:
                words = _(
                    "“%(name)s” in the file was changed after the export. Take the export as it was made."
                )
                raise refused("changed", words % {"name": member["name"]})
        return file_digest(self.path)

    def lines(self, label: str) -> Iterator[str]:
        """The rows of a table as text, one by one."""
        with self._zip.open(self._infos[rows_name(label)]) as member:
            for line in iter(lambda: member.readline(MOST_ROW), b""):
                if not line.endswith(b"\n"):
                    raise refused("row-big", _("A row in the file is too big or cut off."))
                yield line.decode()

    def has_file(self, name: str) -> bool:
        return FILES + name in self._infos

    def read_file(self, name: str) -> bytes:
        """The bytes of a stored file; at most MOST_BYTES."""
        return self._zip.read(self._infos[FILES + name])

    def file_names(self) -> list[str]:
        return [name.removeprefix(FILES) for name in self._infos if name.startswith(FILES)]

    def _members(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > MOST_MEMBERS:
            raise refused("many", _("The file has too many members."))
        found = {info.filename: info for info in infos}
        if len(found) != len(infos):
            raise refused("twice", _("The file names a member twice."))
        for info in infos:
            _check_member(info)
        return found

    def _manifest(self) -> dict[str, Any]:
        if MANIFEST not in self._infos:
            raise refused("no-list", _("This ZIP is no export of a portal: it has no manifest.json."))
        try:
            manifest = json.loads(self._zip.read(MANIFEST))
            shape = manifest["format"], manifest["version"]
        except (ValueError, KeyError, TypeError, RecursionError, zipfile.BadZipFile) as fault:
            raise refused("bad-list", _("The list in the file (manifest.json) can't be read.")) from fault
        if shape[0] != FORMAT:
            raise refused("no-list", _("This ZIP is no export of a portal: it has no manifest.json."))
        if shape[1] != VERSION:
            words = _(
                "The file has format %(theirs)s, this portal reads format %(ours)s. "
                "Export and import with the same release."
            )
            raise refused("version", words % {"theirs": shape[1], "ours": VERSION})
        if not _is_whole(manifest):
            raise refused("bad-list", _("The list in the file (manifest.json) can't be read."))
        return manifest

    def _check_list(self) -> None:
        """The list and the members are the same."""
        listed = {one["name"]: one["size"] for one in self.manifest["members"]}
        there = {name: info.file_size for name, info in self._infos.items() if name != MANIFEST}
        if missing := sorted(listed.keys() - there.keys()):
            words = _("“%(name)s” is missing in the file. Take the export as it was made.")
            raise refused("missing", words % {"name": missing[0]})
        if foreign := sorted(there.keys() - listed.keys()):
            words = _("“%(name)s” stands in the file, but not on its list. Take the export as it was made.")
            raise refused("foreign", words % {"name": foreign[0]})
        if changed := sorted(name for name, size in listed.items() if there[name] != size):
            words = _("“%(name)s” in the file was changed after the export. Take the export as it was made.")
            raise refused("changed", words % {"name": changed[0]})

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        try:
            with self._zip.open(self._infos[name]) as member:
                while chunk := member.read(CHUNK):
                    digest.update(chunk)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            zlib.error,
        ) as fault:
            words = _("“%(name)s” in the file is damaged. Copy the file again.") % {"name": name}
            raise refused("damaged", words) from fault
        return digest.hexdigest()


def rows_name(label: str) -> str:
    return f"{ROWS}{label}.jsonl"


def _check_member(info: zipfile.ZipInfo) -> None:
    """Names lead nowhere else, nothing is encrypted, nothing swells."""
    name = info.filename
    if name == MANIFEST:
        most = MOST_MANIFEST
    elif NAME.match(name) and ".." not in name.split("/"):
        most = MOST_ROWS if name.startswith(ROWS) else MOST_BYTES
    else:
        raise refused(
            "name",
            _("The file holds a member with a name that no export gives: “%(name)s”.") % {"name": name},
        )
    swollen = info.file_size > SWELLS_FROM and info.file_size > MOST_SWELLING * info.compress_size
    if info.file_size > most or swollen:
        raise refused("big", _("“%(name)s” in the file unpacks to far too much.") % {"name": name})
    if info.flag_bits & 1:
        raise refused("locked", _("The file is encrypted. Decrypt it first."))


def _is_whole(manifest: dict[str, Any]) -> bool:
    """Whether everything that is read from the list is there and of its kind."""
    try:
        datetime.fromisoformat(manifest["made_at"])
        return (
            all(isinstance(manifest[key], str) for key in ("origin", "site_name"))
            and isinstance(manifest["home"], int)
            and all(isinstance(count, int) for count in manifest["counts"].values())
            and all(
                isinstance(one["name"], str)
                and isinstance(one["sha256"], str)
                and isinstance(one["size"], int)
                for one in manifest["members"]
            )
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
