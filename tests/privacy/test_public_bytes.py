"""No private value in any byte that leaves the house: pages, files, heads, error pages, logs, sessions."""

import base64
import logging
from pathlib import Path

import pytest
from django.test import Client

from relief.applications.models import Application
from relief.officers.models import Account, Officer
from relief.publicity.models import PublicList
from tests.portal.demo.private import forms_of, particulars, stored_bytes
from tests.privacy.crawl import Crawl

ODD = (
    "/nothing-here/",
    "/en/nothing-here/",
    "/publicity/gs-101-1999-001/",
    "/publicity/gs-101-1999-001/data.json",
    "/verify/gs-101-1999-001/2222-2222",
    "/verify/%00/%00",
    "/announcements/?street=%27&page=-1",
    "/desk/",
    "/desk/queue/",
    "/cms/",
    "/healthz",
    "/readyz",
    "/robots.txt",
    "/sitemap.xml",
)


def needles() -> dict[bytes, str]:
    """Every private text in every form in which it might be read, and what it is."""
    found = {}
    for purpose, texts in particulars().items():
        for text in texts:
            for form in (*forms_of(text), base64.b64encode(text.encode())):
                found[form] = purpose
            if text.isascii() and len(text) > 6:
                found["".join(chr(ord(sign) + 0xFEE0) for sign in text).encode()] = purpose
                found[f"{text[:6]} {text[6:]}".encode()] = purpose
    return found


def leaks(answers: dict[str, bytes], wanted: dict[bytes, str]) -> list[tuple[str, str]]:
    return [
        (where, purpose)
        for where, body in answers.items()
        for form, purpose in wanted.items()
        if form in body
    ]


def every_list_address() -> list[str]:
    addresses = []
    for public_list in PublicList.objects.exclude(number=None):
        section = {"gs": "publicity", "gg": "announcements"}[public_list.kind]
        for prefix in ("", "/en"):
            at = f"{prefix}/{section}/{public_list.number}/"
            addresses += [at, f"{at}history/", f"{at}data.csv", f"{at}data.json"]
            addresses.append(f"{prefix}/verify/{public_list.number}/{public_list.digest}")
            addresses.append(f"{prefix}/verify/{public_list.number}/{public_list.check_code}")
    return addresses


def test_no_public_byte_and_no_line_of_the_log_holds_a_private_value(live_demo: str, tmp_path: Path):
    wanted = needles()
    crawl = Crawl(live_demo)
    crawl.follow("/", "/en/", *every_list_address(), *ODD)
    assert len(wanted) > 1_000
    assert len([path for path, status in crawl.statuses.items() if status == 200]) > 40
    assert {path: status for path, status in crawl.statuses.items() if status >= 500} == {}
    assert leaks(crawl.answers, wanted) == []
    assert leaks({"server.log": (tmp_path / "server.log").read_bytes()}, wanted) == []


def test_the_desk_shows_names_and_leaves_none_behind(scratch_demo: str, caplog: pytest.LogCaptureFixture):
    """Whoever has the right sees the name; logs, sessions, revisions and clear columns keep nothing of it."""
    caplog.set_level(logging.DEBUG)
    wanted, names = needles(), [name.encode() for name in particulars()["person.name"]]
    seen = b""
    for officer in Officer.objects.filter(active=True):
        client = Client(raise_request_exception=True)
        client.force_login(Account.objects.get(pk=officer.account_id))
        for case in Application.objects.order_by("-pk")[:3]:
            for path in ("/desk/", "/desk/queue/", f"/desk/cases/{case.number or case.code}/"):
                answer = client.get(path)
                seen += answer.content
                assert "no-store" in answer["Cache-Control"], path
    assert any(name in seen for name in names)
    assert leaks({"desk": seen}, wanted)  # so the search does find
    assert leaks({"log": caplog.text.encode(), "database": stored_bytes(scratch_demo)}, wanted) == []
