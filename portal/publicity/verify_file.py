"""Check a JSON form that somebody brings (核对文件): read in memory, answered in words, forgotten."""

from __future__ import annotations

import io
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.forms import Form
from portal.publicity import addresses, throttle
from portal.publicity.throttle import Limit
from portal.publicity.verify import change_path
from relief.publicity.check_file import FileVerdict, Unreadable, check_file
from relief.publicity.models import PublicList

LARGEST = 8 * 1024 * 1024
FILES = Limit("verify-file", times=60, minutes=10)
#: what stands beside the rows, in a reader's words
PARTS = {
    "schema": _("the schema"),
    "number": _("the list number"),
    "kind": _("the kind of list"),
    "area": _("the area"),
    "revision": _("the revision"),
    "columns": _("the columns"),
    "commitments": _("the commitments of the rows"),
    "digest": _("the digest"),
    "check_code": _("the check code"),
    "title": _("the title"),
    "labels": _("the labels of columns and communities"),
    "entries": _("the number of households"),
    "persons": _("the number of persons"),
}


class InMemory(FileUploadHandler):
    """Keeps an upload in memory alone: no byte of it reaches a disk; stops reading beyond the limit."""

    too_large = False

    def new_file(self, *args: Any, **named: Any) -> None:
        super().new_file(*args, **named)
        self.parts: list[bytes] = []
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > LARGEST:
            self.too_large = True
            raise StopUpload
        self.parts.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        data = io.BytesIO(b"".join(self.parts))
        return InMemoryUploadedFile(
            data, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )


class FileForm(Form):
    """The file; its name is never looked at."""

    file = forms.FileField(
        label=_("JSON file of a list"),
        help_text=_("The file “Data to check (JSON)” from the page of a list, at most 8 MB."),
        allow_empty_file=True,
    )


@csrf_exempt  # changes nothing: a foreign site that sends a file learns nothing, and nobody gets a cookie
@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file; say which row was altered, or that all agrees. Nothing of the file is kept."""
    if request.method != "POST":
        return _answer(request, {"form": FileForm()})
    if again := throttle.count(FILES, throttle.address_of(request)):
        return throttle.too_many(request, again)
    keeper = InMemory(request)
    request.upload_handlers = [keeper]
    form = FileForm(request.POST, request.FILES)
    if keeper.too_large:
        words = _("This file is larger than %(size)s: it is no list of this site.")
        form.errors.clear()
        form.add_error("file", words % {"size": filesizeformat(LARGEST)})
        return _answer(request, {"form": form}, 413)
    if not form.is_valid():
        return _answer(request, {"form": form}, 422)
    try:
        verdict = check_file(form.cleaned_data["file"].read())
    except Unreadable:
        form.add_error("file", _("This isn’t the JSON file of a list; download it from the list’s page."))
        return _answer(request, {"form": form}, 422)
    return _answer(request, {"form": FileForm(), "verdict": verdict, **_words(verdict)})


def _answer(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    crumb = {"label": _("Check a list"), "url": reverse("publicity:verify")}
    page = render(request, "verify/file.html", {**context, "breadcrumbs": [crumb]}, status=status)
    page["Cache-Control"] = "no-store, private"
    page["X-Robots-Tag"] = "noindex, noarchive"
    return page


def _words(verdict: FileVerdict) -> dict[str, Any]:
    """The verdict's links and altered parts in words."""
    public_list: PublicList | None = verdict.public_list
    if public_list is None:
        return {}
    return {
        "list": public_list,
        "list_url": addresses.list_path(public_list),
        "parts": [PARTS[key] for key in verdict.parts],
        "change_url": change_path(public_list, verdict.correction) if verdict.correction else "",
    }
