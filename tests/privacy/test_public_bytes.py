"""No private value in any byte that leaves the house: pages, files, heads, error pages, logs, sessions."""

import base64
import io
import logging
from pathlib import Path

import pytest
import typst
from django.test import Client
from xlsxwriter import Workbook

from relief.applications.models import Application
from relief.officers.models import Account, Officer
from tests.matrix.addresses import addresses
from tests.portal.demo.private import forms_of, particulars, stored_bytes
from tests.privacy.addresses import LEFT_OUT, STARTS, every_list_address, names_to_reach
from tests.privacy.crawl import Crawl, text_of
from tests.privacy.linkage import Secrets
from tests.privacy.needles import Needles
from tests.privacy.printings import printings


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
    looked_for = Needles(wanted)
    return [(where, wanted[form]) for where, body in answers.items() for form in looked_for.found_in(body)]


@pytest.mark.once("sqlite")
def test_the_public_site_gives_no_private_value_away(live_demo: str, tmp_path: Path):
    """One crawl, asked four things: is all there; any value in bytes, inside papers, or in part."""
    wanted = needles()
    crawl = Crawl(live_demo)
    crawl.follow(*STARTS, *every_list_address())
    wanted_names = names_to_reach()
    assert wanted_names - crawl.names("zh-hans") == set()
    assert {name for name in wanted_names if ":" in name} - crawl.names("en") == set()
    assert {path: status for path, status in crawl.statuses.items() if status >= 500} == {}
    assert len(wanted) > 1_000
    assert leaks(crawl.answers, wanted) == []
    assert leaks({"server.log": (tmp_path / "server.log").read_bytes()}, wanted) == []
    texts = crawl.texts()
    assert leaks({where: text.encode() for where, text in texts.items()}, wanted) == []
    secrets = Secrets(particulars(), {one.text for one in printings()})
    assert {where: found for where, text in texts.items() if (found := secrets.in_text(text))} == {}


def test_what_is_left_out_of_the_crawl_exists():
    assert set(LEFT_OUT) <= {one.name for one in addresses()}


def test_the_desk_shows_names_and_leaves_none_behind(scratch_demo: str, caplog: pytest.LogCaptureFixture):
    """Whoever has the right sees the name; logs, sessions, revisions and clear columns keep nothing of it."""
    caplog.set_level(logging.DEBUG)
    wanted, names = needles(), [name.encode() for name in particulars()["person.name"]]
    seen, newest = b"", Application.objects.order_by("-pk")[:3]
    for officer in Officer.objects.filter(active=True):
        client = Client(raise_request_exception=True)
        client.force_login(Account.objects.get(pk=officer.account_id))
        files = [f"/desk/cases/{case.number or case.code}/" for case in newest]
        for path in ("/desk/", "/desk/queue/", *files):
            answer = client.get(path)
            seen += answer.content
            assert "no-store" in answer["Cache-Control"], path
    assert any(name in seen for name in names)
    assert leaks({"desk": seen}, wanted)  # so the search does find
    assert leaks({"log": caplog.text.encode(), "database": stored_bytes(scratch_demo)}, wanted) == []


def test_text_is_read_out_of_papers_and_books():
    """Compressed as they are, bytes hide what stands on a page; properties are read besides."""
    value = "140-1234-0001"
    book = io.BytesIO()
    with Workbook(book) as made:
        made.set_properties({"comments": value})
        made.add_worksheet().write_string(0, 0, value)
    words = f'#set document(title: "{value}")\n{value}'
    paper = typst.compile(words.encode(), format="pdf", font_paths=[], ignore_system_fonts=True)
    assert value.encode() not in book.getvalue()
    assert text_of("application/xlsx", book.getvalue()).count(value) == 2
    assert text_of("application/pdf", paper).count(value) == 3, "page, information, XMP"


def test_an_address_counts_as_reached_only_when_it_answers():
    crawl = Crawl("")
    crawl.statuses = {"/publicity/gs-101-2026-001/": 410, "/en/verify/?number=1": 200, "/no/such.thing": 200}
    crawl.statuses["/screen.json?street=101"] = 200
    assert crawl.names("en") == {"publicity:verify"}
    assert crawl.names("zh-hans") == {"publicity:screen-data"}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([b"abcd", b"bcde", b"abce"], {b"abcd", b"bcde"}),
        ([b"abcde", b"abcd", b"abcdef"], {b"abcde", b"abcd"}),
        ([b"de", b"e", b"x"], {b"de", b"e"}),
        ([b"bcdex", b"e\x00"], set()),
    ],
)
def test_all_texts_are_found_at_one_go(texts: list[bytes], found: set[bytes]):
    assert Needles(texts).found_in(b"-abcde") == found == {text for text in texts if text in b"-abcde"}
