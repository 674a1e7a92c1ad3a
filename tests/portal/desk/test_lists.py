"""Lists through the desk: the preview is what is frozen, a second person publishes, nothing happens twice."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from relief.applications.models import Application
from relief.officers.models import Role
from relief.publicity.models import PublicList, PublicRow
from relief.trail import clock
from relief.trail.models import Refusal
from tests.factories import cases
from tests.factories.district import District

BUILD = "/desk/lists/new/?street=101"


def chosen(street: str = "101") -> list[str]:
    waiting = Application.objects.filter(state="reviewed", community__number__startswith=street)
    return [f"{case.number}:{case.version}" for case in waiting.order_by("number")]


def rows(page: bytes) -> str:
    """The body of the public table."""
    found = re.search(r'class="cap-preview".*?<tbody[^>]*>(.*?)</tbody>', page.decode(), re.DOTALL)
    assert found
    return found[1]


def matched(client: Client) -> None:
    assert client.post(BUILD, {"street": "101", "match": "1"}).status_code == 302


def compiled(client: Client) -> PublicList:
    matched(client)
    answer = client.post(BUILD, {"street": "101", "batch": "2026-01", "cases": chosen()})
    assert answer.status_code == 302, answer.content.decode()
    return PublicList.objects.get(state="compiled")


def test_the_preview_is_what_the_public_gets(district: District, seat: Callable[..., Client]) -> None:
    cases.reviewed(district)
    cases.reviewed(district, "10102", persons=3)
    reviewer, publisher = seat(Role.STREET_REVIEWER, "101"), seat(Role.STREET_PUBLISHER, "101")
    matched(reviewer)
    wanted = {"street": "101", "batch": "2026-01", "cases": chosen()}
    preview = rows(reviewer.post(BUILD, {**wanted, "preview": "1"}).content)
    assert not PublicList.objects.exists()
    made = compiled(reviewer)
    page = f"/desk/lists/{made.code}/"
    assert rows(publisher.get(page + "publish/").content) == preview
    assert publisher.post(page + "publish/", {"version": made.version}).status_code == 302
    assert rows(publisher.get(page).content) == preview
    for row in PublicRow.objects.all():
        assert row.row["code"] in preview and row.row["name"] in preview
    again = publisher.post(page + "publish/", {"version": made.version})
    assert again.status_code == 409
    assert PublicList.objects.exclude(number=None).count() == 1


def test_only_a_second_person_publishes(district: District, seat: Callable[..., Client]) -> None:
    cases.reviewed(district)
    reviewer = seat(Role.STREET_REVIEWER, "101")
    made = compiled(reviewer)
    assert reviewer.post(f"/desk/lists/{made.code}/publish/", {"version": made.version}).status_code == 403
    foreign = seat(Role.STREET_PUBLISHER, "102")
    assert foreign.get(f"/desk/lists/{made.code}/").status_code == 404
    assert foreign.post(f"/desk/lists/{made.code}/publish/", {"version": made.version}).status_code == 404


def test_a_list_without_cases_or_with_changed_ones(district: District, seat: Callable[..., Client]) -> None:
    case = cases.reviewed(district)
    reviewer = seat(Role.STREET_REVIEWER, "101")
    empty = {"street": "101", "batch": "2026-01"}
    assert reviewer.post(BUILD, empty).status_code == 422
    matched(reviewer)
    case = cases.fresh(case)
    stale = f"{case.number}:{case.version - 1}"
    answer = reviewer.post(BUILD, {**empty, "cases": [stale]})
    assert answer.status_code == 409
    assert case.number in answer.content.decode()
    assert reviewer.post(BUILD, {**empty, "cases": chosen(), "batch": "第一批！"}).status_code == 422
    assert reviewer.post(BUILD, {**empty, "street": "102", "cases": chosen()}).status_code == 403
    assert not PublicList.objects.exists()
    assert Refusal.objects.filter(act="compile-list").count() >= 3


def test_the_monitor_says_what_is_missing(district: District, seat: Callable[..., Client]) -> None:
    cases.reviewed(district)
    made = cases.published(district)
    client, page = seat(Role.STREET_PUBLISHER, "101"), f"/desk/lists/{made.code}/"
    assert f"{page}post/{district.boards['10101'].code}/" in client.get(page).content.decode()
    assert client.get(page + "close/").status_code == 409
    post = f"{page}post/{district.boards['10101'].code}/"
    assert client.post(post, {"version": made.version, "posted_on": "2026-03-01"}).status_code == 422
    assert client.post(post, {"version": made.version, "posted_on": "2026-03-02"}).status_code == 302
    again = client.post(post, {"version": made.version, "posted_on": "2026-03-02"})
    assert again.status_code == 409
    made.refresh_from_db()
    assert client.post(page + "close/", {"version": made.version}).status_code == 409
    with clock.moved_to(clock.now() + timedelta(days=8)):
        assert client.post(page + "close/", {"version": made.version}).status_code == 302
    made.refresh_from_db()
    assert made.state == "closed"


def test_an_announcement_shows_its_rows_first(district: District, seat: Callable[..., Client]) -> None:
    case = cases.approved(district)
    client = seat(Role.DISTRICT_ANNOUNCER)
    preview = rows(client.get("/desk/announce/?street=101").content)
    wrong = client.post("/desk/announce/?street=101", {"street": "101", "cases": [f"{case.number}:1"]})
    assert wrong.status_code == 409
    assert client.post("/desk/announce/", {"street": "999", "cases": []}).status_code == 404
    right = {"street": "101", "cases": [f"{case.number}:{case.version}"]}
    answer = client.post("/desk/announce/?street=101", right)
    assert rows(client.get(answer["Location"]).content) == preview
    assert client.post("/desk/announce/?street=101", right).status_code == 409
