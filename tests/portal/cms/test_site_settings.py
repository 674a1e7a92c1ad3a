"""The settings of the site: changed with a reason, shown old → new, taken back, read by every page."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.context import Bureau
from portal.freshness import entity_tag
from portal.particulars.current import current, installed
from portal.particulars.models import COLUMNS, Particulars
from portal.particulars.verbs import change, digest_of, enter
from portal.publicity.all_forms import AllForms
from relief.errors import Invalid, NotAllowed
from relief.ledger.models import Publication
from relief.officers.appoint import appoint_to_section
from relief.officers.models import Role
from relief.places.set_up import SETUP
from relief.trail import clock
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

ADDRESS = "/cms/publishing/site/"


@pytest.fixture
def room(db) -> Newsroom:
    return make_newsroom()


def form(**words: Any) -> dict[str, Any]:
    kept = Particulars.objects.first()
    return {**current(), "version": kept.version if kept else 1, "why": "搬迁。", "act": "change", **words}


def footer() -> str:
    return Client().get("/notices/").content.decode().rpartition("<footer")[2]


def test_a_change_is_public_at_once_and_stands_in_the_history_from_and_to(room):
    publisher = signed_in(room.publisher)
    assert (
        publisher.post(ADDRESS, form(hotline="0400-000-1234", police_zh="示例公网安备1号")).status_code == 302
    )
    shown = footer()
    assert "0400-000-1234" in shown and "示例公网安备1号" in shown and "0400-000-0000" not in shown
    step = publisher.get(ADDRESS).context["steps"][0]
    assert step["record"].why == "搬迁。" and step["record"].actor_name == room.publisher.name
    told = {(one["before"], one["after"]) for one in step["changes"]}
    assert told == {("0400-000-0000", "0400-000-1234"), ("", "示例公网安备1号")}


def test_both_languages_are_read_and_chinese_stands_in_for_what_has_no_english(room):
    signed_in(room.publisher).post(ADDRESS, form(note_zh="每年一月核对。", hours_en="mornings"))
    english = Client().get("/en/notices/").content.decode()
    assert "每年一月核对。" in english and "mornings" in english


def test_a_version_is_taken_back_by_one_more_change(room):
    publisher = signed_in(room.publisher)
    publisher.post(ADDRESS, form(hotline="0400-000-1234"))
    first = Particulars.history.model.objects.order_by("history_id").first()
    back = {"act": "take-back", "history": first.history_id, "version": 2, "why": ""}
    publisher.post(ADDRESS, back)
    assert current()["hotline"] == "0400-000-1234"  # without a reason nothing happens
    stale = publisher.post(ADDRESS, back | {"version": 1, "why": "误改。"})
    assert stale.status_code == 409 and 'value="误改。"' in stale.content.decode()
    assert publisher.post(ADDRESS, back | {"why": "误改。"}).status_code == 302
    assert current() == installed()
    assert [one["record"].why for one in publisher.get(ADDRESS).context["steps"]] == ["误改。", "搬迁。", ""]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"hotline": "13912345678"}, "hotline"),
        ({"hotline": "请拨打"}, "hotline"),
        ({"address_zh": "找王主任13912345678"}, "address_zh"),
        ({"note_zh": "办公电话0571-88886666"}, "note_zh"),
        ({"name_en": "  "}, "name_en"),
        ({"why": " "}, "why"),
        ({"hours_zh": "早" * 81}, "hours_zh"),
        ({}, "why"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(room, wrong, column):
    enter(by=SETUP)
    typed = form(**({"address_en": "typed"} if wrong else {})) | wrong
    answer = signed_in(room.publisher).post(ADDRESS, typed)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [column]
    assert ("typed" in answer.content.decode()) == bool(wrong)
    assert current() == installed()


def test_a_stale_form_is_refused_and_shows_both(room):
    enter(by=SETUP)
    publisher, typed = signed_in(room.publisher), form(hotline="0400-000-7777")
    publisher.post(ADDRESS, form(hotline="0400-000-1234"))
    answer = publisher.post(ADDRESS, typed)
    assert answer.status_code == 409 and [one["label"] for one in answer.context["differs"]]
    assert "0400-000-7777" in answer.content.decode() and current()["hotline"] == "0400-000-1234"
    again = {**typed, "version": answer.context["form"].data["version"]}
    assert publisher.post(ADDRESS, again).status_code == 302 and current()["hotline"] == "0400-000-7777"


def test_only_who_releases_on_the_whole_site_changes_it(room):
    kept, values = enter(by=SETUP), {"hotline": "0400-000-1234"}
    helper = room.district.officer(Role.AUDITOR)
    key = room.section.translation_key
    appoint_to_section(helper, role=Role.PUBLISHER, section=key, from_date=clock.today(), by=SETUP)
    for officer in (room.writer, room.reviewer, helper):
        with pytest.raises(NotAllowed):
            change(kept, by=officer, version=1, values=values, why="搬迁。")
        assert "<textarea" not in signed_in(officer).get(ADDRESS).content.decode()
        assert signed_in(officer).post(ADDRESS, form(**values)).status_code == 403
    assert signed_in(room.district.officer(Role.STREET_REVIEWER)).get(ADDRESS).status_code == 403
    assert current() == installed()


def test_the_journal_names_the_change_so_that_no_kept_answer_outlives_it(room):
    request = RequestFactory().get("/feed.atom")
    before, kept = entity_tag(request), enter(by=SETUP)
    assert entity_tag(request) == before  # the first version says what the installation says
    fresh = change(kept, by=room.publisher, version=1, values={"hotline": "0400-000-1234"}, why="搬迁。")
    assert entity_tag(request) != before
    row = Publication.objects.last()
    assert (row.kind, row.ref, row.digest) == ("site", str(fresh.code), digest_of(fresh))


def test_the_gate_knows_the_new_hotline_as_an_offices(room):
    change(enter(by=SETUP), by=room.publisher, version=1, values={"hotline": "0400-000-1234"}, why="搬迁。")
    assert "0400-000-1234" in AllForms().particulars() and "0400-000-0000" not in AllForms().particulars()


def test_a_page_reads_it_with_one_query_whatever_it_shows(room, django_assert_max_num_queries):
    enter(by=SETUP)
    with django_assert_max_num_queries(15) as asked:
        Client().get("/notices/")
    table = Particulars._meta.db_table
    assert sum(table in one["sql"] for one in asked.captured_queries) == 1


def test_an_unknown_version_is_refused(room):
    kept = enter(by=SETUP)
    publisher = signed_in(room.publisher)
    answer = publisher.post(
        ADDRESS, {"act": "take-back", "history": "999", "version": kept.version, "why": "?"}
    )
    assert answer.status_code == 422 and current() == installed()


def test_every_value_of_the_installation_has_its_column(db):
    assert set(installed()) == set(COLUMNS)
    with pytest.raises(AttributeError):
        _ = Bureau().nothing
    assert Bureau().publisher == settings.BUREAU["name"]["zh-hans"]
    with pytest.raises(Invalid):
        change(enter(by=SETUP), by=make_newsroom().publisher, version=1, values={"site_code": ""}, why="?")
    assert reverse("publishing:site") == ADDRESS
