"""A policy from the first word to its withdrawal in a real browser: what issue 6 asks for, in its own order.

An editor writes a policy with an attachment and its interpretation, a reviewer and a publisher let them
through; a substantive change passes the same way and stands in the public history; a publisher withdraws it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.attachments.models import PortalDocument
from portal.cms.groups import set_rights
from portal.pages.policy import PolicyPage
from portal.pages.sections import InterpretationSection, PolicySection
from relief.trail.verify import differences
from tests import servers
from tests.factories.texts import Newsroom, make_newsroom
from tests.journeys.press import Press
from tests.portal.attachments.uploads import pdf

TITLE = "明河区临时救助实施办法"
MEANT = "一图读懂临时救助实施办法"
FIRST = "临时救助标准为每人每月八百元。"
SECOND = "临时救助标准为每人每月九百元。"
FORM = "临时救助申请表"
MISSING_NOTE = "请说明更改内容：公众在正文旁可以看到。"
NOTE = "提高临时救助标准。"
REASON = "该办法所依据的上级文件已经废止。"


@pytest.fixture
def press(scratch: str, tmp_path: Path, page: Page, phone: Page) -> Iterator[tuple[Press, Newsroom]]:
    room = make_newsroom()
    set_rights()
    with servers.serving(scratch, tmp_path / "server.log") as address:
        yield Press(page, phone, address, tmp_path), room


@pytest.mark.appearance
@pytest.mark.long
def test_a_policy_from_draft_to_withdrawal(press: tuple[Press, Newsroom]) -> None:
    desk, room = press
    policy = write_the_policy(desk, room)
    pass_the_review(desk, room, policy)
    file = read_in_public(desk)
    meaning = write_the_interpretation(desk, room)
    pass_the_review(desk, room, meaning)
    linked_both_ways(desk)
    change_it(desk, room, policy)
    pass_the_review(desk, room, policy, gone="八", new="九")
    newest = told_of_the_change(desk, file)
    withdraw(desk, room, policy)
    gone_in_public(desk, (file, newest))
    assert list(differences()) == []


def a_form(desk: Press, pages: int) -> Path:
    """The form to attach, under the same name whatever its length."""
    file = desk.folder / f"{FORM}.pdf"
    file.write_bytes(pdf(pages))
    return file


def write_the_policy(desk: Press, room: Newsroom) -> int:
    """Metadata, a paragraph and an uploaded form; the public meets nothing of a draft."""
    desk.sit(room.writer)
    desk.begin(
        "policypage",
        PolicySection.objects.get(locale__language_code="zh-hans").pk,
        title=TITLE,
        issuer="明河区民政局",
        topic="temporary",
        signed_on="2026-11-02",
        document_number="明民发〔2026〕91号",
        in_force_from="2026-11-10",
    )
    desk.write(desk.add_block("段落"), FIRST)
    desk.attach(desk.add_block("附件"), a_form(desk, pages=1), FORM)
    number = desk.save_draft()
    address = PolicyPage.objects.get(pk=number).get_url()
    assert desk.status_of(address) == 404
    desk.hand_in()
    return number


def pass_the_review(desk: Press, room: Newsroom, page_id: int, gone: str = "", new: str = "") -> None:
    """The author decides nothing; the reviewer reads what changes, the publisher lets it go live."""
    desk.go(f"publishing/review/{page_id}/")
    expect(desk.page.locator("button[name=decision]")).to_have_count(0)
    desk.sit(room.reviewer)
    desk.open_review(page_id)
    if new:
        changes = desk.page.locator(".cms-diff")
        expect(changes.locator("del", has_text=gone).first).to_have_text(gone)
        expect(changes.locator("ins", has_text=new).first).to_have_text(new)
        expect(changes.locator("th", has_text=FORM)).to_have_count(1)
    desk.passes()
    desk.sit(room.publisher)
    desk.open_review(page_id)
    desk.passes()


def read_in_public(desk: Press) -> str:
    """Text and file are public at their addresses; returns that of the file."""
    policy = PolicyPage.objects.get(title=TITLE)
    assert policy.live
    shown = desk.public(policy.get_url())
    expect(shown).to_contain_text(FIRST)
    expect(shown).to_contain_text("明民发〔2026〕91号")
    file = shown.locator("a", has_text=FORM).first.get_attribute("href")
    assert file and desk.status_of(file) == 200
    return file


def write_the_interpretation(desk: Press, room: Newsroom) -> int:
    desk.sit(room.writer)
    desk.begin(
        "interpretationpage",
        InterpretationSection.objects.get(locale__language_code="zh-hans").pk,
        title=MEANT,
        issuer="明河区民政局",
        signed_on="2026-11-03",
    )
    desk.choose_page("policies", TITLE)
    desk.write(desk.add_block("段落"), "遇到急难的家庭可以申请。")
    number = desk.save_draft()
    desk.hand_in()
    return number


def linked_both_ways(desk: Press) -> None:
    desk.public(PolicyPage.objects.get(title=TITLE).get_url()).locator("a", has_text=MEANT).first.click()
    expect(desk.phone.locator("h1")).to_have_text(MEANT)
    desk.phone.locator("main a", has_text=TITLE).first.click()
    expect(desk.phone.locator("h1")).to_have_text(TITLE)


def change_it(desk: Press, room: Newsroom, page_id: int) -> None:
    """Another amount and another form; without a note for the public it isn't taken."""
    desk.sit(room.writer)
    desk.replace_file(PortalDocument.objects.get(title=FORM).pk, a_form(desk, pages=2))
    desk.go(f"pages/{page_id}/edit/")
    blocks = desk.page.locator("[data-streamfield-child]")
    desk.write(blocks.first, SECOND)
    desk.hand_in()
    expect(desk.page.locator("main")).to_contain_text(MISSING_NOTE)
    desk.tab("设置")
    desk.fill(change_note_zh=NOTE, change_note_en="Temporary relief is raised.")
    desk.hand_in()


def told_of_the_change(desk: Press, first: str) -> str:
    """The new text and file are read, the old file keeps its address, and the history says what changed."""
    shown = desk.public(PolicyPage.objects.get(title=TITLE).get_url())
    expect(shown).to_contain_text(SECOND)
    expect(shown).to_contain_text(NOTE)
    newest = shown.locator("a", has_text=FORM).first.get_attribute("href")
    assert newest and newest != first
    assert (desk.status_of(first), desk.status_of(newest)) == (200, 200)
    history = shown.locator("a[href*='/page-history/']").first.get_attribute("href")
    assert history
    expect(desk.public(history)).to_contain_text(NOTE)
    return newest


def withdraw(desk: Press, room: Newsroom, page_id: int) -> None:
    """The screen names what links here before it asks how and why."""
    desk.sit(room.publisher)
    desk.go(f"publishing/withdraw/{page_id}/")
    expect(desk.page.locator("main")).to_contain_text(MEANT)
    desk.page.check("[name=way][value=removed]")
    desk.fill(reason_zh=REASON, reason_en="What it was based on is repealed.")
    desk.press(desk.page.locator("main form button.button, main form [type=submit]").last)
    desk.told(TITLE)


def gone_in_public(desk: Press, files: tuple[str, str]) -> None:
    """The address still answers, with the reason alone; no byte of text or files is left."""
    path = PolicyPage.objects.get(title=TITLE).get_url()
    for prefix in ("", "/en"):
        shown = desk.public(prefix + path)
        expect(shown).not_to_contain_text("九百元")
    expect(desk.public(path)).to_contain_text(REASON)
    assert [desk.status_of(file) for file in files] == [410, 410]
