"""One case from the counter to the announcement, in a real browser, each officer signing in in turn."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from relief.applications.models import Application
from relief.awards.models import AwardPeriod
from relief.households.id_number import make_demo_id
from relief.officers.models import Officer, Role
from relief.publicity.models import PublicList
from relief.trail import clock
from relief.trail.models import Event
from relief.trail.verify import differences
from tests import servers
from tests.factories.district import PASSWORD, District, make_district

DAY_S = 24 * 60 * 60
CODES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d{3}-\d{5}")
MEMBERS = (("王小英", (1961, 3, 5), "head"), ("王明", (1995, 7, 9), "child"))


class Desk:
    """The browser at the desk of the moved site."""

    def __init__(self, page: Page, address: str, clock_file: Path, axe: Callable[..., list[str]]) -> None:
        self.page, self.address, self._clock, self._axe = page, address, clock_file, axe
        self._seen: list[tuple[str, list[str]]] = []

    def days_later(self, days: int) -> None:
        self._clock.write_text(str(days * DAY_S))

    def sign_in(self, officer: Officer) -> None:
        """Leave the seat to another officer."""
        leave = self.page.locator("form[action='/desk/sign-out/'] button")
        if leave.count():
            with self.page.expect_navigation():
                leave.click()
        self.go("sign-in/")
        self.page.fill("[name=username]", officer.account.username)
        self.page.fill("[name=password]", PASSWORD)
        self.press()
        assert self.page.url == f"{self.address}/desk/"
        self.look()

    def go(self, where: str) -> None:
        answer = self.page.goto(f"{self.address}/desk/{where}")
        assert answer is not None and answer.ok, f"{where}: {answer and answer.status}"
        self.look()

    def follow(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(f"main {selector}").first.click()
        self.look()

    def press(self, selector: str = "form button.govuk-button:not([name])") -> None:
        """Press the main button of the page and see that nothing was refused."""
        with self.page.expect_navigation():
            self.page.locator(f"main {selector}").last.click()
        refused = self.page.locator(".govuk-error-summary, .cap-reasons[role=alert]:not(.cap-alarm)")
        assert refused.count() == 0, refused.first.inner_text()
        self.look()

    def fill(self, **answers: str) -> None:
        for name, value in answers.items():
            self.page.fill(f"[name='{name}']", value)

    def look(self) -> None:
        """No accessibility fault and no sideways scroll, at the desk and on a phone; once for each screen."""
        screen = (
            CODES.sub("*", urlsplit(self.page.url).path),
            self.page.locator("h1 .govuk-tag").all_inner_texts(),
        )
        if screen in self._seen:
            return
        self._seen.append(screen)
        for width in (390, 1280):
            self.page.set_viewport_size({"width": width, "height": 900})
            assert self._axe(self.page, width != 390) == [], f"{self.page.url} at {width}"
            assert not self.page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            ), f"{self.page.url} scrolls sideways at {width}"


@pytest.fixture
def desk(scratch: str, tmp_path: Path, page: Page, axe: Callable[..., list[str]]) -> Iterator[Desk]:
    clock_file = tmp_path / "clock"
    clock_file.write_text("0")
    with servers.serving(scratch, tmp_path / "server.log", DEMO_CLOCK_FILE=str(clock_file)) as address:
        yield Desk(page, address, clock_file, axe)


@pytest.mark.appearance
def test_one_case_from_draft_to_announced(desk: Desk) -> None:
    district = make_district()
    ref = hand_in(desk, district)
    accept_and_examine(desk, district, ref)
    check_and_review(desk, district, ref)
    number = publish_and_post(desk, district)
    desk.days_later(8)
    close_approve_announce(desk, district, ref)
    case = Application.objects.get(number=ref)
    assert (case.state, case.recommended) == ("announced", True)
    announcement = PublicList.objects.get(kind="gg")
    assert PublicList.objects.get(number=number).state == "announced"
    assert AwardPeriod.objects.get(award__household=case.household).amount == case.decided_amount
    acts = list(Event.objects.filter(subject_code=case.code).order_by("pk").values_list("act", flat=True))
    assert " ".join(acts) == (
        "open-draft income submit accept visit examine cross-check visit income review"
        " match-registers publish close approve announce"
    )
    assert list(differences()) == []
    shown = desk.page.request.get(f"{desk.address}/announcements/{announcement.number}/").text()
    assert case.row_code in shown
    assert MEMBERS[0][0] not in shown


def hand_in(desk: Desk, district: District) -> str:
    """The community's clerk enters a household of two and submits; returns the case number."""
    desk.sign_in(district.officer(Role.COMMUNITY_CLERK, "10101"))
    desk.go("intake/")
    numbers = [make_demo_id(clock.today().replace(*birth), n) for n, (_n, birth, _r) in enumerate(MEMBERS, 1)]
    desk.fill(id_number=numbers[0])
    desk.press()
    desk.fill(address="安宁里 3 号楼 201 室", phone="13900000000")
    desk.press("button[name=add]")
    for index, (name, _birth, relation) in enumerate(MEMBERS):
        desk.fill(**{f"members-{index}-name": name, f"members-{index}-id_number": numbers[index]})
        desk.page.select_option(f"[name='members-{index}-relation']", relation)
    desk.press("form[action$='/household/'] > button.govuk-button")
    desk.press()
    desk.follow("a[href$='/income/']")
    desk.fill(wages="400")
    desk.press()
    desk.follow("a[href$='/submit/']")
    desk.page.check("[name=signed]")
    desk.press()
    assert desk.page.url.endswith("/receipt/")
    return desk.page.url.split("/")[-3]


