"""Files of other offices for the checking clerk: cross-check results and deaths, looked at, then imported.

Between looking and importing the file stays with the officer's browser, signed; the site keeps no copy.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.desk.act import refuse_form
from portal.desk.frame import at_desk, page, status_of
from portal.forms import Form
from relief.decisions import check_import
from relief.errors import Invalid, NotAllowed, Reason, Refused
from relief.households import deaths
from relief.households.importing.end_marked import MAX_MB, BadRows, Column
from relief.households.importing.end_marked import template as empty_table
from relief.officers.authority import acting, scopes_of
from relief.officers.models import Officer, Role
from relief.trail.verb import write_refusal

BATCHES = 20
#: more bad rows are counted, not listed: the file needs another look as a whole
MOST_LISTED = 200
MINUTES = 60


@dataclass(frozen=True)
class FileKind:
    """One kind of file: how it is looked at and written, and its words."""

    act: str
    title: Any
    text: Any
    columns: tuple[Column, ...]
    look: Callable[..., Any]
    write: Callable[..., Any]


KINDS = {
    "cross-checks": FileKind(
        check_import.ACT,
        gettext_lazy("Import results of the cross-check"),
        gettext_lazy("What one source answered for many cases. Each case must be in its survey."),
        check_import.COLUMNS,
        check_import.look_at_results,
        check_import.import_results,
    ),
    "deaths": FileKind(
        deaths.ACT,
        gettext_lazy("Import deaths"),
        gettext_lazy("Deaths as an authority reports them: the members of cases are matched before a list."),
        deaths.COLUMNS,
        deaths.look_at_deaths,
        deaths.import_deaths,
    ),
}


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("UTF-8 or GB18030. The last line gives the number of rows: 总行数,128"),
    )


@require_safe
@at_desk
def files(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What was imported, and where to import more."""
    batches = check_import.batches_of(officer, BATCHES)
    return page(request, officer, "desk/files.html", {"batches": batches}, section="files")


@require_safe
@at_desk
def template(request: HttpRequest, officer: Officer, kind: str) -> HttpResponse:
    """The empty table with an example row."""
    _clerk(officer)
    answer = HttpResponse(empty_table(KINDS[kind].columns), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def bring(request: HttpRequest, officer: Officer, kind: str) -> HttpResponse:
    """Choose a file, look at what it says, import all of it or nothing."""
    _clerk(officer)
    chosen = KINDS[kind]
    if "token" in request.POST:
        return _import(request, officer, kind, chosen)
    if request.method != "POST":
        return _draw(request, officer, kind, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        refuse_form(chosen.act, form, by=officer)
        return _draw(request, officer, kind, form, status=422)
    content = form.cleaned_data["file"].read(MAX_MB * 1024 * 1024 + 1)
    try:
        seen = chosen.look(content, by=officer)
    except NotAllowed:
        raise
    except Refused as refused:
        write_refusal(chosen.act, refused, by=officer)
        form.refuse(refused)
        return _draw(request, officer, kind, form, status=status_of(refused))
    token = "" if seen.bad else _sign(officer, kind, content, seen.digest)
    return _draw(request, officer, kind, FileForm(), seen=seen, token=token, bad=seen.bad)


def _import(request: HttpRequest, officer: Officer, kind: str, chosen: FileKind) -> HttpResponse:
    """Import the very file that was looked at."""
    form = FileForm()
    try:
        content, digest = _unsign(officer, kind, request.POST["token"])
        done = chosen.write(content, by=officer, digest=digest)
    except BadRows as refused:
        return _draw(request, officer, kind, form, bad=refused.rows, status=422)
    except NotAllowed:
        raise
    except Refused as refused:
        reasons = refused.reasons
        return _draw(request, officer, kind, form, reasons=reasons, status=status_of(refused))
    messages.success(request, _done(done))
    return HttpResponseRedirect(reverse("desk:files"))


def _done(done: Any) -> str:
    if isinstance(done, deaths.Deaths):
        counts = {"new": len(done.new), "known": done.known}
        return _("Deaths imported: %(new)d new, %(known)d known before.") % counts
    counts = {"rows": done.rows, "mismatches": done.mismatches}
    return _("Results imported: %(rows)d, of which %(mismatches)d don't fit the declaration.") % counts


def _draw(
    request: HttpRequest,
    officer: Officer,
    kind: str,
    form: FileForm,
    *,
    seen: Any = None,
    token: str = "",
    bad: Any = (),
    reasons: Any = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "kind": KINDS[kind],
        "columns": [column.header for column in KINDS[kind].columns],
        "template_url": reverse({"deaths": "desk:deaths-template"}.get(kind, "desk:checks-template")),
        "form": form,
        "seen": seen,
        "token": token,
        "bad": bad[:MOST_LISTED],
        "bad_count": len({row.row for row in bad}),
        "more": max(0, len(bad) - MOST_LISTED),
        "reasons": reasons,
    }
    return page(request, officer, "desk/file_import.html", context, section="files", status=status)


def _clerk(officer: Officer) -> None:
    """Raises NotAllowed."""
    if not scopes_of(officer, {Role.DISTRICT_CHECKER}):
        acting(officer, {Role.DISTRICT_CHECKER}, "")


def _sign(officer: Officer, kind: str, content: bytes, digest: str) -> str:
    """The file for the import button: only this officer can import it, and only as it was looked at."""
    held = {"file": base64.b85encode(content).decode(), "digest": digest}
    return signing.dumps(held, salt=_salt(officer, kind), compress=True)


def _unsign(officer: Officer, kind: str, token: str) -> tuple[bytes, str]:
    """Raises Invalid."""
    try:
        held = signing.loads(token, salt=_salt(officer, kind), max_age=MINUTES * 60)
    except signing.BadSignature:
        words = _("Too much time has passed since you looked at the file: choose it again.")
        raise Invalid({"file": [Reason("file-expired", words)]}) from None
    return base64.b85decode(held["file"]), held["digest"]


def _salt(officer: Officer, kind: str) -> str:
    return f"desk.files.{kind}.{officer.code}"
