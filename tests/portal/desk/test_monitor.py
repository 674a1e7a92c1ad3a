"""The monitor of lists and the leaders' page: what they count, whom they show it, and in how many queries."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client

from relief.applications.overview import paces
from relief.officers.models import Role
from relief.trail import clock
from tests.factories import cases
from tests.factories.district import District
from tests.portal.desk.test_queries import MOST, asked
from tests.portal.desk.test_queue_filters import changed

LISTS, OVERVIEW = "/desk/lists/", "/desk/overview/"


def rows(client: Client, query: str = "") -> list[dict]:
    answer = client.get(LISTS + query)
    assert answer.status_code == 200
    return answer.context["rows"]


def test_a_list_is_watched_from_board_to_close(district: District, seat: Callable[..., Client]) -> None:
    case = cases.reviewed(district)
    made = cases.published(district)
    client = seat(Role.DISTRICT_LEADER)
    [row] = rows(client)
    assert (row["watch"].boards_done, row["watch"].boards) == (0, 1)
    assert [reason.code for reason in row["watch"].waits] == ["boards-missing"]
    made = cases.posted(district, made)
    changed(cases.fresh(case), state="under-reinvestigation")
    [row] = rows(client)
    assert (row["watch"].boards_done, row["watch"].reinvestigated) == (1, 1)
    assert [reason.code for reason in row["watch"].waits] == ["period-running"]
    with clock.moved_to(clock.now() + timedelta(days=9)):
        [row] = rows(client, "?trouble=late")
        assert (row["watch"].waits, row["watch"].days_late) == ([], 3)
    cases.closed(district, made)
    assert rows(client) == []
    assert len(rows(client, "?tab=ended&street=101&kind=gs&trouble=again")) == 1
    assert rows(client, "?tab=ended&kind=gg") == []


def test_the_filters_cut_the_lists(district: District, seat: Callable[..., Client]) -> None:
    for community in ("10101", "10201"):
        cases.reviewed(district, community)
        cases.published(district, community[:3])
    client = seat(Role.DISTRICT_ANNOUNCER)
    assert [row["list"].area_id for row in rows(client, "?street=102")] == ["102"]
    assert len(rows(client, "?trouble=boards")) == 2
    assert rows(client, "?trouble=words") == []
    assert len(rows(client, "?trouble=none&tab=none&street=999")) == 2
    assert len(rows(seat(Role.STREET_LEADER, "101"))) == 1


def test_leaders_count_and_open_no_name(district: District, seat: Callable[..., Client]) -> None:
    case = cases.submitted(district, "10101")
    changed(cases.submitted(district, "10102"), clock_stopped_on=date(2026, 3, 2))
    cases.submitted(district, "10201")
    street, whole = seat(Role.STREET_LEADER, "101"), seat(Role.DISTRICT_LEADER)
    page = street.get(OVERVIEW)
    assert [(line["name"], line["open"]) for line in page.context["lines"]] == [
        ("东园社区", 1),
        ("西园社区", 1),
    ]
    assert (page.context["total"]["open"], page.context["total"]["stopped"]) == (2, 1)
    assert "/desk/queue/?" not in page.content.decode()
    page = whole.get(OVERVIEW)
    assert [line["open"] for line in page.context["lines"]] == [2, 1]
    with clock.moved_to(clock.now() + timedelta(days=40)):
        assert whole.get(OVERVIEW + "?street=101").context["total"]["late"] == 1
    for client in (street, whole):
        for address in (f"/desk/cases/{case.number}/", f"/desk/households/{case.household.code}/"):
            assert client.get(address).status_code == 404
        assert client.get("/desk/queue/?tab=open").context["rows"] == []


def test_each_number_leads_to_its_cases(district: District, seat: Callable[..., Client]) -> None:
    cases.submitted(district, "10101")
    cases.submitted(district, "10201")
    client = seat(Role.DISTRICT_APPROVER)
    line = client.get(OVERVIEW).context["lines"][0]
    for url, count in (
        (line["open_url"], line["open"]),
        (line["cells"][0]["url"], line["cells"][0]["count"]),
    ):
        assert client.get(url).context["page"].paginator.count == count == 1


def test_the_counts_are_a_table_to_keep(district: District, seat: Callable[..., Client]) -> None:
    cases.submitted(district)
    answer = seat(Role.STREET_LEADER, "101").get(OVERVIEW + "counts.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in table[1:]] == ["10101", "10102", "000"]
    assert [row[-3] for row in table[1:]] == ["1", "0", "1"]
    assert seat(Role.EDITOR).get(OVERVIEW + "counts.csv").status_code == 403


def test_a_stage_took_the_days_between_its_acts(district: District) -> None:
    case = cases.submitted(district)
    with clock.moved_to(clock.now() + timedelta(days=3)):
        cases.accept(case, by=district.officer(Role.STREET_ACCEPTOR, "101"), version=case.version)
        pace = paces(["101"])["submitted"]
        assert (pace.days, pace.cases) == (3.0, 1)
        assert "submitted" not in paces(["102"])


def test_both_ask_as_often_for_many_as_for_one(district: District, seat: Callable[..., Client]) -> None:
    client = seat(Role.DISTRICT_LEADER)
    counts: dict[str, set[int]] = {LISTS: set(), OVERVIEW: set()}
    for batch in range(1, 4):
        cases.reviewed(district, ("10101", "10102", "10201")[batch - 1])
        cases.published(district, "102" if batch == 3 else "101", batch=f"2026-{batch:02d}")
        for address, seen in counts.items():
            client.get(address)
            seen.add(asked(client, address)[0])
    assert all(len(seen) == 1 and seen.pop() <= MOST for seen in counts.values())
