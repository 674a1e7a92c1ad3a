"""What was committed and is not in the index yet: keys in a file, so that no end of a process loses one."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.staff_search.index import staff_index

NOTED, TAKEN, LOCK = "noted", "noted-taken", "noted-lock"


def add(keys: Iterable[str]) -> None:
    """Note keys whose records may have changed."""
    with _folder() as folder, (folder / NOTED).open("a") as noted:
        noted.writelines(f"{key}\n" for key in keys)


def waiting() -> bool:
    """Whether anything is noted."""
    folder = staff_index().files.folder
    return any((folder / name).exists() for name in (NOTED, TAKEN))


@contextmanager
def taken() -> Iterator[list[str]]:
    """What is noted, each key once; noted still where the block fails. One writer at a time."""
    with _folder(LOCK + "-writer") as folder:
        mine = folder / TAKEN
        with _folder():
            if (folder / NOTED).exists():
                with mine.open("a") as kept:
                    kept.write((folder / NOTED).read_text())
                (folder / NOTED).unlink()
        keys = mine.read_text().splitlines() if mine.exists() else []
        yield list(dict.fromkeys(keys))
        mine.unlink(missing_ok=True)


@contextmanager
def _folder(lock: str = LOCK) -> Iterator[Path]:
    folder = staff_index().files.folder
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / lock).open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield folder
