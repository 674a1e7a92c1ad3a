"""What one process alone does at a time, among all that share the folder of the indexes."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from search.folder import own_folder

#: an index is made anew; what takes longer is read
REBUILDING, COMPLETING = "rebuilding", "completing"


@contextmanager
def held(name: str, *, wait: bool = True) -> Iterator[bool]:
    """Whether it is held now: always, unless `wait` is off and another holds it."""
    folder = own_folder(Path(settings.SEARCH_DIR))
    with (folder / name).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
