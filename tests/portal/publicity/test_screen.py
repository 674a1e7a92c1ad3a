"""Big screens as the server sees them: data, budget, wrong addresses, names' time, heartbeats."""

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relief.applications.withdraw import withdraw
from relief.officers.models import Role
from relief.publicity.screen_models import Screen
from relief.publicity.screens import FORGOTTEN, MOST_PER_AREA, SILENT
from relief.schedule.run import run_due
from relief.trail import clock
from tests.factories import cases, stages
from tests.factories.crowd import crowd
from tests.portal.publicity import reading

pytestmark = pytest.mark.django_db
STATIC = Path(settings.BASE_DIR, "portal/static")


def embedded(answer, name: str = "data") -> dict:
    html = answer.content.decode()
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    return json.loads(found.group(1))


def seals_of(item: dict) -> list[str]:
    """The commitments again, those of the drawn rows computed."""
    seals = list(item["seals"])
    for place, salt, row in item["rows"]:
        if salt:
            assert seals[place] is None
            seals[place] = reading.commitment(salt, row)
    return seals


@pytest.mark.parametrize("name", ["running", "announced"])
def test_the_digest_follows_from_what_is_drawn(client, name):
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stage.day):
        [item] = embedded(client.get(f"{stage.path}screen/"))["items"]
        again = client.get(f"{stage.path}screen.json").json()
        table = reading.csv_rows(b"".join(client.get(f"{stage.path}data.csv").streaming_content))
    assert [item] == again["items"]
    assert reading.digest({**item["head"], "commitments": seals_of(item)}) == stage.list.digest
    columns = [key for key, _label, _numeric in item["columns"]]
    drawn = [
        [item["words"].get(key, {}).get(str(row[key]), str(row[key])) for key in columns]
        for _place, _salt, row in item["rows"]
    ]
    assert [[word.removesuffix(".00") for word in line] for line in table] == [
        [word.replace(",", "") for word in line] for line in drawn
    ]


def test_cut_to_a_community_it_carries_the_commitments_of_the_others(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        [item] = client.get(f"{stage.path}screen.json?community=10102").json()["items"]
        none = client.get(f"{stage.path}screen.json?community=10199")
        wrong = client.get(f"{stage.path}screen/?community=10199")
    assert {row["community"] for _place, _salt, row in item["rows"]} == {"10102"}
    assert (len(item["rows"]), item["total"]) == (1, 3)
    assert reading.digest({**item["head"], "commitments": seals_of(item)}) == stage.list.digest
    assert none.json()["items"] == []
    assert wrong.status_code == 404
    assert "10199" in wrong.content.decode()


@pytest.mark.parametrize("name", ["over", "expired", "withdrawn"])
def test_no_name_after_its_time(client, name):
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stage.day):
        page, data = client.get(f"{stage.path}screen/"), client.get(f"{stage.path}screen.json")
    for row in stage.rows:
        for answer in (page, data):
            assert f"{row['code']}" not in answer.content.decode()
    assert data.json()["items"] == []
    assert settings.BUREAU["hotline"] in " ".join(data.json()["notice"]["lines"])
    assert "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]


