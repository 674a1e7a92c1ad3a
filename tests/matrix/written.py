"""The written lines beside the resolver's addresses, and the form that each of them takes."""

from __future__ import annotations

from typing import Any

from bs4 import Tag

from tests.matrix.addresses import Address, addresses
from tests.matrix.forms import filled, form_on
from tests.matrix.ground import Ground
from tests.matrix.table import GOES_THROUGH, Line, read_faces
from tests.matrix.walk import Walker

FACES = read_faces()
LINES = [line for face in FACES.values() for line in face.lines]
ADDRESSES: dict[tuple[str, str], Address] = {address.key: address for address in addresses()}
BY_NAME = {address.name: address for address in ADDRESSES.values()}
#: faces on which somebody may send something
WITH_FORMS = ("desk", "wagtail")
#: fields that only Wagtail's scripts draw; without them Wagtail itself stumbles
DRAWN_BY_SCRIPT = {
    "wagtailadmin_choose_page_external_link": {"external-link-chooser-url": "https://example.org/"},
    "wagtailadmin_pages:edit": {"blocks-count": "0"},
    "edit-page": {"blocks-count": "0"},
    "wagtailadmin_pages:preview_on_edit": {"blocks-count": "0"},
    "wagtailadmin_pages:revisions_revert": {"blocks-count": "0"},
}
#: what has to be chosen before a page shows its form
QUERY = {
    "desk:announce": "?street=101",
    "desk:announce-changes": "?street=101",
    "desk:announce-standing": "?street=101",
    "desk:approve-many": "?all=1",
}
#: where the form stands that posts to an address with no page of its own
FORM_PAGES = ("desk:case", "desk:list", "desk:start")


def lines_of(method: str, *faces: str) -> list[Line]:
    """The lines of these faces for one method."""
    return [line for face in faces for line in FACES[face].lines if line.method == method]


def path_of(line: Line, ground: Ground, **instead: Any) -> str:
    """The line's address with what stands at its stage filled in, or `instead` of it."""
    return ADDRESSES[line.key].path(ground.values(line.on) | instead)


def who_sees(line: Line) -> list[str]:
    """Whose request goes through, then those who see the page to begin with."""
    looks = next(one for one in LINES if one.key == line.key and one.method == "GET")
    return list(dict.fromkeys([*line.doers(), *looks.doers()]))


def takes_a_form(line: Line) -> bool:
    """Whether anybody may send something there."""
    return line.method == "POST" and line.face.name in WITH_FORMS and set(line.expected().values()) != {"405"}


def shown_form(walker: Walker, line: Line) -> tuple[str, Tag | None]:
    """(who sees it, the form) that posts to the line's address."""
    there = walker.ground.values(line.on)
    path = path_of(line, walker.ground)
    others = [BY_NAME[name] for name in FORM_PAGES if line.name.startswith("desk:")]
    pages = [one.path(there) for one in others if set(one.parameters) <= set(there)]
    seers = who_sees(line)
    for actor in dict.fromkeys([*seers[:2], *seers[-1:]]):  # what only the highest may do only they are shown
        for page in (path + QUERY.get(line.name, ""), *pages):
            answer = walker.ask(actor, "GET", page)
            form = form_on(answer.text, path) if answer.word in GOES_THROUGH else None
            if form is not None:
                return actor, form
    return "", None


def form_data(walker: Walker, line: Line) -> dict[str, Any]:
    """The form as somebody fills it who sees it; empty where there is none."""
    form = shown_form(walker, line)[1] if takes_a_form(line) else None
    return (filled(form) if form else {}) | DRAWN_BY_SCRIPT.get(line.name, {})
