"""Follow the publication journal by cursor, make an index anew, and name what differs from what is public.

What is read is always what is public now, and what is written is kept by its key: doing it again changes
nothing, and an index that was left behind catches up from where it stood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from relief.ledger import journal
from relief.ledger.models import Publication
from search import engine
from search.compared import compare_again
from search.held import REBUILDING, held
from search.index import Change, Index, Outdated, Progress, Unavailable
from search.record import Record
from search.sources import PUBLIC, Source, registered

#: rows of the journal that are read together; records that are read together
ROWS, RECORDS = 200, 100


@dataclass(frozen=True)
class Difference:
    """One key that an index keeps otherwise than it is public: `missing`, `extra` or `changed`."""

    what: str
    key: str


def behind() -> list[Index]:
    """The indexes that have not read the journal to its end. A dead one is tried again later."""
    head = journal.head()
    return [index for index in engine.kept() if (at := cursor_of(index)) is not None and at != head]


def cursor_of(index: Index) -> int | None:
    """How far an index has read; None while it is dead."""
    try:
        at = index.cursor()
    except Unavailable as problem:
        engine.choice.found_dead(index, problem)
        return None
    engine.choice.found_alive(index)
    return at


def bring_up(index: Index) -> int:
    """Read the journal to its end, or make the index anew where there is none of this analysis.

    How many rows were read. Raises Unavailable.
    """
    try:
        return catch_up(index)
    except Outdated:
        rebuild(index)
        return catch_up(index)


def catch_up(index: Index) -> int:
    """Write what the journal tells of since the index read it last. Raises Outdated, Unavailable."""
    read = 0
    while True:
        cursor = index.cursor()
        if cursor < 0 or cursor > journal.head():
            raise Outdated
        rows = list(journal.since(cursor)[:ROWS])
        if not rows:
            return read
        index.apply(changes(rows, index.name), rows[-1].seq)
        read += len(rows)


def changes(rows: Collection[Publication], index: str = PUBLIC) -> Iterator[Change]:
    """What these rows changed for an index, as it is now."""
    for source in registered(index):
        yield from read(source, dict.fromkeys(key for row in rows for key in source.touched(row)))


def keep(index: Index, keys: Iterable[str]) -> None:
    """Write what is at these keys now. No rebuild that read them before goes on meanwhile.

    Raises Outdated, Unavailable.
    """
    with held(REBUILDING):
        index.apply(_as_now(index, keys), index.cursor())


def keep_public(keys: Collection[str]) -> None:
    """Write what is public now at these keys into every index of the public.

    One that is dead is compared when it answers again; one of another analysis is made anew, with all this.
    """
    for index in engine.kept():
        if registered(index.name) == registered():  # else it has sources of its own
            _keep(index, keys)


def _keep(index: Index, keys: Collection[str]) -> None:
    try:
        keep(index, keys)
        catch_up(index)  # in case the journal told something meanwhile
    except Outdated:
        return
    except Unavailable:
        compare_again(index)


def rebuild(index: Index, progress: Progress | None = None) -> int:
    """A new index of all that is public, swapped in when it is whole. How many records.

    What is published meanwhile comes after: the journal is read on from where it stood before. One at a time.
    """
    with held(REBUILDING):
        return index.rebuild(everything(index.name), journal.head(), progress)


def everything(index: str = PUBLIC) -> Iterator[Record]:
    """All that an index is to hold now, a hundred at a time."""
    for source in registered(index):
        for keys in _chunks(source.keys()):
            yield from source.read(keys)


def check(index: Index) -> list[Difference]:
    """Every difference between an index and what is public. Raises Unavailable."""
    kept = dict(index.digests())
    found = []
    for record in everything(index.name):
        digest = kept.pop(record.key, "")
        if digest != record.cleaned().digest():
            found.append(Difference("changed" if digest else "missing", record.key))
    return [*found, *(Difference("extra", key) for key in kept)]


def mend(index: Index) -> list[Difference]:
    """Put right what `check` finds: what a day brings with no row in the journal, as a validity that ends.

    The journal is read to its end before: an index writes nothing that is older than what it has.
    """
    bring_up(index)
    found = check(index)
    if found:
        index.apply(_as_now(index, [one.key for one in found]), index.cursor())
    return found


def _as_now(index: Index, keys: Iterable[str]) -> Iterator[Change]:
    """What stands at keys of whichever source of an index, or that nothing does."""
    for some in _chunks(keys):
        now = {record.key: record for source in registered(index.name) for record in source.read(some)}
        yield from (Change(key, now.get(key)) for key in some)


def read(source: Source, keys: Iterable[str]) -> Iterator[Change]:
    """What is public now under these keys of one source, and which of them no longer are."""
    for some in _chunks(keys):
        public = {record.key: record for record in source.read(some)}
        yield from (Change(key, public.get(key)) for key in some)


def _chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while some := list(islice(left, RECORDS)):
        yield some
