"""A real browser: Debian's Chromium driven by Playwright, nothing downloaded.

Every page watches itself: a request to another host, a script error or a console error fails the test.
"""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FULL_RUN = os.environ.get("FULL", "") not in ("", "0")
__all__ = ["axe", "browser", "page", "phone", "watched"]

HOME = ("127.0.0.1", "localhost")
FLAGS = [
    f"--host-resolver-rules=MAP * ~NOTFOUND, {', '.join(f'EXCLUDE {host}' for host in HOME)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser per worker; CHROMIUM names another program than /usr/bin/chromium."""
    # Playwright keeps an event loop in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS, headless=True
        )
        yield program
        program.close()


@pytest.fixture
def watched() -> Iterator[list[str]]:
    """What the pages of this test complained of; a test that provokes a complaint clears the list."""
    complaints: list[str] = []
    yield complaints
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(browser: Browser, watched: list[str]) -> Iterator[Page]:
    """A page as wide as a desk screen, in Chinese."""
    yield from _page(browser, watched, viewport={"width": 1280, "height": 900})


@pytest.fixture
def phone(browser: Browser, watched: list[str]) -> Iterator[Page]:
    """A page as wide as a telephone, with touch."""
    yield from _page(browser, watched, viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)


def _page(browser: Browser, complaints: list[str], **options: object) -> Iterator[Page]:
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce", **options
    )
    context.set_default_timeout(15_000)
    _keep_at_home(context, complaints)
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    opened.on("console", lambda words: words.type == "error" and complaints.append(f"console: {words.text}"))
    yield opened
    context.close()


def _keep_at_home(context: BrowserContext, complaints: list[str]) -> None:
    """Complains of any request to another machine; the browser knows the address of none (FLAGS)."""

    def look(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in HOME:
            complaints.append(f"third-party request: {request.url}")

    context.on("request", look)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Lists a page's accessibility faults by axe-core, WCAG 2.2 AA included: one line each."""
    # target-size is WCAG 2.2's, off by default; to tell what is right as well would take most of the time
    judge = """colours => axe.run({
        rules: {"target-size": {enabled: true}, "color-contrast": {enabled: colours}},
        resultTypes: ["violations"],
    }).then(found => found.violations.flatMap(fault => fault.nodes.map(node => [fault.id, node.html])))"""

    def faults(page: Page, again: bool = False) -> list[str]:
        """`again`: its colours were judged at another width or in the other language (FULL=1: once more).

        They take two thirds of the time, and no width and no language has colours of its own.
        """
        page.wait_for_load_state("load")  # judged before its style sheet came, every target is too small
        if not page.evaluate("'axe' in window"):
            page.context.add_init_script(AXE_SCRIPT)  # later pages have it: half a megabyte is sent once
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(judge, FULL_RUN or not again)
        return [f"{rule}: {html[:160]}" for rule, html in found]

    return faults
