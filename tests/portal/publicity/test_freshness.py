"""What may be kept of an answer: nothing without asking; a 304 exactly while nothing has changed."""

from datetime import timedelta

import pytest

from relief.publicity.boards import missing_boards
from relief.publicity.post import post
from tests.factories import cases, stages
from tests.factories.pages import make_pages

pytestmark = pytest.mark.django_db


def tag_of(client, address, **headers):
    return client.get(address, **headers)["ETag"]


def test_unchanged_is_304_and_says_the_same_of_itself(client):
    stage = stages.running(stages.ground())
    addresses = [
        stage.path,
        f"{stage.path}history/",
        f"{stage.path}data.csv",
        f"{stage.path}data.json",
        f"/verify/{stage.list.number}/{stage.list.digest}",
        "/verify/",
    ]
    with stages.on(stage.day):
        for address in addresses:
            first = client.get(address)
            again = client.get(address, headers={"If-None-Match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b""), address
            for name in ("ETag", "Cache-Control", "Vary"):
                said = [set(answer.get(name, "").split(", ")) for answer in (first, again)]
                assert said[0] == said[1], (address, name)
            assert "no-cache" in first["Cache-Control"]
            assert "Accept-Language" not in first["Vary"]
    with stages.on(stage.day + timedelta(days=1)):
        stale = client.get(stage.path, headers={"If-None-Match": first["ETag"]})
        assert stale.status_code == 200


def test_language_mode_and_query_have_tags_of_their_own(client):
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        tags = [
            tag_of(client, stage.path),
            tag_of(client, "/en" + stage.path),
            tag_of(client, f"{stage.path}?row=1"),
            tag_of(client, f"{stage.path}?ui=large"),
        ]
        client.cookies["display"] = "contrast"
        tags.append(tag_of(client, stage.path))
    assert len(set(tags)) == 5


def test_every_public_act_makes_a_new_tag(client):
    """Also a posting that is not the last one: it writes no row of the journal."""
    district = stages.ground()
    with stages.on(stages.DAY):
        found = stages.published(district)
        path = f"/publicity/{found.number}/"
        tags = [tag_of(client, path)]
        for board in missing_boards(found):
            post(
                found,
                by=district.officer("street-publisher", "101"),
                version=found.version,
                board=board,
                posted_on=stages.DAY,
            )
            found.refresh_from_db()
            tags.append(tag_of(client, path))
    last = found.ends_on + timedelta(days=1)
    with stages.on(last):
        tags.append(tag_of(client, path))
        cases.closed(district, found)
        tags.append(tag_of(client, path))
    assert len(set(tags)) == len(tags) == 5


def test_reading_sets_no_cookie_and_asks_for_none(client):
    stage = stages.running(stages.ground())
    make_pages()
    with stages.on(stage.day):
        for address in (
            "/",
            "/en/",
            "/publicity/",
            "/announcements/",
            stage.path,
            f"{stage.path}data.csv",
            "/verify/",
            "/verify/?number=x&code=y",
            "/publicity/data-format/",
            "/nothing/",
        ):
            answer = client.get(address)
            assert not answer.cookies, address
            assert "Set-Cookie" not in answer.headers, address


def test_editors_pages_are_sent_without_a_tag(client):
    stages.ground()
    make_pages()
    for address in ("/", "/publicity/", "/en/announcements/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-cache"
        assert "ETag" not in answer.headers
        assert "Accept-Language" not in answer.get("Vary", "")


def test_what_stands_behind_sign_in_is_not_kept(rf):
    from django.http import HttpResponse

    from portal.freshness import FreshnessMiddleware

    answer = FreshnessMiddleware(lambda _request: HttpResponse())(rf.get("/desk/queue/"))
    assert "no-store" in answer["Cache-Control"]
