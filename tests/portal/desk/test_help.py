"""Help at the desk shows the road that is in force."""

import pytest
from django.test import Client

from relief.applications.road_57 import ROAD_57
from relief.officers.models import Role
from tests.factories.district import make_district


@pytest.mark.django_db
def test_help_shows_every_step_of_the_road(client: Client) -> None:
    district = make_district()
    client.force_login(district.officer(Role.STREET_REVIEWER, "101").account)
    html = client.get("/desk/help/").content.decode()
    assert html.count('<tr class="govuk-table__row">') == len(ROAD_57.steps) + 1
    assert "（民发〔2021〕57号）第19条" in html


@pytest.mark.django_db
def test_help_is_for_officers(client: Client) -> None:
    assert client.get("/desk/help/").status_code == 302
