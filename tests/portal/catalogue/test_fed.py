"""A listing feeds a row: what it finds belongs there from the day on which it finds it."""

import json

import pytest
from django.test import Client

from portal.catalogue.models import CatalogueRow
from portal.catalogue.verbs import attach, detach
from portal.pages.listing import ListingPage
from portal.pages.models import NoticePage
from portal.pages.seed import add_live
from relief.errors import Blocked
from relief.officers.models import Role
from relief.trail import clock
from tests.factories.district import make_district
from tests.factories.texts import taken_down
from tests.portal.catalogue.test_pages import site_with_catalogue
from tests.portal.cms.staff import signed_in
from tests.portal.pages.texts import policy

KEY = "temporary-decisions"
AT = f"/disclosure/catalogue/{KEY}/"


@pytest.fixture
def home(db):
    return site_with_catalogue()


@pytest.fixture
def editor(home):
    return make_district().officer(Role.EDITOR)


@pytest.fixture
def listing(home) -> ListingPage:
    parent = home["zh-hans"]
    words = {"title": "临时救助公示", "slug": "grants", "locale": parent.locale}
    page = ListingPage(types=["noticepage", "guidepage"], topic="temporary", **words)
    add_live(parent, page)
    return page


def row(key: str = KEY) -> CatalogueRow:
    return CatalogueRow.objects.get(key=key)


def grant(home, slug: str, topic: str = "temporary") -> NoticePage:
    section = home["zh-hans"].get_children().get(slug="notices")
    words = {"title": f"公示 {slug}", "slug": slug, "issuer": "甲", "locale": section.locale}
    page = NoticePage(topic=topic, body="<p>公示。</p>", signed_on=clock.today(), **words)
    add_live(section, page)
    return page


def read() -> dict:
    return json.loads(Client().get(f"{AT}data.json").content)


def titles() -> list[str]:
    return [one["title"] for one in read()["items"]]


def test_what_a_listing_finds_satisfies_the_row_and_what_it_loses_does_not(home, editor, listing):
    attach(row(), by=editor, version=1, page=listing)
    assert read()["state"] == "empty", "a listing that finds nothing satisfies nothing"
    first, other = grant(home, "march"), grant(home, "other", topic="guarantee")
    data = read()
    assert (data["state"], titles(), data["by_dated_notice"]) == ("satisfied", ["公示 march"], True)
    assert [one["title"] for one in data["listings"]] == ["临时救助公示"]
    assert "临时救助公示" in Client().get(AT).content.decode()
    detach(row(), by=editor, version=row().version, page_key=first.translation_key, title=first.title)
    assert read()["state"] == "empty", "an editor's word counts first"
    attach(row(), by=editor, version=row().version, page=other)
    assert titles() == ["公示 other"]


def test_a_listing_that_was_withdrawn_is_a_dead_page_and_feeds_nothing(home, editor, listing):
    attach(row(), by=editor, version=1, page=listing)
    grant(home, "march")
    taken_down(listing)
    data = read()
    assert (titles(), data["listings"], data["state"]) == ([], [], "empty")
    assert [one["code"] for one in data["findings"]] == ["dead-page", "empty"]


def test_rows_of_lists_take_no_listing_and_the_screen_lets_one_go(home, editor, listing):
    with pytest.raises(Blocked):
        attach(row("guarantee-review"), by=editor, version=1, page=listing)
    client, screen = signed_in(editor), f"/cms/catalogue/{KEY}/"
    assert client.post(screen, {"act": "attach", "version": 1, "page": listing.pk}).status_code == 302
    assert str(listing.translation_key) in client.get(screen).content.decode()
    taken = {"act": "detach", "version": 2, "page_key": listing.translation_key, "title": listing.title}
    assert client.post(screen, taken).status_code == 302
    assert read()["listings"] == []


def test_queries_are_those_of_the_listing_and_not_of_what_it_finds(
    home, editor, listing, django_assert_max_num_queries
):
    def asked() -> int:
        with django_assert_max_num_queries(15) as queries:
            assert Client().get(AT).status_code == 200
        return len(queries)

    attach(row(), by=editor, version=1, page=listing)
    grant(home, "march")
    asked()
    before = asked()
    for month in ("april", "may", "june"):
        grant(home, month)
    assert asked() == before


def test_a_row_asks_for_pages_of_its_own_types_alone(home, editor, django_assert_max_num_queries):
    def asked() -> int:
        with django_assert_max_num_queries(15) as queries:
            assert Client().get(AT).status_code == 200
        return len(queries)

    attach(row(), by=editor, version=1, page=grant(home, "march"))
    asked()
    before = asked()
    policy(home["zh-hans"], "1", topic="guarantee")
    assert asked() == before
