"""Addresses that nobody gave: a sentence and 4xx, never a fault, whatever is typed."""

import pytest

from tests.factories import cases, stages
from tests.factories.pages import make_pages

pytestmark = pytest.mark.django_db
GUESSED = (
    "/publicity/gs-101-2026-002/",
    "/publicity/gs-101-2026-001-1/",
    "/publicity/gs-101-2026-0000000001/",
    "/publicity/gs-１０１-2026-001/",
    "/publicity/1/",
    "/publicity/gs-101-2026-001/rows/",
    "/publicity/gg-101-2026-001/",
    "/announcements/gs-101-2026-001/",
    "/announcements/gs-101-2026-001/data.csv",
    "/announcements/gg-101-2026-099/data.json",
    "/publicity/%00/",
    "/publicity/gs-101-2026-001%00/",
    "/publicity/%ff%fe/",
    "/publicity/" + "x" * 5000 + "/",
    "/zh-hans/publicity/gs-101-2026-001/",
)


@pytest.mark.parametrize("address", GUESSED)
def test_guessed_addresses(client, address):
    stage = stages.running(stages.ground())
    make_pages()
    with stages.on(stage.day):
        answer = client.get(address)
    assert answer.status_code == 404
    assert "ETag" not in answer.headers
    assert '<h1 class="govuk-heading-l">' in answer.content.decode()


def test_a_list_not_yet_published_has_no_address(client):
    district = stages.ground()
    with stages.on(stages.DAY):
        cases.reviewed(district)
        cases.compiled(district)
        assert client.get("/publicity/gs-101-2026-001/").status_code == 404


ODD = (
    "community=999",
    "community=%00",
    "community=%ED%A0%80",
    "row=abc",
    "row=-1",
    "row=99999999999",
    "row=%00",
    "page=abc",
    "page=-3",
    "page=0",
    "page=999",
    "page=" + "9" * 5000,
    "row=" + "x" * 10_000,
    "community=10101&community=10102",
    "unknown=1",
    "row=١",
)


@pytest.mark.parametrize("query", ODD)
def test_odd_filters_are_named_and_left_out(client, query):
    stage = stages.running(stages.ground())
    make_pages()
    with stages.on(stage.day):
        for address in (f"{stage.path}?{query}", f"{stage.path}data.csv?{query}", f"/publicity/?{query}"):
            answer = client.get(address)
            assert answer.status_code == 200, address
        html = client.get(f"{stage.path}?{query}").content.decode()
    for row in stage.rows if "community=10102" not in query else ():
        assert str(row["code"]) in html
    named = query.startswith(("community=9", "community=%", "row=")) and not query.startswith("row=99")
    assert ("govuk-error-summary" in html) == (named or query.startswith("row=99999"))


INDEX_ODD = (
    "street=999",
    "street=%00",
    "year=1066",
    "year=x",
    "month=13",
    "state=other",
    "street=" + "x" * 10_000,
)


@pytest.mark.parametrize("query", INDEX_ODD)
def test_odd_filters_of_the_index(client, query):
    stage = stages.running(stages.ground())
    make_pages()
    with stages.on(stage.day):
        html = client.get(f"/publicity/?{query}").content.decode()
    assert "govuk-error-summary" in html
    assert stage.path in html
    assert len(html) < 60_000


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_lists_are_only_read(client, method):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        for address in (stage.path, f"{stage.path}data.csv", "/verify/", "/verify/gs-101-2026-001/AAAABBBB"):
            assert getattr(client, method)(address).status_code == 405
