"""The address of a page is put together once, and never stale."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page, Site

from portal.pages import addressed
from portal.pages.policy import PolicyPage
from portal.publishing import act
from tests.portal.pages.texts import in_english, policy


@pytest.fixture
def pages(home) -> list[PolicyPage]:
    return [page := policy(home, "1"), in_english(page)]


def addresses(pages) -> list[str]:
    return [PolicyPage.objects.get(pk=page.pk).get_url() for page in pages]


def test_it_is_wagtail_s_own_in_either_language(pages):
    for language in ("zh-hans", "en"):
        with translation.override(language):
            theirs = [Page.objects.get(pk=page.pk).get_url() for page in pages]
            assert addresses(pages) == addresses(pages) == theirs == ["/policies/1/", "/en/policies/1/"]


def test_a_moved_section_and_another_site_are_known_at_once(home, pages):
    assert addresses(pages)[0] == "/policies/1/"
    with act.opened():
        above = pages[0].get_parent()
        above.slug = "rules"
        above.save()
    assert addresses(pages)[0] == "/rules/1/"
    Site.objects.create(hostname="other.example", root_page=home.get_parent(), port=8080)
    assert {address.partition("//")[0] for address in addresses(pages)} == {"http:"}
    Site.objects.get(hostname="other.example").delete()
    assert addresses(pages)[0] == "/rules/1/"


def test_among_several_sites_the_reader_s_own_is_named(home, pages):
    assert addresses(pages)[0] == "/policies/1/"
    ours = Site.objects.get()
    theirs = Site.objects.create(hostname="other.example", root_page=home.get_parent())
    for host, site in (("other.example", theirs), ("testserver", ours), ("other.example", theirs)):
        request = RequestFactory().get("/", headers={"host": host})
        assert PolicyPage.objects.get(pk=pages[0].pk).get_url_parts(request)[0] == site.pk


def test_the_memory_is_bounded(pages, monkeypatch):
    monkeypatch.setattr(addressed, "KEPT", 1)
    monkeypatch.setattr(addressed, "_kept", {})
    assert addresses(pages) == addresses(pages) == ["/policies/1/", "/en/policies/1/"]
    assert len(addressed._kept) == 1
