"""One request of one actor: answered, compared with what stood before, undone."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from relief.trail.models import Access, Refusal
from relief.trail.tracked import Tracked
from tests.matrix.ground import Ground

TOKEN = "t" * 32
#: written though nothing is changed: who looked, who was refused, who is signed in
NO_CHANGE = (Access, Refusal, Session)

Look = Callable[[], Any]


@dataclass
class Answer:
    """What came back, and what it left behind."""

    response: HttpResponse
    changed: bool
    refusals: int
    seen: Any = None

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def word(self) -> str:
        """The answer as it stands in the matrix."""
        if self.status != HTTPStatus.FOUND:
            return str(self.status)
        target = self.response.headers["Location"].partition("?")[0]
        if target == reverse("desk:sign-in"):
            return "in"
        return "home" if target == reverse("wagtailadmin_home") else "302"

    @property
    def text(self) -> str:
        if self.response.streaming:
            return b"".join(self.response.streaming_content).decode(errors="replace")
        return self.response.content.decode(errors="replace")

    @property
    def failure(self) -> str:
        """What the server stumbled over, if it did."""
        error = getattr(self.response, "exc_info", None)
        return repr(error[1]) if error else ""


@dataclass
class Walker:
    """Sends requests on a ground; each is rolled back as soon as it is answered."""

    ground: Ground
    #: one for all, for the middleware takes longer to set up than a page to draw; its cookies are set anew
    client: Client = field(
        default_factory=lambda: Client(enforce_csrf_checks=True, raise_request_exception=False)
    )

    def ask(
        self,
        actor: str,
        method: str,
        path: str,
        data: Any = None,
        *,
        token: bool = True,
        look: Look = lambda: None,
    ) -> Answer:
        """`look` is called before the request is undone; what it finds is the answer's `seen`."""
        client = self.client
        client.cookies.clear()
        if session := self.ground.sessions[actor]:
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
        if method == "POST":
            data = {name: _uploaded(value) for name, value in (data or {}).items()}
            data |= {"csrfmiddlewaretoken": TOKEN} if token else {}
        with transaction.atomic():
            response = getattr(client, method.lower())(path, data)
            # an act that is refused half-way undoes itself; what it would leave behind has to be read here
            transaction.set_rollback(False)
            refusals, *rows = fingerprint()
            seen = look()
            transaction.set_rollback(True)
        return Answer(response, rows != self.before[1:], refusals - self.before[0], seen)

    @cached_property
    def before(self) -> list[Any]:
        """What stands before every request, for each is undone."""
        return fingerprint()


def _uploaded(value: Any) -> Any:
    """A file that stands as (name, content) is made anew for each request."""
    return SimpleUploadedFile(*value) if isinstance(value, tuple) else value


def fingerprint() -> list[Any]:
    """The number of refusals; then how many rows each table holds, and the versions of tracked rows."""
    with connection.cursor() as cursor:
        cursor.execute(_fingerprint_query())
        return list(cursor.fetchone())


@functools.cache
def _fingerprint_query() -> str:
    parts = [f'(SELECT count(*) FROM "{Refusal._meta.db_table}")']
    for model in apps.get_models():
        if model not in NO_CHANGE and model._meta.managed and not model._meta.proxy:
            table = f'"{model._meta.db_table}"'
            parts.append(f"(SELECT count(*) FROM {table})")
            if issubclass(model, Tracked):
                parts.append(f"(SELECT sum(version) FROM {table})")
    return "SELECT " + ", ".join(parts)
