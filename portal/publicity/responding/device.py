"""How a reader's own device finds the draft again: one cookie for this list's form, in each language.

It holds the resume code, no script can read it, no other page is sent it, and it ends with the browser.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

COOKIES = {"zh-hans": "draft", "en": "draft-en"}


def code_on(request: HttpRequest) -> str:
    """The resume code that the device was given; empty when it has none."""
    return next((request.COOKIES[name] for name in COOKIES.values() if request.COOKIES.get(name)), "")


def remember(response: HttpResponse, request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Give the device the resume code."""
    for name, path in _paths(number):
        response.set_cookie(
            name, code, path=path, httponly=True, samesite="Strict", secure=request.is_secure()
        )
    return response


def forget(response: HttpResponse, number: str) -> HttpResponse:
    """Take it off the device."""
    for name, path in _paths(number):
        response.delete_cookie(name, path=path, samesite="Strict")
    return response


def _paths(number: str) -> list[tuple[str, str]]:
    found = []
    for language, name in COOKIES.items():
        with override(language):
            found.append((name, reverse("publicity:respond", args=[number])))
    return found
