"""The next newer and next older text of a section: by day, then by key, and without reading all of them."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.pages.models import NoticePage, SectionPage
from portal.pages.neighbours import around
from portal.pages.policy import PolicyPage
from portal.pages.seed import add_live
from tests.factories.texts import taken_down
from tests.portal.pages.texts import notice, policy, section

DAYS = (
    date(2026, 1, 5),
    date(2026, 1, 2),
    date(2026, 1, 5),
    date(2025, 12, 31),
    date(2026, 1, 3),
    date(2026, 1, 5),
)


def beside(page) -> tuple[str, str]:
    found, _lines = around(page, ())
    return tuple(one.source.slug if one else "" for one in (found.older, found.newer))


def test_each_stands_between_its_neighbours_in_time_those_of_one_day_in_the_order_of_entry(home):
    pages = [policy(home, str(number), signed_on=day) for number, day in enumerate(DAYS)]
    row = ["", *(page.slug for page in sorted(pages, key=lambda page: (page.signed_on, page.pk))), ""]
    assert row[1:-1] == ["3", "1", "4", "0", "2", "5"]
    for page in pages:
        place = row.index(page.slug)
        assert beside(page) == (row[place - 1], row[place + 1])


def test_what_stands_elsewhere_or_is_not_public_is_passed_over(home):
    first, gone, last = (
        notice(home, slug, signed_on=day) for slug, day in zip("abc", sorted(DAYS), strict=False)
    )
    column = SectionPage(title="专栏", slug="column", locale=home.locale)
    add_live(section(home, "notices"), column)
    below = NoticePage(title="下级", slug="below", locale=home.locale, issuer="局", signed_on=sorted(DAYS)[1])
    add_live(column, below)
    taken_down(gone)
    assert (beside(first), beside(last)) == (("", "c"), ("a", ""))
    assert beside(below) == ("", "")


def test_the_index_of_days_leads_to_them(home):
    page = policy(home, "1")
    with CaptureQueriesContext(connection) as asked:
        beside(page)
    (found,) = (one["sql"] for one in asked if "SUBSTR" in one["sql"])
    indexes = connection.introspection.get_constraints(
        connection.cursor(), PolicyPage._meta.db_table
    ).values()
    assert ["signed_on"] in [one["columns"] for one in indexes if one["index"]]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {found}")
            plan = [row[3] for row in cursor.fetchall()]
        assert sum("(signed_on" in step for step in plan) == 2
        assert not [step for step in plan if "TEMP B-TREE" in step or step.startswith("SCAN V")]
