"""The written matrix: `roles/<face>.txt`, one line for each address and method.

A file begins with its columns (`revw = street-reviewer`). A column may stand for several actors who are
answered alike; `elsewhere:street-reviewer` holds the same role in another street, and `*` may stand for
any part of a name. Then one line for each address and method: the stage of what the address names, the
method, one answer for each column or one for everybody, the address by its name and its route. `.` is the
answer of the `default` line above.

    200, 403 …  the status           in    to the sign-in
    302         on to the next page  home  to the CMS's first page
    =           as the same role at home is answered (in columns of `elsewhere:`)
    =422        the same, but those who may at home are answered 422
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from tests.matrix.ground import ACTORS, ELSEWHERE, at_home

FOLDER = Path(__file__).parent / "roles"
GOES_THROUGH = ("200", "302")


@dataclass
class Line:
    """What one address answers to one method, column by column."""

    face: Face
    on: str
    method: str
    answers: dict[str, str]
    name: str
    route: str
    cells: dict[str, str]

    @property
    def key(self) -> tuple[str, str]:
        return self.name, self.route

    def expected(self) -> dict[str, str]:
        """The answer to every actor."""
        written = {
            actor: answer for column, answer in self.answers.items() for actor in self.face.columns[column]
        }
        for who, answer in written.items():
            if answer.startswith("="):
                own = written[at_home(who)]
                written[who] = answer[1:] or own if own in GOES_THROUGH else own
        return written

    def doers(self) -> list[str]:
        """Whose request goes through."""
        return [actor for actor, answer in self.expected().items() if answer in GOES_THROUGH]

    def observed(self, found: dict[str, str]) -> str:
        """The line as it would stand in the file if what was found were right."""
        cells = [self._cell(column, found) for column in self.face.columns]
        if len(set(cells)) == 1 and cells[0] != ".":
            cells = cells[:1]
        return self.face.line(self.on, self.method, cells, self.name, self.route)

    def _cell(self, column: str, found: dict[str, str]) -> str:
        actors = [who for who in self.face.columns[column] if who in found]
        answers = sorted({found[who] for who in actors})
        if not answers:  # nobody of this column was asked
            return self.cells[column]
        if answers == [self.face.defaults[self.method, column]]:
            return "."
        strangers = [
            (found[who], found[at_home(who)])
            for who in actors
            if who.startswith(ELSEWHERE) and at_home(who) in found
        ]
        kept_out = {away for away, own in strangers if own in GOES_THROUGH and away != own}
        if strangers and all(away == own for away, own in strangers if own not in GOES_THROUGH):
            return f"={'/'.join(kept_out)}"
        return "/".join(answers)


@dataclass
class Face:
    """One file of the matrix."""

    name: str
    columns: dict[str, list[str]] = field(default_factory=dict)
    defaults: dict[tuple[str, str], str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def line(self, on: str, method: str, cells: list[str], name: str, route: str) -> str:
        """The text of a line; a single cell stands for all."""
        answers = " ".join(f"{cell:<4}" for cell in cells)
        return f"{on:<16} {method:<4} {answers:<{5 * len(self.columns)}} {name:<24} {route}"


def read_faces() -> dict[str, Face]:
    """All files of the matrix by name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.txt"))}


def _read(path: Path) -> Face:
    face = Face(path.stem)
    for number, text in enumerate(path.read_text().splitlines(), 1):
        text = text.strip()
        if column := re.fullmatch(r"(\w+) = (.+)", text):
            face.columns[column[1]] = list(_actors(column[2]))
        elif text and not text.startswith("#"):
            _take(face, text.split(), f"{path.name}:{number}")
    return face


def _actors(patterns: str) -> Iterator[str]:
    for pattern in patterns.split():
        found = [actor for actor in ACTORS if fnmatchcase(actor, pattern)]
        assert found, f"nobody is called {pattern}"
        yield from found


def _take(face: Face, words: list[str], where: str) -> None:
    on, method, *rest = words
    cells, address = (rest, ["", ""]) if on == "default" else (rest[:-2], rest[-2:])
    cells = cells * len(face.columns) if len(cells) == 1 else cells
    assert len(cells) == len(face.columns), f"{where}: one answer, or one for each column"
    answers = dict(zip(face.columns, cells, strict=True))
    if on == "default":
        face.defaults |= {(method, column): cell for column, cell in answers.items()}
        return
    meant = {
        column: face.defaults[method, column] if cell == "." else cell for column, cell in answers.items()
    }
    face.lines.append(Line(face, on, method, meant, *address, answers))
