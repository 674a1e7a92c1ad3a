"""The screens of addresses: what leads where, a short one more, a move; nothing typed is lost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from portal.publishing.lead import add_address
from portal.publishing.models import AddressChange
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in
from tests.portal.publishing.test_withdraw import notice

MOVE = {"reason_zh": "统一命名。", "reason_en": "Named alike."}


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def test_the_tab_names_addresses_of_both_languages_and_offers_acts_to_who_releases_texts_alone(room):
    page = notice(room.section, "text")
    at = reverse("publishing:addresses", args=[page.pk])
    for officer, offered in ((room.writer, False), (room.reviewer, False), (room.publisher, True)):
        text = signed_in(officer).get(at).content.decode()
        assert "<code>/notices/text/</code>" in text and "<code>/en/notices/text/</code>" in text
        acts = (reverse("publishing:move", args=[page.pk]), 'name="reason"')
        assert [act in text for act in acts] == [offered, offered]
    edit = signed_in(room.writer).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert at in edit
    assert (
        signed_in(room.writer).get(reverse("publishing:addresses", args=[room.draft("draft").pk])).status_code
        == 200
    )


def test_a_short_address_is_added_and_taken_away_and_bad_input_stands_in_its_field(room):
    page, client = notice(room.section, "text"), signed_in(room.publisher)
    at = reverse("publishing:addresses", args=[page.pk])
    version = room.record(page).version
    told = client.post(at, {"path": "/verify/", "reason": "海报", "version": version})
    assert "path" in told.context["form"].errors and told.context["form"]["reason"].value() == "海报"
    assert client.post(at, {"path": "/dibao", "reason": "海报", "version": version}).status_code == 302
    shown = client.get(at)
    assert [line.leads for line in shown.context["lines"]] == [True]
    assert room.publisher.name in shown.content.decode()
    ending = {"path": "/dibao", "reason": "", "version": version + 1, "end": "1"}
    assert client.post(at, ending).status_code == 200
    assert signed_in(room.writer).post(at, {**ending, "reason": "换"}).status_code == 200
    assert AddressChange.objects.count() == 1
    assert client.post(at, {**ending, "reason": "换"}).status_code == 302
    assert [line.leads for line in client.get(at).context["lines"]] == [False, False]


def test_a_move_by_the_form_keeps_what_was_typed_until_it_fits(room):
    page, client = notice(room.section, "text"), signed_in(room.publisher)
    notice(room.section, "taken")
    at = reverse("publishing:move", args=[page.pk])
    typed = {"slug": "taken", "parent": room.section.pk, "version": room.record(page).version, **MOVE}
    told = client.post(at, typed)
    assert "通知taken" in told.context["form"].errors["slug"][0]
    assert told.context["form"]["reason_zh"].value() == MOVE["reason_zh"]
    stale = client.post(at, {**typed, "slug": "fresh", "version": 99})
    assert stale.status_code == 200 and Page.objects.get(pk=page.pk).slug == "text"
    done = client.post(at, {**typed, "slug": "fresh"}, follow=True)
    assert "<code>/notices/fresh/</code>" in done.content.decode()
    assert Client().get("/notices/text/").status_code == 302
    assert signed_in(room.writer).get(at).status_code == 403
    history = (
        signed_in(room.writer).get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    )
    assert f"网址由 /notices/text 改为 /notices/fresh：{MOVE['reason_zh']}" in history


def test_many_old_addresses_cost_no_more_queries_than_one(room):
    page, client = notice(room.section, "text"), signed_in(room.publisher)
    at = reverse("publishing:addresses", args=[page.pk])

    def add(path: str) -> None:
        kept = room.record(page)
        add_address(kept, by=room.publisher, path=path, reason="海报", version=kept.version)

    add("/first")
    client.get(at)
    with CaptureQueriesContext(connection) as one:
        client.get(at)
    for number in range(10):
        add(f"/short-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get(at)
    assert len(many) == len(one)


def test_wagtail_s_own_screens_of_redirects_are_closed(room):
    client = signed_in(room.publisher)
    for path in ("/cms/redirects/", "/cms/redirects/add/", "/cms/redirects/import/"):
        assert client.get(path).status_code == 404
