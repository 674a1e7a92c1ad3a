"""Through a real browser: the check of a file, the printed page; and where the QR code leads."""

import json

import pytest
import segno
from django.test import Client

from portal.publicity import addresses
from portal.publicity.poster import qr_picture
from tests.factories import stages
from tests.portal.publicity import papers


@pytest.mark.django_db
def test_the_qr_code_on_the_paper_leads_to_the_right_answer(settings):
    settings.PUBLIC_BASE_URL = "https://minghe.example.org"
    stage = stages.running(stages.ground())
    address = addresses.printed_address(stage.list)
    drawn = segno.make(address, error="m", micro=False)
    assert qr_picture(address).split('d="')[1] == drawn.svg_inline(border=4).split('d="')[1]
    with stages.on(stage.day):
        page = Client().get(address.removeprefix("https://minghe.example.org")).content.decode()
    assert "核对一致，与已发布的名单相同" in page


@pytest.mark.appearance
def test_a_printed_page_carries_number_and_code(page, live_demo):
    page.goto(f"{live_demo}/en/publicity/")
    path = page.locator('main a[href*="/publicity/gs-"]').first.get_attribute("href")
    page.goto(live_demo + path)
    code = page.locator(".cap-code--short [aria-hidden]").first.inner_text()
    sheets = papers.sheets_of(page.pdf(format="A4", print_background=False))
    for number, sheet in enumerate(sheets, start=1):
        assert f"Page {number} of {len(sheets)}" in sheet
        assert code in sheet


@pytest.mark.appearance
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_file_is_checked_without_a_fault_of_access(page, live_demo, axe, language):
    page.goto(f"{live_demo}{language}/publicity/")
    path = page.locator('main a[href*="/publicity/gs-"]').first.get_attribute("href")
    document = page.request.get(f"{live_demo}{path}data.json").json()
    document["rows"][0]["row"]["amount"] = "1.00"
    page.goto(f"{live_demo}{language}/verify/file/")
    assert axe(page) == []
    data = json.dumps(document).encode()
    page.set_input_files(
        'input[type="file"]', {"name": "a.json", "mimeType": "application/json", "buffer": data}
    )
    with page.expect_navigation():
        page.locator("main button").click()
    assert page.locator(".cap-status--stopped li").count() == 1
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
