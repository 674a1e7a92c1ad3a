"""What a list page may cost: queries constant in rows, bytes of a first visit."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.factories import stages

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
FIRST_VISIT_BYTES = 40 * 1024


def test_queries_do_not_grow_with_the_rows(client, django_assert_max_num_queries):
    counts = []
    district = stages.ground()
    for size, batch in ((1, "2026-01"), (3, "2026-02"), (40, "2026-03")):
        with stages.on(stages.DAY):
            found = stages.cases.posted(district, stages.published(district, size, batch))
            cache.clear()
            with django_assert_max_num_queries(MOST_QUERIES) as queries:
                html = client.get(f"/publicity/{found.number}/").content.decode()
            assert html.count('<th scope="row"') == size
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
    first_visit(html)


def first_visit(html: str) -> None:
    """Page, styles, icon and the script of the search box as they travel, compressed; there is no picture."""
    assert html.count("<script") == 1 and "<img" not in html
    total = len(gzip.compress(html.encode()))
    for name in set(re.findall(r'/static/(cap/[\w.-]+\.(?:css|svg|js))"', html)):
        total += len(gzip.compress(Path(settings.BASE_DIR, "portal/static", name).read_bytes()))
    assert total <= FIRST_VISIT_BYTES, total


@pytest.mark.parametrize("name", ["waiting", "announced", "expired", "withdrawn"])
def test_other_stages_keep_the_budget(client, django_assert_max_num_queries, name):
    stage = stages.STAGES[name](stages.ground())
    with stages.on(stage.day), django_assert_max_num_queries(MOST_QUERIES):
        client.get(stage.path)


def test_a_304_costs_two_queries(client, django_assert_num_queries):
    """The list and the journal's head."""
    stage = stages.running(stages.ground())
    with stages.on(stage.day):
        tag = client.get(stage.path)["ETag"]
        with django_assert_num_queries(2):
            assert client.get(stage.path, headers={"If-None-Match": tag}).status_code == 304
