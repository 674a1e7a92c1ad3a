"""Names in the CMS are words of the reader's language: who acted at set-up, and whose browser tab it is."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.users.models import UserProfile

from portal.catalogue.seed import seed_catalogue
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

LANGUAGES = [("zh-hans", "建站初始化", "阳光救助"), ("en", "set-up of the site", "Sunshine Relief")]


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


@pytest.mark.parametrize(("language", "set_up", "site"), LANGUAGES)
def test_what_set_up_entered_and_the_tab_s_name_are_in_the_officer_s_language(room, language, set_up, site):
    seed_catalogue()
    account = room.publisher.account
    UserProfile.objects.update_or_create(user=account, defaults={"preferred_language": language})
    answer = signed_in(room.publisher).get(reverse("catalogue_admin:row", args=["destitute-review"]))
    soup = BeautifulSoup(answer.content, "html.parser")
    told = soup.main.get_text()
    assert set_up in told and "setup" not in told
    assert soup.title.get_text().endswith(f" - {site}") and "Wagtail" not in soup.title.get_text()


def test_the_name_stands_on_the_tab_of_a_page_that_is_not_there(room):
    answer = signed_in(room.publisher).get("/cms/nowhere/at/all/")
    assert answer.status_code == 404
    assert "Wagtail" not in BeautifulSoup(answer.content, "html.parser").title.get_text()
