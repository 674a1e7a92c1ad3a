"""Fill a form as a person would who sees it: what the page shows, sensible answers, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bs4 import BeautifulSoup, Tag

from relief.households import deaths
from relief.households.id_number import make_demo_id
from relief.households.importing.end_marked import template
from tests.factories.district import PASSWORD
from tests.relief.confidential.pictures import photo

#: answers by the field's name; whatever else is shown and empty gets words, the first choice, or nothing
USUAL: dict[str, Any] = {
    "signed": "on",
    "all_signed": "on",
    "visitor_2": "同行人员",
    "recommended": "yes",
    "favourable": "yes",
    "count": "1",
    "members-0-name": "王小英",
    "members-0-id_number": make_demo_id(date(1961, 4, 5), 999),
    "id_number": make_demo_id(date(1961, 4, 5), 998),
    "name": "王小英",
    "address": "安宁里 3 号楼 201 室",
    "text": "H101-00001",
    "username": "street-acceptor-101",
    "password": PASSWORD,
    "language": "en",
    "seen": "yes",
    "contact": "13900000000",
    "amount": "1000",
    "removed": "1",
    "top_up": "1",
    "spelling": "王小颖",
    "decision": "pass",
}
WORDS = "按规定办理。"
#: files by the field's name, as (name, content)
FILES = {
    "file": ("deaths.csv", template(deaths.COLUMNS)),
    "photo": ("board.jpg", photo()),
}


def form_on(page: str, path: str) -> Tag | None:
    """The form of a page that posts to `path`, the largest if there are several.

    A form says where it posts to, or says nothing and means its own page.
    """
    soup = BeautifulSoup(page, "html.parser")
    forms = [form for form in soup.find_all("form") if form.get("method", "get").lower() == "post"]
    ours = [form for form in forms if form.get("action", "").partition("?")[0] in ("", path)]
    return max(ours, key=lambda form: len(fields_of(form)), default=None)


def filled(form: Tag, answers: Mapping[str, Any] = USUAL) -> dict[str, Any]:
    """What is sent when everything shown is answered."""
    sent: dict[str, Any] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name = control.get("name")
        if name and name != "csrfmiddlewaretoken":
            _answer(sent, control, name, answers)
    pressed = [button["name"] for button in form.find_all("button", attrs={"name": True})]
    return sent | {name: answers[name] for name in pressed if name in answers}


def fields_of(form: Tag) -> set[str]:
    """Names of everything that the form shows or carries."""
    return {
        control["name"]
        for control in form.find_all(["input", "textarea", "select", "button"], attrs={"name": True})
    }


def _answer(sent: dict[str, Any], control: Tag, name: str, answers: Mapping[str, Any]) -> None:
    kind = control.get("type", "text") if control.name == "input" else control.name
    if kind in ("submit", "button", "image"):
        return
    if kind == "file":
        sent[name] = FILES.get(name, ("words.txt", WORDS.encode()))
        return
    if kind in ("radio", "checkbox"):
        _tick(sent, control, name, kind, answers)
    elif name in answers:
        sent[name] = answers[name]
    elif kind == "select":
        options = control.find_all("option")
        chosen = [one for one in options if one.has_attr("selected")] or [
            one for one in options if one.get("value")
        ]
        sent[name] = chosen[0].get("value") if chosen else ""
    elif kind == "textarea":
        sent[name] = control.text.strip() or WORDS
    else:
        sent[name] = control.get("value", "")


def _tick(sent: dict[str, Any], control: Tag, name: str, kind: str, answers: Mapping[str, Any]) -> None:
    value = control.get("value", "on")
    if kind == "radio":
        wanted = answers.get(name)
        if value == wanted or (wanted is None and (control.has_attr("checked") or name not in sent)):
            sent[name] = value
    elif control.has_attr("checked") or answers.get(name) == value:
        sent.setdefault(name, [])
        sent[name] = [*sent[name], value] if isinstance(sent[name], list) else sent[name]