def accept_and_examine(desk: Desk, district: District, ref: str) -> None:
    """The street accepts; the community visits and gives its opinion."""
    desk.sign_in(district.officer(Role.STREET_ACCEPTOR, "101"))
    desk.go("queue/")
    desk.follow(f"a[href='/desk/cases/{ref}/']")
    desk.follow("a[href$='/accept/']")
    desk.press()
    desk.sign_in(district.officer(Role.COMMUNITY_EXAMINER, "10101"))
    visit(desk, ref)
    desk.follow("a[href$='/examine/']")
    desk.page.check("[name=favourable][value=yes]")
    desk.fill(words="情况属实。")
    desk.press()


def visit(desk: Desk, ref: str) -> None:
    desk.go(f"cases/{ref}/")
    desk.follow("a[href$='/visit/']")
    desk.fill(visitor_2="同行人员", findings="住房一间，生活简朴。")
    desk.page.check("[name=all_signed]")
    desk.press()


def check_and_review(desk: Desk, district: District, ref: str) -> None:
    """The district checks the data; the street visits, verifies the income and recommends."""
    desk.sign_in(district.officer(Role.DISTRICT_CHECKER))
    desk.go("queue/")
    desk.follow(f"a[href='/desk/cases/{ref}/']")
    desk.follow("a[href$='/cross-check/']")
    desk.page.check("[name=result][value=consistent]")
    desk.press()
    desk.sign_in(district.officer(Role.STREET_REVIEWER, "101"))
    visit(desk, ref)
    desk.follow("a[href$='/income/']")
    desk.fill(wages="430")
    desk.press()
    desk.follow("a[href$='/review/']")
    desk.page.check("[name=recommended][value=yes]")
    desk.fill(words="符合条件，建议予以确认。")
    desk.press()


def publish_and_post(desk: Desk, district: District) -> str:
    """The reviewer compiles, a second person publishes and posts; returns the list's number."""
    desk.go("lists/")
    desk.follow("a[href='/desk/lists/new/']")
    desk.press("button[name=match]")
    desk.press("button[name=preview]")
    seen = desk.page.locator(".cap-preview tbody").inner_text()
    desk.press()
    desk.sign_in(district.officer(Role.STREET_PUBLISHER, "101"))
    desk.go("lists/")
    desk.follow("th a")
    desk.follow("a[href$='/publish/']")
    desk.press()
    assert desk.page.locator(".cap-preview tbody").inner_text() == seen
    desk.follow("a[href*='/post/']")
    desk.press()
    assert desk.page.locator("a[href*='/post/']").count() == 0
    return PublicList.objects.get(kind="gs").number or ""


def close_approve_announce(desk: Desk, district: District, ref: str) -> None:
    """After the period: close, decide, announce."""
    desk.go("lists/")
    desk.follow("th a")
    desk.follow("a[href$='/close/']")
    desk.press()
    desk.sign_in(district.officer(Role.DISTRICT_APPROVER))
    desk.go("queue/")
    desk.follow(f"a[href='/desk/cases/{ref}/']")
    desk.follow("a[href$='/approve/']")
    desk.press()
    desk.sign_in(district.officer(Role.DISTRICT_ANNOUNCER))
    desk.go("announce/?street=101")
    desk.press()
