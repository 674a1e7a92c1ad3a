"""What lies in another street answers like what does not exist: same status, same page, same headers."""

from __future__ import annotations

import re
import uuid
from typing import Any
from urllib.parse import quote

import pytest

from tests.matrix.ground import ELSEWHERE, Ground
from tests.matrix.table import Line
from tests.matrix.walk import Answer, Walker
from tests.matrix.written import ADDRESSES, form_data, lines_of, path_of

#: a parameter → what nobody has
UNKNOWN: dict[str, Any] = {"instance_pk": 999_999}
#: what differs from request to request: tokens, and the address itself where a page repeats it
TOKENS = r'nonce="[^"]*"|\b[A-Za-z0-9]{64}\b'


def unknown(line: Line, ground: Ground) -> dict[str, Any]:
    """Nobody's values for the first parameter of an address, of the same length."""
    name = ADDRESSES[line.key].parameters[0]
    real = ground.values(line.on)[name]
    if name == "ref":
        numbered = re.fullmatch(r"\d{4}-\d{3}-\d{5}", real)
        return {name: f"{real[:-5]}99999" if numbered else str(uuid.UUID(int=9))}
    return {name: UNKNOWN.get(name, uuid.UUID(int=9))}


def seen(answer: Answer, path: str) -> tuple[int, str, dict[str, str]]:
    """Everything of an answer that the asker can see."""
    page = answer.text
    for spelling in (path, path.removeprefix("/en"), quote(path), quote(path, safe="")):
        page = page.replace(spelling, "…")
    headers = {name: value.replace(path, "…") for name, value in answer.response.headers.items()}
    headers.pop("Expires", None)  # the second of the request
    return answer.status, re.sub(TOKENS, "", page), headers


def lines_with_foreign_things(method: str) -> list[Line]:
    """Lines whose address names something that belongs to an area or to one officer."""
    lines = lines_of(method, "desk", "registers")
    return [line for line in lines if ADDRESSES[line.key].parameters and line.on != "-"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_foreign_answers_like_unknown(ground: Ground, method: str):
    walker, different, compared = Walker(ground), [], 0
    for line in lines_with_foreign_things(method):
        paths = [path_of(line, ground), path_of(line, ground, **unknown(line, ground))]
        assert paths[0] != paths[1], line.name
        data = form_data(walker, line)
        for actor in line.doers():
            stranger = ELSEWHERE + actor
            if stranger in ground.sessions:
                foreign, nothing = (seen(walker.ask(stranger, method, path, data), path) for path in paths)
                compared += 1
                if foreign != nothing:
                    different.append(f"{line.name} {method} by {stranger}: {foreign[0]}, {nothing[0]}")
    assert compared > 20
    assert not different, "\n".join(different)


def test_what_is_not_public_answers_like_what_does_not_exist(ground: Ground):
    walker = Walker(ground)
    token, name = ground.on["unlisted-file"]["token"], ground.on["unlisted-file"]["filename"]
    pairs = [
        ("/notices/draft/", "/notices/tfard/"),
        (f"/files/{token}/{name}", f"/files/{uuid.UUID(int=9)}/{name}"),
        ("/publicity/gs-101-2026-007/", "/publicity/gs-102-2026-007/"),
        ("/en/notices/draft/", "/en/notices/tfard/"),
    ]
    for there, nowhere in pairs:
        found, unknown = (seen(walker.ask("anonymous", "GET", path), path) for path in (there, nowhere))
        assert found == unknown, there
        assert found[0] == 404, there
