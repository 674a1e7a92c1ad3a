"""The queue asks the database the same number of questions, however many cases wait."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relief.applications.models import Application
from relief.officers.models import Role
from relief.trail import clock
from tests.factories import cases
from tests.factories.district import make_district

MOST_QUERIES = 25


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_cases(client):
    with clock.moved_to(clock.at(date(2026, 3, 2))):
        district = make_district()
        client.force_login(district.officer(Role.STREET_ACCEPTOR, "101").account)
        counts = {}
        for wanted in (1, 3, 40):
            while Application.objects.count() < wanted:
                cases.submitted(district)
            client.get("/desk/queue/")  # what is asked once per process doesn't count
            with CaptureQueriesContext(connection) as queries:
                answer = client.get("/desk/queue/")
            assert answer.status_code == 200
            counts[wanted] = len(queries)
    assert 0 < counts[1] <= counts[3] == counts[40] <= MOST_QUERIES
