"""A sheet on a telephone at the board: pinned, checked, missing, pinned again, taken down, with photos."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from relief.officers.models import Role
from relief.publicity.evidence_models import BoardPhoto, BoardStep
from relief.publicity.models import PublicList
from relief.trail.verify import differences
from tests import servers
from tests.factories import cases
from tests.factories.district import make_district
from tests.journeys.test_browser_case import Desk
from tests.relief.confidential.pictures import photo

A = "10101"


@pytest.fixture
def desk(scratch: str, tmp_path: Path, phone: Page, axe: Callable[[Page], list[str]]) -> Iterator[Desk]:
    clock_file = tmp_path / "clock"
    clock_file.write_text("0")
    with servers.serving(scratch, tmp_path / "server.log", DEMO_CLOCK_FILE=str(clock_file)) as address:
        yield Desk(phone, address, clock_file, axe)


def show(desk: Desk, number: int) -> None:
    """Choose a photo, as the camera of the telephone would."""
    file = {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": photo(number)}
    assert desk.page.get_attribute("[name=photo]", "capture") == "environment"
    desk.page.set_input_files("[name=photo]", file)


@pytest.mark.appearance
def test_one_sheet_from_the_wall_to_the_bin(desk: Desk, watched: list[str]) -> None:
    district = make_district()
    cases.reviewed(district)
    one = cases.published(district)
    clerk, examiner = (district.officer(role, A) for role in (Role.COMMUNITY_CLERK, Role.COMMUNITY_EXAMINER))

    desk.sign_in(clerk)
    desk.follow("a[href='/desk/boards/']")
    desk.follow("a[href$='/printed/']")
    desk.press()
    desk.follow(f"a[href*='/post/{district.boards[A].code}']")
    show(desk, 1)
    desk.press()
    one.refresh_from_db()
    first_end = one.ends_on
    assert one.starts_on and first_end

    desk.sign_in(examiner)
    look_twice(desk, one, f"lists/{one.code}/boards/{district.boards[A].code}/check/", watched)
    desk.sign_in(clerk)
    desk.go("boards/")
    desk.follow("a[href$='/again/']")
    show(desk, 4)
    desk.press()
    desk.look()
    one.refresh_from_db()
    assert one.ends_on and (one.ends_on - first_end).days == 1
    desk.follow("a[href*='/photos/']")
    shown = desk.page.locator("main img")
    assert shown.evaluate("image => image.complete && image.naturalWidth > 0")
    come_down(desk, one)


def look_twice(desk: Desk, one: PublicList, check: str, watched: list[str]) -> None:
    """The examiner: a photo used before is refused; then it hangs there, then it is missing."""
    desk.go(check)
    desk.page.check("[name=seen][value=yes]")
    show(desk, 1)  # the clerk's own photo again
    with desk.page.expect_navigation():
        desk.page.locator("main form button.govuk-button").last.click()
    expect(desk.page.locator(".govuk-error-summary")).to_contain_text(one.number or "")
    watched.clear()  # that answer was refused on purpose
    show(desk, 2)
    desk.press()
    desk.go(check)
    desk.page.check("[name=seen][value=no]")
    show(desk, 3)
    desk.press()


def come_down(desk: Desk, one: PublicList) -> None:
    """After the new last day the clerk takes the sheet down, and nothing is left to do."""
    desk.days_later(9)
    desk.page.goto(f"{desk.address}/desk/boards/")
    desk.follow("a[href$='/down/']")
    show(desk, 5)
    desk.press()
    desk.go("boards/")
    assert desk.page.locator("main a[href$='/down/']").count() == 0
    assert one.board_evidence.filter(step=BoardStep.TAKEN_DOWN, photo__isnull=False).count() == 1
    assert BoardPhoto.objects.filter(public_list=one).count() == 5
    assert list(differences()) == []
