"""Every component draws, in both languages and modes, without accessibility faults or sideways scroll."""

import gzip
import mimetypes
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.test import Client
from playwright.sync_api import Page

pytestmark = [pytest.mark.urls("tests.portal.gallery"), pytest.mark.usefixtures("no_particulars")]

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = ["/", "/en/", "/desk/queue/", "/desk/queue/?faulty"]
WIDTHS = (1280, 390, 320)
MODES = ["", "large", "contrast"]
FIRST_VISIT_LIMIT = 40 * 1024  # bytes, gzip
TEXT_SPACING = "* {line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"


def with_mode(address: str, mode: str) -> str:
    return address + (("&" if "?" in address else "?") + f"ui={mode}" if mode else "")


def show(page: Page, address: str, more_css: str = "") -> None:
    """Opens an address of the gallery in the browser; Django answers in this process, without a server."""

    def answer(route, request) -> None:
        parts = urlsplit(request.url)
        if parts.path.startswith("/static/"):
            file = finders.find(parts.path.removeprefix("/static/"))
            body = Path(file).read_bytes() + (more_css.encode() if file.endswith("cap.css") else b"")
            return route.fulfill(body=body, content_type=mimetypes.guess_type(parts.path)[0])
        response = Client().get(f"{parts.path}?{parts.query}")
        headers = {name: value for name, value in response.items() if name.lower() != "content-length"}
        return route.fulfill(status=response.status_code, headers=headers, body=response.content)

    page.unroute_all()
    page.route("**/*", answer)
    page.goto(f"http://localhost{address}")


@pytest.mark.parametrize("address", [*PAGES, *(f"/?phase={phase}" for phase in ("extended", "closed"))])
def test_components_draw(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 200
    assert "{%" not in response.content.decode()


@pytest.mark.parametrize("phase", ["running", "extended", "closed", "announced", "expired", "withdrawn"])
def test_every_phase_of_a_list_has_its_own_words(phase: str) -> None:
    text = Client().get(f"/en/?phase={phase}").content.decode()
    heading = {
        "running": "<strong>5</strong> days left",
        "extended": "The period was extended.",
        "closed": "The period has ended",
        "announced": "Decided and announced",
        "expired": "The names are no longer shown",
        "withdrawn": "This list was withdrawn",
    }
    assert heading[phase] in text


@pytest.mark.parametrize("address", PAGES)
def test_no_inline_style_or_script(address: str) -> None:
    text = Client().get(address).content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert re.sub(r'<script src="[^"]+" defer></script>', "", text).count("<script") == 0


def test_errors_come_first_and_are_named_in_the_title() -> None:
    text = Client().get("/desk/queue/?faulty").content.decode()
    assert text.index("govuk-error-summary") < text.index("<h1")
    assert 'href="#id_name"' in text
    assert 'href="#id_kind_0"' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text


def test_first_visit_of_a_list_of_forty_is_small() -> None:
    assert Client().get("/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"
    parts = [Client().get("/").content]
    parts += [
        Path(finders.find(f"cap/{name}")).read_bytes() for name in ("portal.css", "cap.css", "icon.svg")
    ]
    assert sum(len(gzip.compress(part, 6)) for part in parts) <= FIRST_VISIT_LIMIT


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_static_error_pages_need_no_context(name: str) -> None:
    text = get_template(name).render()
    assert 'lang="zh-CN"' in text
    assert 'lang="en"' in text


def test_every_template_says_what_it_needs() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "{% comment %}" in text[:200], f"{path.name} does not name its variables on top"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_accessible(page: Page, axe: Callable[..., list[str]], address: str, mode: str) -> None:
    show(page, with_mode(address, mode))
    for width in (390,) if mode else WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert axe(page, not mode and width != WIDTHS[0]) == [], width


@pytest.mark.parametrize("more_css", ["", TEXT_SPACING], ids=["as drawn", "text spacing"])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("address", PAGES)
def test_no_sideways_scroll(page: Page, address: str, mode: str, more_css: str) -> None:
    """WCAG 1.4.10 and 1.4.12, in every mode."""
    show(page, with_mode(address, mode), more_css)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_paper_shows_every_row_once_and_no_navigation(page: Page) -> None:
    show(page, "/")
    page.emulate_media(media="print")
    assert page.locator("tbody tr:visible").count() == 40
    assert page.locator("tfoot.cap-print-only").is_visible()
    assert not page.locator(".govuk-service-navigation").is_visible()
    assert page.locator("thead").evaluate("one => getComputedStyle(one).display") == "table-header-group"
