"""One bulk act over all texts that fit the filters of the contents view, on whatever page they stand."""

from dataclasses import replace

import pytest
from django.urls import reverse

from portal.cms.contents.acts import ACTS
from portal.cms.contents.view import Contents
from portal.publishing.task import ensure_workflows
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in
from tests.portal.cms.test_contents import CONTENTS, only_of_the_section


@pytest.fixture
def room(db) -> Newsroom:
    room = make_newsroom()
    ensure_workflows()
    return room


def test_all_that_fits_the_filters_is_chosen_over_every_page_within_reach_and_limits(room, monkeypatch):
    monkeypatch.setattr(Contents, "paginate_by", 2)
    medical = [room.draft(slug, topic="medical") for slug in ("one", "two", "three")]
    other = room.draft("other", topic="guarantee")
    client, at = signed_in(room.writer), reverse("publishing:bulk")
    fitting = {"act": "owner", "all": "1", "page": [other.pk], "back": "topic=medical&p=2"}
    assert 'name="all"' in client.get(CONTENTS, {"topic": "medical"}).content.decode()
    assert 'name="all"' not in client.get(CONTENTS, {"topic": "guarantee"}).content.decode()  # one page
    asked = client.post(at, fitting)
    seen = {f"seen-{line['page'].pk}": line["seen"] for line in asked.context["lines"]}
    assert set(seen) == {f"seen-{page.pk}" for page in medical}
    room.draft("late", topic="medical")  # fits too, but was not seen
    sure = fitting | seen | {"page": [one.pk for one in medical], "sure": "1", "why": "分工"}
    done = client.post(at, sure | {"owner": str(room.publisher.pk)}).context["outcomes"]
    assert {one.page.pk for one in done if one.done} == {one.pk for one in medical}
    elsewhere = only_of_the_section(room, "policies")
    assert signed_in(elsewhere).post(at, fitting).status_code == 302  # nothing within reach fits
    monkeypatch.setitem(ACTS, "owner", replace(ACTS["owner"], most=3))
    told = client.post(at, fitting, follow=True).content.decode()
    assert "一次最多3件" in told  # there are four by now
