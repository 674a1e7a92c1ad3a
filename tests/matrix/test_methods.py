"""Other methods do nothing and break nothing; nothing is taken without the token of the own page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from tests.matrix.ground import Ground
from tests.matrix.table import Line
from tests.matrix.walk import Walker
from tests.matrix.written import FACES, lines_of, path_of

WRITING = ("PUT", "PATCH", "DELETE")
OURS = ("desk", "public", "registers")
ASKING = ("HEAD", "OPTIONS")
NOT_DONE = (302, 400, 403, 404, 405)
#: asked by devices that have neither session nor token: what isn't their own few words is refused with 400
DEVICES = {"publicity:screen-beat"}
#: reads a file that somebody brings and keeps nothing: it has no token, for public pages set no cookie
KEEPS_NOTHING = {"publicity:verify-file"}
#: a click of a page without cookie and token: only the browser's word for its own site lets it count
COUNTED = {"finder:opened"}


def wrong_methods(ground: Ground, lines: Iterable[Line], actors: Iterable[str] = ()) -> Iterator[str]:
    walker = Walker(ground)
    for line in lines:
        path = path_of(line, ground)
        for actor in actors or line.doers()[:1] or ("anonymous",):
            for method in (*ASKING, *WRITING):
                got = walker.ask(actor, method, path)
                safe = got.status < 500 if method in ASKING else got.status in NOT_DONE
                # Wagtail keeps who looks at what even for HEAD: a profile, an editing session
                wrote = got.changed and (method in WRITING or line.face.name in OURS)
                if wrote or not safe:
                    yield f"{method} {path} by {actor}: {got.word}, changed: {got.changed} {got.failure}"


def without_token(ground: Ground, lines: Iterable[Line]) -> Iterator[str]:
    walker = Walker(ground)
    for line in lines:
        for actor in (*line.doers()[:1], "anonymous"):
            got = walker.ask(actor, "POST", path_of(line, ground), token=False)
            # Wagtail's API asks who and how before it asks for the token
            other = line.face.name not in OURS or line.name in DEVICES
            refused = (
                got.status == 403
                or (other and got.status in NOT_DONE)
                or line.name in KEEPS_NOTHING | COUNTED
            )
            if not refused or got.changed:
                yield f"{path_of(line, ground)} by {actor}: {got.word}, changed: {got.changed}"


def test_other_methods_do_nothing(ground: Ground):
    assert list(wrong_methods(ground, lines_of("GET", *OURS))) == []


def test_nothing_is_taken_without_the_pages_token(ground: Ground):
    assert list(without_token(ground, lines_of("POST", *OURS))) == []


@pytest.mark.long
def test_other_methods_do_nothing_anywhere(ground: Ground, full_counts: bool):
    """Ours are asked every day; with FULL=1 once more, and by two."""
    actors = ("editor", "auditor") if full_counts else ("editor",)
    faces = FACES if full_counts else [face for face in FACES if face not in OURS]
    assert list(wrong_methods(ground, lines_of("GET", *faces), actors)) == []


@pytest.mark.long
def test_nothing_is_taken_without_the_pages_token_anywhere(ground: Ground):
    assert list(without_token(ground, lines_of("POST", *FACES))) == []
