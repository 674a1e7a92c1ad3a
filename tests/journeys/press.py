"""The CMS in a browser: whoever sits there writes, hands in, reviews and withdraws as its users do."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from relief.officers.models import Officer
from tests.factories.district import PASSWORD


class Press:
    """The editorial desk in one browser, the public on a telephone in another."""

    def __init__(self, page: Page, phone: Page, address: str, folder: Path) -> None:
        self.page, self.phone, self.address, self.folder = page, phone, address, folder

    # --- getting about ---------------------------------------------------------------------------

    def sit(self, officer: Officer) -> None:
        """Take the seat, whoever held it before."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/desk/sign-in/")
        self.page.fill("[name=username]", officer.account.username)
        self.page.fill("[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.press("[name=password]", "Enter")

    def go(self, where: str) -> None:
        answer = self.page.goto(f"{self.address}/cms/{where}")
        assert answer is not None and answer.ok, f"{where}: {answer and answer.status}"

    def press(self, button: Locator) -> None:
        with self.page.expect_navigation():
            button.click()

    def told(self, words: str) -> None:
        """The screen says that it was done."""
        expect(self.page.locator(".messages")).to_contain_text(words)

    # --- writing ---------------------------------------------------------------------------------

    def begin(self, page_type: str, parent: int, **fields: str) -> None:
        """Open the form of a new page and fill its plain fields in."""
        self.go(f"pages/add/portal/{page_type}/{parent}/")
        self.fill(**fields)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            field = self.page.locator(f"#id_{name}")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).first.click()

    def add_block(self, kind: str) -> Locator:
        """Append a block of the body, chosen by its name; returns it."""
        plus = self.page.locator("form .c-sf-add-button").last
        plus.focus()
        plus.press("Enter")
        self.page.get_by_role("option", name=kind, exact=True).click()
        return self.page.locator("[data-streamfield-child]").last

    def write(self, block: Locator, words: str) -> None:
        """Type into a block of running text, in place of what stands there."""
        field = block.get_by_role("textbox").first
        field.click()
        field.press("Control+a")
        field.press_sequentially(words)
        kept = block.locator("input[type=hidden][name$='-value']").first
        expect(kept).to_have_value(re.compile(re.escape(words)))

    def attach(self, block: Locator, file: Path, title: str) -> None:
        """Upload a file in the window of the attachments block, and choose it."""
        block.locator("[id$=document-chooser] button:visible").first.click()
        window = self.page.locator(".modal-dialog")
        window.locator("a[role=tab][href='#tab-upload']").click()
        window.locator("input[name$=title]").fill(title)
        window.locator("input[type=file]").set_input_files(file)
        window.locator("#tab-upload [type=submit]").click()
        expect(window).to_have_count(0)

    def choose_page(self, section: str, title: str) -> None:
        """Add a row of a relation and choose its page in the tree."""
        if not self.page.locator(f"[id^=id_{section}-0]").count():
            self.page.locator(f"#id_{section}-ADD").click()
        chooser = self.page.locator(f"[id^=id_{section}-0][id$=-chooser] button:visible").first
        chooser.press("Enter")  # by key: the first click after a date only closes its calendar
        window = self.page.locator(".modal-dialog")
        window.locator("input[name=q]").fill(title)
        window.locator("a[data-chooser-modal-choice], a.choose-page").filter(has_text=title).first.click()
        expect(window).to_have_count(0)

    def replace_file(self, document: int, file: Path) -> None:
        """Give a document another file; the texts that carry it go on offering the old one."""
        self.go(f"documents/edit/{document}/")
        self.page.set_input_files("#id_file", file)
        self.press(self.page.locator("main form [type=submit]").first)

    def save_draft(self) -> int:
        """Save what is typed; returns the page's number."""
        self.press(self.page.locator("button.action-save"))
        found = re.search(r"/pages/(\d+)/edit/", self.page.url)
        assert found, self.page.locator(".messages").inner_text()
        return int(found[1])

    def hand_in(self) -> None:
        self.page.locator("footer .w-dropdown__toggle").click()
        self.press(self.page.locator("button[name=action-submit]"))

    # --- deciding --------------------------------------------------------------------------------

    def open_review(self, page_id: int) -> None:
        """From the list of what waits to the review of one text."""
        self.go("publishing/")
        self.press(self.page.locator(f"main a[href$='/publishing/review/{page_id}/']").first)

    def passes(self) -> None:
        self.press(self.page.locator("button[name=decision][value=pass]"))

    # --- the public ------------------------------------------------------------------------------

    def public(self, path: str) -> Locator:
        """What a reader with a telephone sees at an address, which answers 200."""
        answer = self.phone.goto(self.address + path)
        assert answer is not None and answer.status == 200, f"{path}: {answer and answer.status}"
        return self.phone.locator("main")

    def status_of(self, path: str) -> int:
        return self.phone.request.get(self.address + path).status
