"""What was committed and is not in an index yet: keys in a file, so that no end of a process loses one."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.folder import own_folder

NOTED, TAKEN, LOCK = "noted", "noted-taken", "noted-lock"


@dataclass(frozen=True)
class Notes:
    """The notes in one folder, which all processes share."""

    folder: Path

    def add(self, keys: Iterable[str]) -> None:
        """Note keys whose records may have changed."""
        with self._held(), (self.folder / NOTED).open("a") as noted:
            noted.writelines(f"{key}\n" for key in keys)

    def waiting(self) -> bool:
        """Whether anything is noted."""
        return any((self.folder / name).exists() for name in (NOTED, TAKEN))

    @contextmanager
    def taken(self) -> Iterator[list[str]]:
        """What is noted, each key once; noted still where the block fails. One writer at a time."""
        with self._held(LOCK + "-writer"):
            mine = self.folder / TAKEN
            with self._held():
                if (self.folder / NOTED).exists():
                    with mine.open("a") as kept:
                        kept.write((self.folder / NOTED).read_text())
                    (self.folder / NOTED).unlink()
            keys = mine.read_text().splitlines() if mine.exists() else []
            yield list(dict.fromkeys(keys))
            mine.unlink(missing_ok=True)

    @contextmanager
    def _held(self, lock: str = LOCK) -> Iterator[None]:
        with (own_folder(self.folder) / lock).open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