def test_the_last_moment_is_the_end_of_the_last_day_in_shanghai(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        [item] = client.get(f"{stage.path}screen.json").json()["items"]
        left = len(item["left"])
    end = clock.at(stage.list.ends_on + timedelta(days=1), hour=0)
    assert (item["until"], item["last"]) == (int(end.timestamp() * 1000),) * 2
    assert left == (stage.list.ends_on - stage.day).days + 1


def test_a_row_that_left_keeps_its_number_and_its_seal(client):
    district = stages.ground()
    stage = stages.running(district)
    with stages.on(stage.day):
        first = stage.list.entries.order_by("row_number")[0]
        case = cases.Application.objects.get(pk=first.application_id)
        by = district.officer(Role.STREET_ACCEPTOR, "101")
        withdraw(case, by=by, version=case.version, words="本人要求撤回。")
        [item] = client.get(f"/en{stage.path}screen.json").json()["items"]
        words = embedded(client.get(f"/en{stage.path}screen/"), "words")
    assert item["rows"][0][1:] == ["", {"row": 1}]
    assert item["seals"][0] == first.commitment
    assert words["left"] == "this row has left the list"
    assert reading.digest({**item["head"], "commitments": seals_of(item)}) == stage.list.digest


def test_the_playlist_shows_running_lists_first(client):
    district = stages.ground()
    stage = stages.announced(district)
    with stages.on(stage.day):
        running = cases.posted(district, stages.published(district, 2, "2026-09"))
        data = client.get("/screen.json?street=101").json()
        only = client.get("/screen.json?community=10102&kinds=gg").json()
        other = client.get("/screen.json?street=102").json()
    assert [item["number"] for item in data["items"]] == [running.number, stage.list.number]
    assert [item["number"] for item in only["items"]] == [stage.list.number]
    assert other["items"] == []
    assert other["notice"]["head"] == "河西街道"


WRONG = [
    ("", 200, "Choose the street"),
    ("?street=999", 404, "no street or community “999”"),
    ("?street=x%00", 404, "no street or community"),
    ("?community=10201&street=101", 404, "no street or community “10201”"),
    ("?street=10101", 404, "no street or community"),
    ("?street=101&dwell=abc&theme=pink&kinds=zz", 200, "dwell is a number of seconds"),
    ("?street=101&dwell=3", 200, "dwell is a number of seconds"),
    ("?street=101&theme=", 200, "No list is in public here"),
]


def test_wrong_values_are_answered_in_words(client):
    stages.ground()
    for query, status, words in WRONG:
        answer = client.get(f"/en/screen/{query}")
        assert (answer.status_code, words in answer.content.decode()) == (status, True), query
    assert client.get("/screen.json").status_code == 404
    assert client.get("/screen.json?street=999").status_code == 404


def test_unchanged_data_are_304_with_the_servers_time(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        for address in (f"{stage.path}screen.json", "/screen.json?street=101"):
            first = client.get(address)
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert again["X-Server-Time"] == str(int(clock.now().timestamp() * 1000))
            assert "private" in again["Cache-Control"]


def test_budget_of_a_screen(client, django_assert_max_num_queries):
    """≤ 5 queries whatever the rows, ≤ 15 KB on a first visit of 40 rows, script ≤ 4 KB, styles ≤ 3 KB."""
    counts, district = [], stages.ground()
    for size, batch in ((1, "2026-01"), (40, "2026-02")):
        with stages.on(stages.DAY):
            crowd(district, size)
            found = cases.posted(district, cases.published(district, batch=batch))
            with django_assert_max_num_queries(5) as queries:
                html = client.get(f"/publicity/{found.number}/screen/").content
            with django_assert_max_num_queries(5):
                client.get(f"/publicity/{found.number}/screen.json")
        counts.append(len(queries))
    assert len(set(counts)) == 1
    parts = {
        name: (STATIC / name).read_bytes() for name in ("cap/screen.js", "cap/screen.css", "cap/icon.svg")
    }
    sizes = {name: len(gzip.compress(data)) for name, data in parts.items()}
    assert sizes["cap/screen.js"] <= 4 * 1024
    assert sizes["cap/screen.css"] <= 3 * 1024
    assert len(gzip.compress(html)) + sum(sizes.values()) <= 15 * 1024
    assert set(re.findall(r'/static/([\w./-]+)"', html.decode())) == set(parts)


def test_without_javascript_the_list_stands_in_the_page(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        html = client.get(f"{stage.path}screen/").content.decode()
        shown = reading.page_rows(html)
        page = reading.page_rows(client.get(stage.path).content.decode())
    assert shown == page


# --- heartbeats ----------------------------------------------------------------------------------------

KEY = "A" * 22


def beat(client, **changes):
    told = {"key": KEY, "path": "/screen/?street=101", "state": "ok", "number": "", "code": "", "size": ""}
    body = json.dumps({**told, **changes})
    return client.post("/screen/beat/", body, content_type="application/json").status_code


@pytest.fixture
def ground():
    return stages.ground()


def test_a_beat_is_kept_once_for_each_screen(client, ground):
    assert beat(client, size="1920x1080") == 204
    assert beat(client) == 202
    with stages.on(clock.today() + timedelta(days=1)):
        assert beat(client, path="/screen/?community=10101&x=<b>&theme=pink", state="over") == 204
    [screen] = Screen.objects.all()
    assert (screen.area_id, screen.state, screen.path) == ("10101", "over", "/screen/?community=10101")


NO_BEATS = [
    {"key": "short"},
    {"key": "<script>alert(1)</scri"},
    {"state": "fine"},
    {"number": "gs-101-2026-999"},
    {"number": "王某"},
    {"code": "0OI1-AAAA"},
    {"code": "words"},
    {"size": "huge"},
    {"size": "9" * 2000},
    {"path": "/screen/?street=999"},
    {"path": "/screen/"},
    {"path": "/desk/"},
    {"path": "//other/screen/?street=101"},
    {"path": "/publicity/gs-101-2026-999/screen/"},
    {"path": 5},
    {"more": "x"},
]
NO_JSON = ["", "[", "[]", "null", "[" * 1000, '{"key": NaN}', b"\xed\xa0\x80"]


def test_anything_else_is_no_beat(client, ground):
    for changes in NO_BEATS:
        assert beat(client, **changes) == 400, changes
    for body in NO_JSON:
        answer = client.post("/screen/beat/", body, content_type="application/json")
        assert answer.status_code == 400, body
    assert client.post("/screen/beat/", {"key": KEY}).status_code == 400
    assert client.get("/screen/beat/").status_code == 405
    assert not Screen.objects.exists()


def test_one_sender_cant_flood_and_an_area_holds_so_many(client, ground):
    codes = [beat(client, key=f"{n:022d}") for n in range(MOST_PER_AREA + 1)]
    assert codes == [204] * MOST_PER_AREA + [202]
    with stages.on(clock.today() + timedelta(days=1)):
        assert beat(client, key="B" * 22) == 204
        assert Screen.objects.count() == MOST_PER_AREA
        assert [beat(client) for _n in range(120)][-1] == 429


def test_a_silent_screen_is_forgotten_after_a_month(client, ground):
    beat(client)
    with clock.moved_to(clock.now() + FORGOTTEN + timedelta(minutes=1)):
        assert "forget-screens" in [outcome.job for outcome in run_due()]
    assert not Screen.objects.exists()


def asked(desk: Client) -> int:
    """How many queries the monitor costs now."""
    with CaptureQueriesContext(connection) as queries:
        assert desk.get("/desk/screens/").status_code == 200
    return len(queries)


def test_the_monitor_tells_what_is_wrong_and_whom_it_concerns(client, ground):
    stage = stages.running(ground)
    desk, elsewhere = Client(), Client()
    desk.force_login(ground.officer(Role.STREET_LEADER, "101").account)
    elsewhere.force_login(ground.officer(Role.STREET_LEADER, "102").account)
    with stages.on(stage.day):
        path = f"{stage.path}screen/?community=10102"
        told = {"path": path, "number": stage.list.number, "code": stage.list.check_code}
        assert beat(client, **told) == 204
        alone = asked(desk)
        assert beat(client, key="B" * 22, **{**told, "code": "AAAA-BBBB"}) == 204
        assert asked(desk) == alone, "queries grow with the screens"
        assert elsewhere.get("/desk/screens/").context["rows"] == []
        rows = desk.get("/desk/screens/").context["rows"]
        assert [(row["differs"], row["silent"]) for row in rows] == [(True, False), (False, False)]
        assert len(desk.get("/desk/screens/?trouble=differs&street=101").context["rows"]) == 1
        assert desk.get("/desk/screens/?trouble=silent&street=999&page=9").context["rows"] == []
    with clock.moved_to(clock.at(stage.day) + SILENT + timedelta(minutes=1)):
        [row] = desk.get("/desk/screens/?trouble=differs").context["rows"]
        assert row["silent"]
        html = desk.get("/desk/screens/").content.decode()
    assert stage.list.check_code in html
    assert f"{path.replace('&', '&amp;')}&amp;preview=on" in html
