"""The publish gate at the desk: which form of a list was read, what was found where, by whom and when."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.actors import who
from portal.desk.act import ListAct
from portal.desk.find import find_list
from portal.desk.frame import at_desk, held_by, page
from portal.publicity.all_forms import FORMS
from relief.confidential.private_kinds import Kind
from relief.officers.authority import acting
from relief.officers.models import Officer
from relief.publicity.disclose import COLUMNS
from relief.publicity.gate import ROLES, inspect_list
from relief.publicity.gate_models import GateVerdict
from relief.publicity.inspection import COLUMN, NOT_DRAWN, UNREADABLE
from relief.publicity.models import ListState, PublicList
from relief.publicity.publish import list_in_state
from relief.publicity.queries import PUBLISHED
from relief.trail.models import Event

KINDS = {
    Kind.ID_NUMBER: gettext_lazy("identity number"),
    Kind.BANK_CARD: gettext_lazy("bank card number"),
    Kind.MOBILE: gettext_lazy("mobile number"),
    Kind.LANDLINE: gettext_lazy("telephone number"),
    Kind.EMAIL: gettext_lazy("e-mail address"),
    Kind.ADDRESS: gettext_lazy("full address"),
    Kind.BIRTH_DATE: gettext_lazy("date of birth, or a day that is not the list’s"),
    COLUMN: gettext_lazy("column that may not be shown"),
    NOT_DRAWN: gettext_lazy("can’t be made"),
    UNREADABLE: gettext_lazy("can’t be read"),
}
LANGUAGES = {"zh": gettext_lazy("Chinese"), "en": gettext_lazy("English")}
MOST_VERDICTS = 10


@require_safe
@at_desk
def gate(request: HttpRequest, officer: Officer, code: uuid.UUID) -> HttpResponse:
    """All verdicts on a list, newest first, with the findings of the newest."""
    one = find_list(officer, code)
    verdicts = list(GateVerdict.objects.filter(public_list=one).order_by("-pk")[:MOST_VERDICTS])
    events = Event.objects.in_bulk([verdict.event_id for verdict in verdicts])
    newest = verdicts[0] if verdicts else None
    context: dict[str, Any] = {
        "list": one,
        "newest": newest,
        "findings": findings_of(one),
        "read": [{**read, "label": form_in_words(read["form"])} for read in newest.forms] if newest else [],
        "verdicts": [{"verdict": one_, "by": who(events[one_.event_id])} for one_ in verdicts],
        "may_inspect": any(held.role in ROLES for held in held_by(request)),
    }
    return page(request, officer, "desk/gate.html", context, section="lists")


class Inspect(ListAct):
    """Check again, without publishing."""

    name = "inspect-list"
    title = gettext_lazy("Check for private values")
    text = gettext_lazy(
        "Every form of the list is made and read: page, files, poster, screen. Nothing is published by this."
    )
    button = gettext_lazy("Check now")
    done = gettext_lazy("The check is done; below stands what it found.")

    def check(self, subject: PublicList, officer: Officer) -> None:
        list_in_state(subject, ListState.COMPILED, *PUBLISHED)
        acting(officer, ROLES, subject.area_id)

    def perform(self, subject: PublicList, officer: Officer, answer: dict[str, Any]) -> GateVerdict:
        return inspect_list(subject, by=officer)

    def forward(self, subject: PublicList, result: Any) -> str:
        return reverse("desk:gate", args=[subject.code])


def findings_of(one: PublicList, since: int = 0) -> list[dict[str, str]]:
    """What the newest check of a list found, in words; nothing where none was made after Event `since`."""
    verdicts = GateVerdict.objects.filter(public_list=one, event_id__gt=since).order_by("-pk")
    newest = verdicts.first()
    return [finding_in_words(one, found) for found in newest.findings] if newest else []


def finding_in_words(one: PublicList, found: dict[str, Any]) -> dict[str, str]:
    """Form, place and kind of a finding; what to mend."""
    place, kind = found["place"], found["kind"]
    return {
        "form": form_in_words(found["form"]),
        "place": place_in_words(one, place, found["part"]),
        "kind": str(KINDS.get(kind, kind)),
        "mend": _mend(place, kind),
    }


def form_in_words(form: str) -> str:
    """`page.zh` → web page (Chinese)."""
    if form == "data":
        return _("the list itself")
    key, _dot, language = form.partition(".")
    label = next((str(one.label) for one in FORMS if one.key == key), key)
    return f"{label} ({LANGUAGES[language]})" if language in LANGUAGES else label


def place_in_words(one: PublicList, place: list[Any], part: int) -> str:
    """Where in the form, never what stands there."""
    where, rest = place[0], [str(part_) for part_ in place[1:]]
    if where == "row":
        column = _column(one, rest[1])
        return _("row %(row)s, column “%(column)s”") % {"row": rest[0], "column": column}
    named = {
        "title": _("title (%(part)s)"),
        "note": _("note (%(part)s)"),
        "also": _("note of the correction (%(part)s)"),
        "column": _("column “%(part)s”"),
        "community": _("name of community %(part)s"),
        "line": _("line %(part)s"),
        "json": _("value at %(part)s"),
        "text": _("text of the page, line %(part)s"),
        "attribute": _("attribute, line %(part)s"),
        "comment": _("comment, line %(part)s"),
        "pdf-page": _("sheet %(part)s"),
        "pdf-property": _("document property %(part)s"),
        "pdf-outline": _("outline%(part)s"),
        "pdf-annotation": _("annotation on sheet %(part)s"),
        "xlsx-cell": _("cell in sheet and line %(part)s"),
        "xlsx-sheet": _("name of sheet %(part)s"),
        "xlsx-property": _("workbook property %(part)s"),
        "document": _("the whole document%(part)s"),
    }.get(where, "%(part)s")
    if where in ("title", "note", "also"):
        rest = [str(LANGUAGES.get(rest[0], rest[0]))]
    if where in ("text", "attribute"):
        rest = [f"{rest[-1]} <{' '.join(rest[:-1])}>"]
    words = named % {"part": " ".join(rest)}
    return words if part == 1 else _("%(where)s, part %(number)s") % {"where": words, "number": part}


def _column(one: PublicList, key: str) -> str:
    """A column by its label; as the form calls it where it has none."""
    if key not in COLUMNS:
        return key
    return COLUMNS[key].label_en if get_language() == "en" else COLUMNS[key].label_zh


def _mend(place: list[Any], kind: str) -> str:
    where = place[0]
    if kind == COLUMN:
        return _("Columns come from the dated setting of the kind of list: ask the district.")
    if where == "row":
        return _("The row is read from its case: return the case and have it corrected there.")
    if where in ("title", "column", "community"):
        return _("Titles and labels come from the set-up of places and benefits: have it corrected there.")
    if where in ("note", "also"):
        return _("Write the note again without it.")
    return _("If the list itself has no such finding, the form adds it: tell the site’s maintainers.")
