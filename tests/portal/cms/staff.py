"""A district with the CMS's groups, and clients signed in as its officers."""

from datetime import date

from django.test import Client

from portal.cms.groups import set_rights
from relief.officers.appoint import appoint
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from tests.factories.district import SINCE, District, make_district


def district_with_rights() -> District:
    set_rights()
    return make_district()


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer.account)
    return client


def also(officer: Officer, role: Role, area: str, since: date = SINCE, until: date | None = None) -> None:
    """Give an officer one more appointment."""
    appoint(officer, role=role, area=area, from_date=since, until_date=until, by=SETUP)
