"""One list from the wall to oblivion in a real browser: what issue 5 asks for, in its own order.

Published, printed, pinned in all its communities but one, extended for the missing board, answered in all
four kinds, corrected, closed, announced; and with the clock moved on its names are gone everywhere, while
digest and check code, also those of the poster in the hand, still lead to the right answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from relief.applications.models import Application
from relief.officers.models import Role
from relief.publicity.models import PublicList, PublicRow, Response, ResponseKind
from relief.trail.verify import differences
from tests import servers
from tests.factories.cases import NAMES
from tests.journeys import gone
from tests.journeys.in_the_hand import Poster, poster_of
from tests.journeys.life import ANSWER, BARE, COMMUNITIES, Life, ground
from tests.portal.publicity.writing import CONTACT, NAME, WORDS

OBJECTED, WRONG, HIDDEN = 1, 2, 3
#: what `/verify/` answers, in both languages
MATCH = ("核对一致，与已发布的名单相同", "It agrees: this is the published list")
EARLIER = ("这是更正前的版本：该名单后来已更正", "An earlier edition: this list was corrected since")


@pytest.fixture
def life(
    scratch: str, tmp_path: Path, page: Page, phone: Page, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Life]:
    clock_file = tmp_path / "clock"
    clock_file.write_text("0")
    monkeypatch.setenv("DEMO_CLOCK_FILE", str(clock_file))  # of the server, and of the schedule beside it
    monkeypatch.setenv("EVIDENCE_ROOT", str(tmp_path / "evidence"))
    district = ground()
    with servers.serving(scratch, tmp_path / "server.log") as address:
        yield Life(page, phone, address, clock_file, district)


@pytest.mark.long
@pytest.mark.appearance
def test_the_whole_life_of_a_list(life: Life, scratch: str) -> None:
    life.be_at(1)
    publish(life)
    first = print_and_pin(life)
    period_begins_with_the_last_board(life)
    receipts = respond_in_four_kinds(life)
    extend_for_the_missing_board(life)
    answer_all(life, receipts)
    second = correct_what_was_wrong(life)
    check_the_paper(life, first, EARLIER)
    check_the_paper(life, second, MATCH)
    close_and_take_down(life, scratch)
    third = approve_and_announce(life)
    check_the_paper(life, third, MATCH)
    names_are_gone(life, scratch)
    for poster, words in ((first, EARLIER), (second, MATCH), (third, MATCH)):
        check_the_paper(life, poster, words)
    assert list(differences()) == []


# --- published, printed, pinned -------------------------------------------------------------------


def publish(life: Life) -> None:
    """The reviewer compiles, a second person publishes what was seen; the privacy check runs before."""
    life.sit(Role.STREET_REVIEWER, "101")
    life.go("lists/new/")
    life.press("button[name=match]")
    life.press("button[name=preview]")
    life.press()
    life.sit(Role.STREET_PUBLISHER, "101")
    life.go(f"lists/{life.list.code}/")
    life.follow("a[href$='/publish/']")
    life.press()
    life.go(f"lists/{life.list.code}/gate/")
    shown = life.remember_rows(life.list)
    assert len(shown) == 12
    assert gone.not_read(gone.forms_of_rows(life.list, life.address), shown) == []
    drawn = gone.seen_in_the_browser(life.phone, life.address, [life.list], shown)
    for path in (life.path, f"{life.path}screen/", "/screen/?street=101&kinds=gs,gg"):
        assert drawn[path] == drawn[f"/en{path}"] == shown


def print_and_pin(life: Life) -> Poster:
    """Each clerk records the printing; two of three pin the sheet up, with a photo.

    The poster kept is that of the third community, cut to its rows.
    """
    life.go(f"lists/{life.list.code}/")
    paper = life.page.locator(f"main a[href*='poster.pdf'][href*='{BARE}']").first.get_attribute("href")
    poster = poster_of(life.page.request.get(f"{life.address}{paper}").body())
    assert (poster.number, poster.code) == (life.list.number, life.list.check_code)
    for community in COMMUNITIES:
        life.sit(Role.COMMUNITY_CLERK, community)
        life.at_board(community, "printed")
        life.press()
        if community != BARE:
            life.pin_up(community)
    life.phone.goto(life.address + life.path)
    expect(life.phone.locator("main")).to_contain_text("3处公告栏中已张贴2处")
    assert life.list.starts_on is None
    return poster


def period_begins_with_the_last_board(life: Life) -> None:
    day = life.be_at(2)
    life.sit(Role.COMMUNITY_CLERK, BARE)
    life.pin_up(BARE)
    one = life.list
    assert one.starts_on == day and one.ends_on is not None and (one.ends_on - day).days == 6


def extend_for_the_missing_board(life: Life) -> None:
    """A second person finds the board bare; a day later the sheet hangs again: two days are added."""
    before = life.list.ends_on
    life.sit(Role.COMMUNITY_EXAMINER, BARE)
    life.at_board(BARE, "check")
    life.page.check("[name=seen][value=no]")
    life.take_photo()
    life.press()
    life.be_at(4)
    life.sit(Role.COMMUNITY_CLERK, BARE)
    life.at_board(BARE, "again")
    life.take_photo()
    life.press()
    life.at_board(BARE, "printed")  # its last day has changed
    life.press()
    after = life.list.ends_on
    assert before and after and (after - before).days == 2
    life.phone.goto(f"{life.address}/en{life.path}history/")
    expect(life.phone.locator("main")).to_contain_text("Extended by 2 days")


# --- answered -------------------------------------------------------------------------------------


def respond_in_four_kinds(life: Life) -> dict[str, tuple[str, str]]:
    """Four residents, two of them in English; returns the receipts by kind."""
    life.be_at(3)
    codes = {row: life.entry(row).row_code for row in (WRONG, HIDDEN)}
    return {
        ResponseKind.NOT_ELIGIBLE: life.respond("not-eligible", row=str(OBJECTED)),
        ResponseKind.LEFT_OUT: life.respond("left-out", community="10102", prefix="/en"),
        ResponseKind.WRONG_DATA: life.respond("wrong-data", row=codes[WRONG]),
        ResponseKind.WITHHOLD_NAME: life.respond("withhold-name", row=codes[HIDDEN], prefix="/en"),
    }


def answer_all(life: Life, receipts: dict[str, tuple[str, str]]) -> None:
    """Each kind in its own queue; the objection by the street's new opinion, after a democratic review."""
    life.sit(Role.COMMUNITY_CLERK, "10102")
    life.answer(receipts[ResponseKind.LEFT_OUT], upheld=True, reason="told-how")
    life.sit(Role.STREET_ACCEPTOR, "101")
    life.answer(receipts[ResponseKind.WRONG_DATA], upheld=True, reason="entered-wrongly")
    life.sit(Role.DISTRICT_APPROVER)
    life.answer(receipts[ResponseKind.WITHHOLD_NAME], upheld=True, reason="safety")
    case = life.case_of(OBJECTED)
    assert Application.objects.get(number=case).state == "under-reinvestigation"
    life.sit(Role.STREET_REVIEWER, "101")
    life.go(f"cases/{case}/democratic-review/")
    life.fill(participants="9", representatives="6", votes_for="8", votes_against="1")
    life.fill(minutes="逐一发言后表决。")
    life.press()
    life.go(f"cases/{case}/new-opinion/")
    life.page.check("[name=recommended][value=yes]")
    life.fill(words="经民主评议，符合条件。", answer="经再次调查核实，符合条件。")
    life.press()
    for kind, receipt in receipts.items():
        expected = "经再次调查核实，符合条件。" if kind == ResponseKind.NOT_ELIGIBLE else ANSWER
        assert expected in life.look_up(receipt), kind
    answered = dict(Response.objects.values_list("kind", "state"))
    assert answered == {
        ResponseKind.NOT_ELIGIBLE: "rejected",
        ResponseKind.LEFT_OUT: "upheld",
        ResponseKind.WRONG_DATA: "upheld",
        ResponseKind.WITHHOLD_NAME: "upheld",
    }


