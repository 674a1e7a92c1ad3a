"""Respond to a list as a visitor does: page by page, through the site's own forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image

from relief.publicity.models import PublicList, Response
from tests.factories import stages
from tests.factories.district import District

__all__ = ["district", "ground", "stage"]
WORDS = "该户在幸福里另有一套出租房，去年三月起出租。"
NAME, CONTACT = "欧阳正明", "139-4455-6677 午后"
CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")


def png(size: tuple[int, int] = (320, 240)) -> bytes:
    content = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(content, "PNG")
    return content.getvalue()


def upload(content: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[District, stages.Stage]]:
    """A district and a list on its third day, made once for the tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        district = stages.ground()
        yield district, stages.running(district)
        transaction.set_rollback(True)


@pytest.fixture
def stage(ground: tuple[District, stages.Stage], settings: Any, tmp_path: Path) -> Iterator[stages.Stage]:
    """That list; whatever a test does to it is undone."""
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    with transaction.atomic(), stages.on(ground[1].day):
        yield ground[1]
        transaction.set_rollback(True)


@pytest.fixture
def district(ground: tuple[District, stages.Stage], stage: stages.Stage) -> District:
    return ground[0]


@dataclass
class Visitor:
    """Somebody with a browser of their own before a list's form."""

    list: PublicList
    prefix: str = ""
    client: Client = field(default_factory=Client)

    @property
    def at(self) -> str:
        return f"{self.prefix}/publicity/{self.list.number}/respond/"

    def get(self, page: str = "") -> Any:
        return self.client.get(f"{self.at}{page}/" if page else self.at)

    def post(self, page: str, **data: Any) -> Any:
        return self.client.post(f"{self.at}{page}/", data)

    def answer(self, page: str, **data: Any) -> str:
        """Answer one question; returns the page that comes next."""
        answered = self.post(page, **data)
        assert answered.status_code == 302, (page, answered.content.decode())
        assert self.get_path(answered).startswith(self.at)
        return self.get_path(answered).removeprefix(self.at).strip("/")

    def get_path(self, answered: Any) -> str:
        return str(answered["Location"]).partition("?")[0]

    def write(self, answers: dict[str, dict[str, Any]]) -> str:
        """Answer as asked, from the first question on; returns the page where it ends."""
        page = "kind"
        while page in answers:
            assert self.get(page).status_code == 200, page
            page = self.answer(page, **answers[page])
        return page

    def resume_code(self) -> str:
        found = CODE.search(self.get("words").content.decode())
        assert found
        return found.group()

    def receipt(self) -> tuple[str, str]:
        """(number, query code) on the page after sending."""
        html = self.get("sent").content.decode()
        number = re.search(r"fy-\d{3}-\d{4}-\d{5}", html)
        code = re.search(r'<span aria-hidden="true">([^<]{9})</span>', html)
        assert number and code, html
        return number.group(), code.group(1)

    def sent(self) -> Response:
        assert self.answer("check") == "sent"
        return Response.objects.get(number=self.receipt()[0])


def answers(public_list: PublicList, kind: str, **instead: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What somebody answers who responds with this kind, named."""
    by_number = kind == "not-eligible"
    entry = public_list.entries.order_by("row_number")[0]
    return {
        "kind": {"kind": kind},
        "row": {"row": entry.row_number if by_number else entry.row_code.lower().replace("-", "")},
        "community": {"community": "10102"},
        "words": {"words": WORDS},
        "staff": {"about_staff": "no"},
        "named": {"named": "yes"},
        "contact": {"name": NAME, "contact": CONTACT},
        "picture": {},
    } | instead


def forget_tries() -> None:
    """Let every address begin its tries anew."""
    caches["throttle"].clear()
