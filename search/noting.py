"""What is committed is noted and read anew: by a thread of the process, what was left by `manage.py tick`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from django.conf import settings
from django.db import transaction

from relief.schedule.run import Job
from search.notes import Notes
from search.wake import Follower


class Noting:
    """Notes of one folder, the thread that `write`s what they name, and the job that does it in `tick`.

    `words` tell of the job in its log.
    """

    def __init__(
        self, name: str, notes: Callable[[], Notes], write: Callable[[], int], words: Callable[[], str]
    ) -> None:
        self._notes = notes
        self.follower = Follower(f"write-{name}", write)
        self.job = Job(f"write-{name}", self._waiting, lambda _nothing: write(), lambda _nothing: words())

    def note(self, keys: Iterable[str]) -> None:
        """What stands at these keys may be another once this transaction is committed."""
        if settings.SEARCH_FOLLOWS:
            transaction.on_commit(partial(self._wake, list(keys)), robust=True)

    def _wake(self, keys: list[str]) -> None:
        if keys:
            self._notes().add(keys)
            self.follower.wake()

    def _waiting(self) -> list[None]:
        return [None] if settings.SEARCH_FOLLOWS and self._notes().waiting() else []