# --- corrected ------------------------------------------------------------------------------------


def correct_what_was_wrong(life: Life) -> Poster:
    """The amount is rectified in its case, then the list twice corrected: the amount, the name."""
    life.be_at(5)
    life.go(f"cases/{life.case_of(WRONG)}/rectify/")
    life.fill(amount="512.00", words="录入时看错一行，金额有误。")
    life.press()
    life.correct(WRONG, "entered-wrongly", "第2行金额录入有误，现予更正。", "The amount in row 2 was wrong.")
    life.remember_rows(life.list)
    life.correct(
        HIDDEN, "name-withheld", "第3行姓名依申请不公开。", "The name in row 3 is withheld on request."
    )
    assert life.list.edition == 3
    for prefix, words in (("", "512"), ("/en", "512")):
        life.phone.goto(f"{life.address}{prefix}{life.path}corrections/2/")
        expect(life.phone.locator("main ins").first).to_contain_text(words)
    poster = poster_of(life.page.request.get(f"{life.address}{life.path}poster.pdf?size=a3").body())
    assert poster.code == life.list.check_code
    return poster


def check_the_paper(life: Life, poster: Poster, words: tuple[str, str]) -> None:
    """By the address in its QR code, then by number and check code typed on a telephone in English."""
    one = PublicList.objects.get(number=poster.number)
    digests = [one.digest, *one.corrections.exclude(digest_before="").values_list("digest_before", flat=True)]
    [address] = [
        address
        for address in (f"{life.address}/verify/{one.number}/{digest}" for digest in digests)
        if poster.leads_to(address)
    ]
    life.phone.goto(address)
    expect(life.phone.locator("#status")).to_have_text(words[0])
    life.phone.goto(f"{life.address}/en/verify/")
    life.phone.fill("[name=number]", poster.number)
    life.phone.fill("[name=code]", poster.code.lower())
    with life.phone.expect_navigation():
        life.phone.locator("main form button").first.click()
    expect(life.phone.locator("#status")).to_have_text(words[1])


