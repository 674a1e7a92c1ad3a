"""One list and the people around it: officers at the desk, residents with a telephone, the server's clock.

The ground (a street with three communities, six households reviewed) comes from the factories; every act on
the list itself is done on the site's own pages.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from relief.officers.models import LEVEL_OF, Role
from relief.places.models import Level
from relief.places.set_up import enter_area, enter_board
from relief.publicity.editions import current_entries
from relief.publicity.models import Entry, PublicList, PublicRow
from relief.trail import clock
from tests.factories import cases, stages
from tests.factories.district import District, make_district, seat_officer
from tests.factories.pages import make_pages
from tests.journeys.test_browser_case import Desk
from tests.portal.publicity.writing import CONTACT, NAME, WORDS
from tests.relief.confidential.pictures import photo

#: a Monday in March; no holiday lies between it and the last day of the journey that counts working days
START = stages.DAY
COMMUNITIES = ("10101", "10102", "10103")
BARE = COMMUNITIES[-1]
SCREEN_ROWS = "#list tbody tr"
ANSWER = "已核实，现予答复。"


def ground() -> District:
    """A street of three communities, two reviewed households in each, and the two indexes of the site."""
    with stages.on(START):
        district = make_district()
        district.areas[BARE] = enter_area(BARE, name_zh="北园社区", name_en="Beiyuan Community")
        district.boards[BARE] = enter_board(
            district.areas[BARE], name_zh="北园社区公告栏", name_en="Beiyuan board"
        )
        for role in (role for role, level in LEVEL_OF.items() if level == Level.COMMUNITY):
            seat_officer(district, role, BARE)
        for index in range(6):
            cases.reviewed(district, COMMUNITIES[index % 3])
    make_pages()
    return district


def _read_in(found: PublicRow) -> set[str]:
    """A row's code, and its name unless that is withheld."""
    return {text for text in (found.row["code"], found.row["name"]) if not text.startswith("withheld")}


