"""Role × address × method: everything the resolver knows is asked by everybody, and answers as written.

What is written stands in `roles/*.txt`; how to read and to extend it, in `table.py`. A new address needs
two lines (GET and POST). The first failure prints them with nothing but dots; with the right stage put in
(`ground.py`), the next failure prints them as the site answers now: to be judged before they are pasted.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

import pytest

from tests.matrix.ground import ACTORS, ELSEWHERE, Ground
from tests.matrix.table import GOES_THROUGH, Line
from tests.matrix.walk import Walker
from tests.matrix.written import ADDRESSES, FACES, LINES, form_data, lines_of, path_of, takes_a_form

FACE_OF = {
    "desk:": "desk",
    "registers_": "registers",
    "publicity:": "public",
    "pages:": "public",
    "catalogue:": "public",
    "finder:": "public",
}
#: asked every day where the answers are Wagtail's own
A_FEW = ("anonymous", "community-clerk", "editor", "dismissed")
#: a button is the whole form
NOTHING_TO_FILL_IN = {"desk:sign-out"}
#: the answers to an empty form; 404 where it names the street
EMPTY = ("404", "409", "422")
#: answers that are no refusal of an officer's act: nothing to keep
NOT_KEPT = ("in", "405", *GOES_THROUGH)


def test_no_address_is_missing_and_none_is_idle():
    written = {(line.key, line.method) for line in LINES}
    wanted = {(key, method) for key in ADDRESSES for method in ("GET", "POST")}
    assert len(written) == len(LINES), "written twice"
    missing = [skeleton(key, method) for key, method in sorted(wanted - written)]
    idle = sorted(f"{key[0]} {key[1]} {method}" for key, method in written - wanted)
    complain("Write into tests/matrix/roles/*.txt, with the stage that they need for -:", missing)
    complain("No such address any more, take it out of tests/matrix/roles/*.txt:", idle)


def skeleton(key: tuple[str, str], method: str) -> str:
    face = FACES[next((one for start, one in FACE_OF.items() if key[0].startswith(start)), "wagtail")]
    return face.line("-", method, ["."] * len(face.columns), *key)


def complain(words: str, found: Iterable[str]) -> None:
    if found := list(found):
        pytest.fail("\n".join([words, *found]), pytrace=False)


def test_everybody_has_a_column():
    for face in FACES.values():
        assert sorted(who for column in face.columns.values() for who in column) == sorted(ACTORS), face.name


def differing(
    ground: Ground, lines: Iterable[Line], asked: Callable[[Line], Container[str]]
) -> Iterator[str]:
    """Lines that answer otherwise than written, as they would have to stand, with who differs."""
    walker = Walker(ground)
    for line in lines:
        data, found, wrong = form_data(walker, line), {}, []
        for actor, answer in line.expected().items():
            if actor in asked(line):
                got = walker.ask(actor, line.method, path_of(line, ground), data)
                found[actor] = got.word
                if got.word != answer:
                    wrong.append(f"    {actor}: {got.word} instead of {answer} {got.failure}")
                elif got.changed and answer not in (*GOES_THROUGH, "in"):
                    wrong.append(f"    {actor}: {answer}, and yet something was written")
                elif takes_a_form(line) and line.name.startswith("desk:") and answer not in NOT_KEPT:
                    wrong += [] if got.refusals else [f"    {actor}: {answer}, and no record of the refusal"]
        if wrong:
            yield "\n".join([line.observed(found), *wrong])


def everybody(line: Line) -> Container[str]:
    return ACTORS


def each_answer(line: Line) -> Container[str]:
    """Of those who get the same answer the first and the last; of those elsewhere, one who might at home."""
    asked: dict[str, list[str]] = {}
    for actor, answer in line.expected().items():
        if not actor.startswith(ELSEWHERE):
            asked.setdefault(answer, []).append(actor)
    ends = {who for actors in asked.values() for who in (actors[0], actors[-1])}
    return ends | {ELSEWHERE + who for who in line.doers()[:1]}


def a_few(line: Line) -> Container[str]:
    return A_FEW


AS_WRITTEN = "Not as written. The lines as found, then who differs:"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("face", ["desk", "public", "registers"])
def test_our_addresses_answer_as_written(ground: Ground, face: str, method: str):
    complain(AS_WRITTEN, differing(ground, lines_of(method, face), each_answer))


def test_wagtails_addresses_answer_as_written(ground: Ground):
    complain(AS_WRITTEN, differing(ground, lines_of("GET", "wagtail"), a_few))


@pytest.mark.long
@pytest.mark.parametrize("method", [pytest.param("GET", marks=pytest.mark.full), "POST"])
def test_all_of_wagtails_addresses_answer_as_written(ground: Ground, method: str):
    complain(AS_WRITTEN, differing(ground, lines_of(method, "wagtail"), each_answer))


@pytest.mark.long
@pytest.mark.parametrize(
    ("face", "method"),
    [
        pytest.param(face, method, marks=[] if method == "POST" and face != "wagtail" else pytest.mark.full)
        for face in FACES
        for method in ("GET", "POST")
    ],
)
def test_everybody_is_answered_as_written(ground: Ground, face: str, method: str):
    complain(AS_WRITTEN, differing(ground, lines_of(method, face), everybody))


def test_an_empty_form_is_refused_and_changes_nothing(ground: Ground):
    walker, wrong = Walker(ground), []
    for line in lines_of("POST", "desk"):
        if takes_a_form(line) and line.name not in NOTHING_TO_FILL_IN:
            for actor in line.doers()[:1]:
                got = walker.ask(actor, "POST", path_of(line, ground))
                if got.changed or got.word not in EMPTY:
                    wrong.append(f"{line.name} by {actor}: {got.word}, changed: {got.changed} {got.failure}")
    complain("An empty form has to be refused:", wrong)