# --- closed, announced, forgotten -----------------------------------------------------------------


def close_and_take_down(life: Life, scratch: str) -> None:
    """The publisher closes; the corrected row has days of its own, after which the schedule closes it too."""
    ends_on = life.list.ends_on
    assert ends_on is not None
    life.be_at((ends_on - life.be_at(0)).days + 1)
    life.sit(Role.STREET_PUBLISHER, "101")
    life.go(f"lists/{life.list.code}/close/")
    life.press()
    for community in COMMUNITIES:
        life.sit(Role.COMMUNITY_CLERK, community)
        life.at_board(community, "down")
        life.take_photo()
        life.press()
    until = life.list.names_until
    assert until is not None and until == ends_on + timedelta(days=1)
    late = gone.still_read(gone.forms_of_rows(life.list, life.address), life.shown)
    assert {text for _path, text in late} == life.words_of(WRONG)
    life.be_at((until - life.be_at(0)).days + 1)
    tick(scratch)
    assert not PublicRow.objects.exists()


def tick(database: str) -> None:
    """One round of the schedule, in a process of its own, at the server's time."""
    done = servers.manage(database, "tick")
    assert done.returncode == 0, done.stderr


def approve_and_announce(life: Life) -> Poster:
    """The district approves all six at once, a second person announces; names are public again."""
    life.sit(Role.DISTRICT_APPROVER)
    life.go("approve-many/?all=1")
    life.fill(count="6")
    life.press()
    life.sit(Role.DISTRICT_ANNOUNCER)
    life.go("announce/?street=101")
    life.press()
    made = PublicList.objects.get(kind="gg")
    shown = life.remember_rows(made)
    assert len(shown) == 11 and life.list.state == "announced"  # one name is withheld
    assert gone.not_read(gone.forms_of_rows(made, life.address), shown) == []
    life.hang_a_screen()
    return poster_of(life.page.request.get(f"{life.address}/announcements/{made.number}/poster.pdf").body())


def names_are_gone(life: Life, scratch: str) -> None:
    """After the last day: hidden by reading alone, then deleted by the schedule; nothing is left to read."""
    made = PublicList.objects.get(kind="gg")
    assert made.names_until is not None
    life.be_at((made.names_until - life.be_at(0)).days + 1, hour=1)
    lists, said = [life.list, made], {*NAMES, NAME, WORDS, CONTACT}
    assert len(life.shown) == 12
    life.screen_drops_its_names()
    assert gone.still_read(gone.whole_site(life.address), life.shown | said) == []
    tick(scratch)
    assert not PublicRow.objects.exists()
    crawl = gone.whole_site(life.address)
    assert gone.still_read(crawl, life.shown | said) == []
    for one in lists:
        told = {form: crawl.statuses[gone.section_of(one) + form] for form in gone.GONE}
        assert set(told.values()) == {410}, told
    for page in (life.phone, life.page):
        assert gone.seen_in_the_browser(page, life.address, lists, life.shown | said) == {}
