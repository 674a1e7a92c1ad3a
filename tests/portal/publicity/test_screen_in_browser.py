"""A real browser shows a big screen: each row once and whole, checked, and down when its time is over."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from relief.publicity.screen_models import Screen
from tests import databases, servers
from tests.browsers import FLAGS
from tests.factories import cases
from tests.factories.crowd import crowd
from tests.factories.district import make_district
from tests.portal.publicity import screening

ROWS = "#list tbody tr"
EIGHT_DAYS = 8 * 24 * 60 * 60 * 1000
VECTORS = json.loads(
    Path(settings.BASE_DIR, "tests/relief/publicity/vectors.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def hall(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """A server with one running list of 40 rows in two communities, for all tests of this file."""
    folder: Path = tmp_path_factory.mktemp("hall")
    name = str(folder / "hall.sqlite3") if databases.on_sqlite() else "scratch_hall"
    with django_db_blocker.unblock():
        databases.drop(name)
        databases.copy(databases.migrated_template(), name)
        with databases.pointed_at(name):
            district = make_district()
            crowd(district, 40)
            found = cases.posted(district, cases.published(district))
            with servers.serving(name, folder / "server.log") as address:
                path = f"/publicity/{found.number}/screen/"
                yield SimpleNamespace(address=address, path=path, url=address + path, list=found)
        databases.drop(name)


def settled(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("#check")).not_to_be_empty()


def asked_again(page: Page) -> None:
    """Let the screen fetch its data now, and wait for the answer."""
    with page.expect_response("**/screen.json*"):
        page.evaluate("dispatchEvent(new Event('online'))")


def test_canonical_json_and_digests_are_those_of_the_vectors(page, hall):
    settled(page, hall.url)
    found = page.evaluate(
        """async vectors => ({
          rows: await Promise.all(vectors.rows.map(async one =>
            [capScreen.canonical(one.row), await capScreen.commitment(one.salt, one.row)])),
          documents: await Promise.all(vectors.documents.map(async ({document: {commitments, ...head}}) => {
            const digest = await capScreen.digestOf(head, commitments);
            return [capScreen.canonical({...head, commitments}), digest, capScreen.codeOf(digest)];
          })),
          refused: [1.5, undefined, {"é": 1}].map(value => {
            try { return capScreen.canonical(value); } catch (fault) { return "refused"; }
          }),
          signs: capScreen.canonical(
            ["\\u0000\\u001f\\u007f\\b\\f\\n\\r\\t\\"\\\\/\\u2028", "e\\u0301", 9007199254740991]),
        })""",
        VECTORS,
    )
    assert found["rows"] == [[one["canonical"], one["commitment"]] for one in VECTORS["rows"]]
    documents = [[one["canonical"], one["digest"], one["check_code"]] for one in VECTORS["documents"]]
    assert found["documents"] == documents
    assert found["refused"] == ["refused"] * 3
    signs = ['\x00\x1f\x7f\b\f\n\r\t"\\/\u2028', "\u00e9", 9007199254740991]
    assert found["signs"] == json.dumps(signs, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("size", [1, 40, pytest.param(657, marks=pytest.mark.long)])
def test_over_a_cycle_every_row_shows_once_and_whole(page, hall, size):
    """Long names and communities among them, at four sizes; no text under 36 px at 1920."""

    def other_list(route: Route) -> None:
        data = json.loads(route.fetch().body())
        data["items"] = [screening.item(data["items"][0], size)]
        route.fulfill(json=data)

    settled(page, hall.url)
    page.route("**/screen.json*", other_list)
    asked_again(page)
    expect(page.locator("#cap")).to_contain_text(f"{size} 户")
    for width, height in screening.SIZES:
        page.set_viewport_size({"width": width, "height": height})
        cycle = page.evaluate(screening.CYCLE)
        numbers = [int(line[0]) for look in cycle for line in look["rows"]]
        assert numbers == list(range(1, size + 1)), (width, height)
        assert [(look["cut"], look["foot"], look["small"]) for look in cycle] == [([], False, [])] * len(
            cycle
        )
        assert size == 1 or len(cycle) < size / 3, "too few rows on a page"
    assert page.locator("#check").inner_text() == "与屏上内容核对一致"


def test_keys_buttons_and_pause(page, hall):
    page.clock.install()
    settled(page, hall.url)
    first = page.locator("#cap").inner_text()
    assert first.startswith("第 1 页")
    page.clock.run_for(16_000)
    expect(page.locator("#cap")).to_contain_text("第 2 页")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press(" ")
    expect(page.locator("#pause")).to_have_text("继续翻页")
    page.clock.run_for(60_000)
    assert page.locator("#cap").inner_text() == first
    page.locator("#next").click()
    expect(page.locator("#cap")).to_contain_text("第 2 页")
    page.locator("#back").click()
    page.locator("#pause").click()
    page.clock.run_for(16_000)
    expect(page.locator("#cap")).to_contain_text("第 2 页")


def test_without_network_it_keeps_its_data_and_says_since_when(page, hall, watched):
    settled(page, hall.url)
    code, before = page.locator("#code").inner_text(), page.locator(ROWS).count()
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#at")).to_contain_text("网络中断")
    assert page.locator("#at").get_attribute("class") == "old"
    assert (page.locator("#code").inner_text(), page.locator(ROWS).count()) == (code, before)
    page.context.set_offline(False)
    asked_again(page)
    expect(page.locator("#at")).not_to_contain_text("网络中断")
    watched.clear()  # the browser's own words on the failed request


@pytest.mark.parametrize("how", ["offline", "wrong clock"])
def test_names_go_by_its_own_clock(page, hall, watched, how):
    page.clock.install()
    settled(page, hall.url)
    name = page.locator(f"{ROWS} th").first.inner_text()
    page.context.set_offline(True)
    if how == "wrong clock":  # set back by a year: what has passed since the last answer counts
        page.clock.set_system_time("2020-01-01T00:00:00Z")
        page.clock.fast_forward(EIGHT_DAYS)
    page.clock.fast_forward(EIGHT_DAYS)
    expect(page.locator("#notice h2")).to_have_text("公示期已结束")
    expect(page.locator("#notice")).to_contain_text("0400-000-0000")
    assert page.locator(ROWS).count() == 0
    assert name not in page.locator("#frame").inner_text()
    assert page.evaluate("Object.values(localStorage).join()").isalnum()
    watched.clear()


def test_names_go_when_the_server_says_so(page, hall, watched):
    settled(page, hall.url)
    page.route("**/screen.json*", lambda route: route.fulfill(status=410))
    asked_again(page)
    expect(page.locator("#notice h2")).to_have_text("本名单已不在此处展示")
    assert page.locator(ROWS).count() == 0
    watched.clear()


def test_an_altered_row_is_told_loudly(page, hall):
    told_by: list[dict] = []
    page.on("request", lambda one: "beat" in one.url and told_by.append(json.loads(one.post_data)))

    def alter(route: Route) -> None:
        data = json.loads(route.fetch().body())
        data["items"][0]["rows"][0][2]["amount"] = "9999.00"
        route.fulfill(json=data)

    settled(page, hall.url)
    page.route("**/screen.json*", alter)
    asked_again(page)
    expect(page.locator("#bar")).to_contain_text("本屏内容与已发布的名单不一致")
    assert page.locator("#code").inner_text() != hall.list.check_code
    expect(page.locator("#check")).to_have_text("核对不一致")
    assert [one["state"] for one in told_by] == ["ok", "mismatch"]


def test_unchanged_data_are_not_sent_again_and_the_page_stays(page, hall):
    settled(page, hall.url)
    page.evaluate("window.same = 1")
    asked_again(page)
    with page.expect_response("**/screen.json*") as answer:
        page.evaluate("dispatchEvent(new Event('online'))")
    assert answer.value.status == 304
    assert page.evaluate("window.same") == 1
    assert page.locator("#code").inner_text() == hall.list.check_code


def test_without_webcrypto_it_says_not_checked(browser, hall):
    """Plain http under a name that isn't this machine's own."""
    port = hall.address.rpartition(":")[2]
    program = browser.browser_type.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        args=[*FLAGS, "--host-resolver-rules=MAP screen.example 127.0.0.1"],
    )
    page = program.new_page(viewport={"width": 1920, "height": 1080})
    settled(page, f"http://screen.example:{port}{hall.path}")
    assert page.evaluate("isSecureContext") is False
    expect(page.locator("#check")).to_have_text("按发布时所载，未核对")
    expect(page.locator("#code")).to_have_text(hall.list.check_code)
    program.close()


def test_cut_to_a_community_it_is_checked_as_a_part(page, hall):
    settled(page, f"{hall.address}/screen/?community=10102&theme=dark&dwell=20")
    expect(page.locator("#check")).to_have_text("与屏上内容核对一致")
    expect(page.locator("#cap")).to_contain_text("西园社区 20 户（名单共 40 户）")
    expect(page.locator("#code")).to_have_text(hall.list.check_code)


def test_it_is_heard_in_the_monitor_but_a_preview_is_not(page, hall):
    Screen.objects.all().delete()
    with page.expect_response("**/beat/") as answer:
        settled(page, f"{hall.url}?community=10101&preview=")
    assert answer.value.status == 204
    [screen] = Screen.objects.all()
    assert (screen.area_id, screen.state, screen.check_code) == ("10101", "ok", hall.list.check_code)
    assert (screen.size, screen.path) == ("1280x900", f"{hall.path}?community=10101")
    heard: list[str] = []
    page.on("request", lambda one: heard.append(one.url))
    settled(page, f"{hall.url}?preview=on")
    asked_again(page)
    assert not [url for url in heard if "beat" in url]


def test_it_is_accessible_in_both_languages_and_all_colours(page, hall, axe):
    faults = []
    wide, tall = {"width": 1920, "height": 1080}, {"width": 1080, "height": 1920}
    for prefix, theme, size in (("", "light", wide), ("/en", "dark", tall), ("", "contrast", tall)):
        page.set_viewport_size(size)
        settled(page, f"{hall.address}{prefix}{hall.path}?theme={theme}")
        faults += [f"{prefix} {theme}: {fault}" for fault in axe(page)]
    page.goto(f"{hall.address}/en/screen/?street=102")
    expect(page.locator("#notice h2")).to_have_text("No list is in public here at present")
    faults += axe(page)
    page.goto(f"{hall.address}/screen/")
    faults += axe(page)
    assert faults == []
    assert page.context.cookies() == []