class Life(Desk):
    """The desk in a browser of its own, the street in another; both live on the server's moved clock."""

    def __init__(self, page: Page, phone: Page, address: str, clock_file: Path, district: District) -> None:
        super().__init__(page, address, clock_file, axe=lambda _page: [])
        self.phone, self.hall, self.district = phone, phone.context.new_page(), district
        self._photos = 0
        #: what stood in the rows that were public, of every edition and list: never to be read afterwards
        self.shown: set[str] = set()

    def look(self) -> None:
        """Nothing: the tests of the single pages judge how they look; this one asks what they do."""

    # --- the clock and the seats -----------------------------------------------------------------

    def be_at(self, days: int, hour: int = 9) -> date:
        """Let the server live on the day so many days after the start; returns it."""
        day = START + timedelta(days=days)
        self._clock.write_text(str((clock.at(day, hour) - clock.now()).total_seconds()))
        return day

    def sit(self, role: Role, area: str = "") -> None:
        self.sign_in(self.district.officer(role, area))

    # --- the list --------------------------------------------------------------------------------

    @property
    def list(self) -> PublicList:
        """The list before approval, read anew."""
        return PublicList.objects.get(kind="gs")

    @property
    def path(self) -> str:
        return f"/publicity/{self.list.number}/"

    def entry(self, row: int) -> Entry:
        return current_entries(self.list).get(row_number=row)

    def case_of(self, row: int) -> str:
        """The number of the case that stands in a row."""
        found = cases.Application.objects.get(pk=self.entry(row).application_id)
        assert found.number
        return found.number

    def remember_rows(self, one: PublicList) -> set[str]:
        """Row codes and masked names as the public reads them now, kept for the end."""
        now = set().union(*map(_read_in, PublicRow.objects.filter(public_list=one, current=True)))
        self.shown |= now
        return now

    def words_of(self, row: int) -> set[str]:
        """The same of one row of the list before approval."""
        return _read_in(PublicRow.objects.get(public_list=self.list, current=True, row_number=row))

    # --- at the boards ---------------------------------------------------------------------------

    def at_board(self, community: str, what: str) -> None:
        """Open the page of an act at the board of a community."""
        code = self.district.boards[community].code
        where = f"post/{code}/" if what == "post" else f"boards/{code}/{what}/"
        self.go(f"lists/{self.list.code}/{where}")

    def take_photo(self) -> None:
        """Choose a photo that nobody has used before."""
        self._photos += 1
        file = {"name": "board.jpg", "mimeType": "image/jpeg", "buffer": photo(self._photos)}
        self.page.set_input_files("[name=photo]", file)

    def pin_up(self, community: str) -> None:
        self.at_board(community, "post")
        self.take_photo()
        self.press()

    # --- in the hall -----------------------------------------------------------------------------

    def hang_a_screen(self) -> None:
        """A big screen, opened while names are shown and never loaded again."""
        self.hall.goto(f"{self.address}/screen/?street=101&kinds=gs,gg")
        expect(self.hall.locator("#check")).to_have_text("与屏上内容核对一致")
        assert self.hall.locator(SCREEN_ROWS).count() > 0

    def screen_drops_its_names(self) -> None:
        """At the server's next answer."""
        with self.hall.expect_response("**/screen.json*"):
            self.hall.evaluate("dispatchEvent(new Event('online'))")
        expect(self.hall.locator(SCREEN_ROWS)).to_have_count(0)
        expect(self.hall.locator("#notice h2")).to_be_visible()

    # --- a resident ------------------------------------------------------------------------------

    def respond(self, kind: str, *, row: str = "", community: str = "", prefix: str = "") -> tuple[str, str]:
        """Answer one question after the other, on a telephone; returns the receipt's number and code."""
        phone = self.phone
        phone.goto(f"{self.address}{prefix}{self.path}")
        self._onward(f"main a[href$='{self.path}respond/']")
        self._onward()
        phone.check(f"[name=kind][value='{kind}']")
        self._onward()
        if community:
            phone.check(f"[name=community][value='{community}']")
        else:
            phone.fill("[name=row]", row)
        self._onward()
        phone.fill("[name=words]", WORDS)
        self._onward()
        phone.check("[name=about_staff][value=no]")
        self._onward()
        phone.check("[name=named][value=yes]")
        self._onward()
        phone.fill("[name=name]", NAME)
        phone.fill("[name=contact]", f"{CONTACT} {kind}")
        self._onward()
        if phone.locator("input[type=file]").count():
            self._onward()
        self._onward()
        number = phone.locator("#receipt ~ p strong").inner_text()
        code = phone.locator(".cap-code--short [aria-hidden]").inner_text()
        self._onward("button[name=again]")
        return number, code

    def look_up(self, receipt: tuple[str, str]) -> str:
        """What the holder of a receipt reads."""
        self.phone.goto(f"{self.address}/responses/")
        self.phone.fill("[name=number]", receipt[0])
        self.phone.fill("[name=code]", receipt[1])
        self._onward()
        return self.phone.locator("main").inner_text()

    def _onward(self, selector: str = "main form button") -> None:
        with self.phone.expect_navigation():
            self.phone.locator(selector).first.click()
        refused = self.phone.locator(".govuk-error-summary")
        assert refused.count() == 0, refused.first.inner_text()

    # --- its answer ------------------------------------------------------------------------------

    def answer(self, receipt: tuple[str, str], *, upheld: bool, reason: str) -> None:
        """Whoever sits at the desk finds it in the queue and answers."""
        self.go("responses/")
        self.follow(f"tbody a:text-is('{receipt[0]}')")
        self.follow("a[href$='/answer/']")
        self.page.check(f"[name=upheld][value={'yes' if upheld else 'no'}]")
        self.page.select_option("[name=reason_class]", reason)
        self.fill(words=ANSWER)
        self.press()

    def correct(self, row: int, why: str, zh: str, en: str) -> None:
        """The reviewer proposes after looking at old and new; the publisher approves as the second person."""
        at = f"lists/{self.list.code}/correct/"
        self.sit(Role.STREET_REVIEWER, "101")
        self.go(at)
        self.page.check(f"[name=changed][value='{row}']")
        self.page.select_option("[name=why_changed]", why)
        self.fill(note_zh=zh, note_en=en)
        self.press("form button[name=preview]")
        assert self.page.locator(".cap-diff").count()
        self.press()
        self.sit(Role.STREET_PUBLISHER, "101")
        self.go(f"{at}approve/")
        self.press()
