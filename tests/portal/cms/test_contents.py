"""The contents view, the bulk acts over its rows, and the care for a text."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page

from portal.pages.models import NoticePage
from portal.publishing.care import CYCLES, check_unchanged, set_next_check, set_owner
from portal.publishing.models import PageRecord, PageState
from portal.publishing.task import ensure_workflows
from relief.errors import Invalid, NotAllowed, Stale, WrongState
from relief.officers.appoint import appoint_to_section
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.trail import clock
from relief.trail.models import Event
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

CONTENTS = "/cms/publishing/contents/"


@pytest.fixture
def room(db) -> Newsroom:
    room = make_newsroom()
    ensure_workflows()
    return room


def lines(client, **asked: str):
    return {line.title: line for line in client.get(CONTENTS, asked).context["view"].lines}


def chosen(client, act: str, *pages: Page, **words: str):
    """Choose rows, confirm, and say what became of each."""
    numbers = {"page": [one.pk for one in pages], "act": act}
    asked = client.post(reverse("publishing:bulk"), numbers)
    assert asked.status_code == 200, asked
    seen = {f"seen-{line['page'].pk}": line["seen"] for line in asked.context["lines"]}
    answer = client.post(reverse("publishing:bulk"), {**numbers, **seen, "sure": "1", **words})
    return {one.page.pk: one for one in answer.context["outcomes"]}


def only_of_the_section(room: Newsroom, slug: str) -> Officer:
    """An officer who edits one section and nothing else."""
    officer = room.district.officer(Role.STREET_LEADER)
    section = Page.objects.get(slug=slug, locale__language_code="zh-hans", depth=3)
    today = clock.today()
    appoint_to_section(officer, role=Role.EDITOR, section=section.translation_key, from_date=today, by=SETUP)
    return officer


def test_every_state_is_listed_with_its_badge_and_found_by_its_filter(room):
    live = room.published(room.draft("live", title="已发布的通知", document_number="明民发〔2026〕7号"))
    draft = room.draft("draft", title="没写完的通知")
    waiting = room.draft("waiting", title="送审的通知")
    waiting.get_workflow().start(waiting, room.writer.account)
    planned = room.draft("planned", title="定时的通知", publish_at=clock.now() + timedelta(days=2))
    room.released(room.handed_in(planned))
    gone = room.published(room.draft("gone", title="撤回的通知"))
    client = signed_in(room.publisher)
    chosen(client, "withdraw", gone, way="superseded", reason_zh="已过时。", reason_en="Outdated.")
    found = lines(client, type="noticepage")
    states = {title: [str(one) for one in line.stands] for title, line in found.items()}
    assert states == {
        live.title: ["live"],
        draft.title: ["draft"],
        waiting.title: ["review"],
        planned.title: ["planned"],
        gone.title: ["withdrawn"],
    }
    assert found[live.title].number == "明民发〔2026〕7号"
    for title, (state,) in states.items():
        assert list(lines(client, type="noticepage", state=state)) == [title]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"topic": "guarantee"}, {"甲"}),
        ({"issuer": "明河区民政局", "topic": "medical"}, {"乙"}),
        ({"q": "〔2026〕9"}, {"甲"}),
        ({"q": "乙"}, {"乙"}),
        ({"type": "policypage"}, set()),
        ({"check": "due"}, set()),
        ({"owner": "nobody"}, set()),
        ({"locale": "en"}, set()),
    ],
)
def test_filters_of_the_address(room, asked, found):
    room.draft("a", title="甲", topic="guarantee", document_number="明民发〔2026〕9号")
    room.draft("b", title="乙", topic="medical")
    answer = signed_in(room.writer).get(CONTENTS, {"type": "noticepage"} | asked)
    assert {line.title for line in answer.context["view"].lines} == found
    assert answer.status_code == 200


def test_filters_depend_on_the_type_and_nothing_found_says_so(room):
    client = signed_in(room.writer)
    offered = client.get(CONTENTS, {"type": "guidepage"}).context["filters"].form.fields
    assert not {"topic", "issuer", "validity"} & set(offered) and {"state", "owner", "check"} <= set(offered)
    assert "validity" in client.get(CONTENTS, {"type": "policypage"}).context["filters"].form.fields
    assert "Drop a filter" in client.get(CONTENTS, {"q": "没有这样的文字"}).content.decode() or (
        "请去掉" in client.get(CONTENTS, {"q": "没有这样的文字"}).content.decode()
    )


def test_queries_do_not_grow_with_the_rows(room):
    client = signed_in(room.writer)

    def counted() -> int:
        with CaptureQueriesContext(connection) as told:
            client.get(CONTENTS, {"type": "noticepage"})
        return len(told)

    room.published(room.draft("one"))
    counted()
    few = counted()
    for number in range(4):
        room.draft(f"more-{number}", title=f"通知{number}", topic="medical")
    assert counted() == few


def test_an_editor_of_one_section_sees_and_touches_only_that_section(room):
    officer = only_of_the_section(room, "policies")
    notice = room.draft("elsewhere", title="别处的通知")
    client = signed_in(officer)
    found = lines(client)
    assert found and notice.title not in found
    answer = client.post(reverse("publishing:bulk"), {"act": "submit", "page": [notice.pk], "sure": "1"})
    assert answer.status_code == 302  # nothing within reach was chosen
    assert not NoticePage.objects.get(pk=notice.pk).workflow_in_progress


def test_the_csv_holds_what_is_listed_and_no_formula(room):
    room.draft("sum", title="=SUM(A1)", document_number="明民发〔2026〕9号", topic="guarantee")
    room.draft("other", title="别的", topic="medical")
    answer = signed_in(room.writer).get(CONTENTS, {"topic": "guarantee", "export": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *rows = csv.reader(text.splitlines())
    assert len(rows) == 1 and rows[0][0] == "'=SUM(A1)" and rows[0][3] == "明民发〔2026〕9号"
    assert len(head) == len(rows[0])


def test_rows_are_handed_in_together_and_what_is_missing_is_told_of_each(room):
    whole, lacking = room.draft("whole"), room.draft("lacking", title="缺日期的通知")
    broken = lacking.get_latest_revision_as_object()
    broken.signed_on = None
    broken.save_revision(user=room.writer.account, clean=False)
    live = room.published(room.draft("live"))
    told = chosen(signed_in(room.writer), "submit", whole, lacking, live)
    assert told[whole.pk].done and NoticePage.objects.get(pk=whole.pk).workflow_in_progress
    assert not told[lacking.pk].done and told[lacking.pk].words
    assert not NoticePage.objects.get(pk=lacking.pk).workflow_in_progress
    assert not told[live.pk].done  # there is no draft


def test_a_text_saved_after_it_was_looked_at_is_not_handed_in(room):
    page = room.draft()
    client = signed_in(room.writer)
    asked = client.post(reverse("publishing:bulk"), {"act": "submit", "page": [page.pk]})
    (line,) = asked.context["lines"]
    room.edited(page, title="别人又改了")
    form = {"act": "submit", "page": [page.pk], f"seen-{page.pk}": line["seen"], "sure": "1"}
    (outcome,) = client.post(reverse("publishing:bulk"), form).context["outcomes"]
    assert not outcome.done and not NoticePage.objects.get(pk=page.pk).workflow_in_progress


def test_texts_are_withdrawn_with_one_reason_and_a_translation_goes_along(room):
    page = room.published()
    other = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    other.title, other.issuer = "Heating", "Bureau"
    other.save_revision(user=room.writer.account)
    twin = room.published(other)
    never = room.draft("never", title="没发布过的通知")
    client = signed_in(room.publisher)
    words = {"way": "superseded", "reason_zh": "已过时。", "reason_en": "Outdated."}
    told = chosen(client, "withdraw", twin, page, never, **words)
    assert told[page.pk].done and told[twin.pk].done and not told[never.pk].done
    assert {room.record(one).state for one in (page, twin)} == {PageState.SUPERSEDED}
    acts = Event.objects.filter(act="withdraw-text")
    assert acts.count() == 2


def test_withdrawing_in_bulk_asks_for_reasons_and_is_for_the_publisher(room):
    page = room.published()
    client = signed_in(room.writer)
    told = chosen(client, "withdraw", page, way="superseded", reason_zh="已过时。", reason_en="Outdated.")
    assert not told[page.pk].done and room.record(page).state == PageState.PUBLIC
    numbers = {
        "act": "withdraw",
        "page": [page.pk],
        "sure": "1",
        "way": "superseded",
        "reason_zh": "已过时。",
    }
    answer = signed_in(room.publisher).post(reverse("publishing:bulk"), numbers)
    assert "reason_en" in answer.context["form"].errors and "已过时。" in answer.content.decode()


def test_a_new_topic_is_a_draft_to_be_reviewed_never_a_live_change(room):
    page = room.published(room.draft(topic="guarantee"))
    told = chosen(signed_in(room.writer), "topic", page, topic="medical")
    page = NoticePage.objects.get(pk=page.pk)
    assert told[page.pk].done and page.topic == "guarantee" and page.has_unpublished_changes
    newest = page.get_latest_revision_as_object()
    assert newest.topic == "medical" and "医疗救助" in newest.change_note_zh and newest.change_note_en
    assert chosen(signed_in(room.writer), "submit", page)[page.pk].done
    assert not chosen(signed_in(room.writer), "topic", page, topic="goods")[page.pk].done  # in review


def test_owner_and_next_check_are_set_at_once_with_a_reason_kept_in_history(room):
    page = room.published()
    client = signed_in(room.writer)
    told = chosen(client, "owner", page, owner=str(room.publisher.pk), why="分工调整")
    assert told[page.pk].done and lines(client)[page.title].owner == room.publisher
    day = clock.today() + timedelta(days=9)
    assert chosen(client, "check", page, next_check_on=day.isoformat(), why="政策将变")[page.pk].done
    kept = room.record(page)
    assert kept.next_check_on == day and not NoticePage.objects.get(pk=page.pk).has_unpublished_changes
    notes = list(kept.history.values_list("care_note", flat=True))
    assert notes[:2] == ["政策将变", "分工调整"]
    assert "分工调整" in client.get(reverse("publishing:care", args=[page.pk])).content.decode()
    past = {"next_check_on": "2020-01-01", "why": "改"}
    assert not chosen(client, "check", page, **past)[page.pk].done


def test_a_draft_that_was_never_handed_in_has_an_owner_too(room):
    page = room.draft()
    client = signed_in(room.writer)
    assert lines(client)[page.title].owner == room.writer  # who wrote it
    assert chosen(client, "owner", page, owner=str(room.publisher.pk), why="分工")[page.pk].done
    assert lines(client)[page.title].owner == room.publisher
    room.published(page)
    assert room.record(page).owner == room.publisher


def test_checked_unchanged_is_one_click_one_event_and_sets_the_next_date(room, monkeypatch):
    monkeypatch.setitem(CYCLES, "NoticePage", 30)
    page = room.published()
    kept = room.record(page)
    assert kept.next_check_on == clock.today() + timedelta(days=30)  # as of its publication
    client = signed_in(room.writer)
    set_next_check(page, by=room.writer, on=clock.today(), why="今天核对", version=kept.version)
    assert lines(client, check="due")[page.title].due
    before, version = Event.objects.count(), room.record(page).version
    form = {f"version-{page.pk}": version, "back": "check=due&type=noticepage"}
    answer = client.post(reverse("publishing:checked", args=[page.pk]), form)
    assert answer.url == f"{CONTENTS}?check=due&type=noticepage"
    kept = room.record(page)
    assert (kept.checked_by, kept.next_check_on) == (room.writer.name, clock.today() + timedelta(days=30))
    assert Event.objects.count() == before + 1 and Event.objects.last().act == "check-text"
    client.post(reverse("publishing:checked", args=[page.pk]), form)  # pressed twice
    assert Event.objects.count() == before + 1
    assert page.title not in lines(client, check="due")


def test_care_is_refused_to_strangers_without_reason_and_when_stale(room):
    page = room.published()
    version = room.record(page).version
    given = {"owner": room.writer, "why": "分工", "version": version}
    with pytest.raises(NotAllowed):
        set_owner(page, by=room.reviewer, **given)
    with pytest.raises(Invalid):
        set_owner(page, by=room.writer, **given | {"why": " "})
    with pytest.raises(Invalid):  # an owner who may do nothing here
        set_owner(page, by=room.writer, **given | {"owner": room.district.officer(Role.STREET_REVIEWER)})
    with pytest.raises(Stale):
        set_owner(page, by=room.writer, **given | {"version": version - 1})
    with pytest.raises(WrongState):
        check_unchanged(room.draft("never"), by=room.writer, version=0)
    assert PageRecord.objects.get(page_id=page.pk).version == version


def test_one_text_by_its_own_screen(room):
    page = room.published()
    client = signed_in(room.writer)
    address = reverse("publishing:care", args=[page.pk])
    form = {"act": "owner", "version": room.record(page).version, "owner-owner": room.publisher.pk}
    assert "owner-why" in client.post(address, form).content.decode()  # asked again
    assert client.post(address, form | {"owner-why": "分工"}).status_code == 302
    assert room.record(page).owner == room.publisher
    assert signed_in(room.reviewer).get(address).context["cares"] is False
