"""Indexes holding the corpus, one for each engine, made once in a run."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from search.embedded import EmbeddedIndex
from search.synonym_seed import GROUPS
from search.thesaurus import thesaurus
from tests.search.checker import CheckedIndex
from tests.search.corpus import records

WORDS = thesaurus(GROUPS)


@cache
def embedded() -> EmbeddedIndex:
    """The corpus in an embedded index; only to be read."""
    folder = tempfile.TemporaryDirectory(prefix="search-")
    index = EmbeddedIndex(Path(folder.name))
    index.keep = folder  # type: ignore[attr-defined]  # removed when the process ends
    index.rebuild(records(), 1)
    return index


@cache
def checked() -> CheckedIndex:
    """The corpus behind the checker; only to be read."""
    index = CheckedIndex()
    index.rebuild(records(), 1)
    return index
