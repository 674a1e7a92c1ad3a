"""Links that lead nowhere: what is there, what is another host's, what is gone."""

import pytest

from portal.catalogue.links import Known, broken, leads_somewhere
from portal.publishing.links import Linked

KNOWN = Known(
    frozenset({3}),
    frozenset({"/notices/a/", "/en/notices/a/"}),
    documents=lambda: frozenset({5}),
    leading=lambda: frozenset({"/old/"}),
)


@pytest.mark.parametrize(
    "url",
    [
        "/notices/a/", "/notices/a", "/en/notices/a/", "/notices/a/?page=2#top", "#top", "",
        "https://www.example.gov.cn/gone/", "mailto:a@example.org", "tel:12345",
        "/verify/", "/en/verify/", "/old/", "/old", "/disclosure/check/", "http://localhost:8000/notices/a/",
    ],
)  # fmt: skip
def test_what_is_there_or_belongs_to_others_is_no_dead_link(url, settings):
    settings.PUBLIC_BASE_URL = "http://localhost:8000"
    assert leads_somewhere(url, KNOWN)


@pytest.mark.parametrize(
    "url", ["/notices/gone/", "/notices/gone", "http://localhost:8000/gone/", "/en/gone/"]
)
def test_an_address_of_our_own_without_a_page_is_dead(url, settings):
    settings.PUBLIC_BASE_URL = "http://localhost:8000"
    assert not leads_somewhere(url, KNOWN)


def test_pages_and_documents_are_known_by_their_keys():
    linked = Linked({3, 4}, {5, 6}, {"/notices/a/", "/gone/"})
    assert broken(linked, KNOWN) == ("page 4", "document 6", "/gone/")
