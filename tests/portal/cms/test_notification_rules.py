"""Notification rules: what happens is told by mail to whom a rule names, and a mail never stops an act."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from wagtail.models import Page

from portal.catalogue.models import CatalogueRow, CheckRun
from portal.catalogue.seed import seed_catalogue
from portal.catalogue.verbs import state_nothing
from portal.notifying.found import untold
from portal.notifying.mail import MOST_TRIES, deliver, due_mails
from portal.notifying.models import AUTHOR, Happening, MailState, Notification, NotificationRule
from portal.notifying.schedule import NOTICE, SEND
from portal.notifying.tell import tell
from portal.notifying.verbs import change_rule, end_rule, make_rule, seed_rules, try_rule
from portal.publishing.approve import send_back
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.officers.appoint import appoint_to_section
from relief.officers.mail import enter_mail
from relief.officers.models import Officer, Role
from relief.places.set_up import SETUP
from relief.schedule.run import run_due
from relief.trail import clock
from relief.trail.record import record, set_if
from tests.factories.texts import Newsroom, make_newsroom
from tests.portal.cms.staff import signed_in

LIST = "/cms/publishing/notifications/"


@pytest.fixture
def room(db) -> Newsroom:
    made = make_newsroom()
    seed_rules(by=SETUP)
    return made


def reachable(officer: Officer, address: str = "office@example.cn") -> Officer:
    officer = Officer.objects.get(pk=officer.pk)
    return enter_mail(officer, by=officer, mail=address, version=officer.version)


def wanted(**words: Any) -> dict[str, Any]:
    rule = {"event": "published", "page_type": "", "section": None, "recipient": "reviewer", "officer": None}
    return {**rule, **words}


def round_of_schedule() -> list[str]:
    return [one.words for one in run_due([NOTICE, SEND])]


def test_a_text_handed_in_is_told_to_the_reviewer_once_and_only_with_title_section_and_link(room):
    reachable(room.reviewer)
    page = room.draft(body="<p>草稿里的话。</p>")
    room.handed_in(page)
    round_of_schedule()
    round_of_schedule()
    sent = mail.outbox
    assert [one.to for one in sent] == [["office@example.cn"]]
    assert page.title in sent[0].subject and room.section.title in sent[0].body
    assert f"{settings.PUBLIC_BASE_URL}/cms/publishing/review/{page.pk}/" in sent[0].body
    assert "草稿里的话" not in sent[0].body and room.writer.name not in sent[0].body
    assert Notification.objects.get().state == MailState.SENT


def test_each_act_is_told_as_what_it_is_and_the_last_approval_as_the_publication(room):
    for officer in (room.writer, room.reviewer, room.publisher):
        reachable(officer, f"{officer.account.username}@example.cn")
    page = room.draft()
    submission = room.handed_in(page)
    send_back(submission, by=room.reviewer, step="review")
    room.published(page)
    round_of_schedule()
    told = [(one.occurrence.event, one.officer) for one in Notification.objects.order_by("pk")]
    assert told == [
        (Happening.HANDED_IN, room.reviewer),
        (Happening.RETURNED, room.writer),
        (Happening.HANDED_IN, room.reviewer),
        (Happening.APPROVED, room.publisher),
        (Happening.PUBLISHED, room.writer),
    ]


def test_a_failing_mail_stops_nothing_and_is_tried_again_later(room, monkeypatch):
    reachable(room.reviewer)
    room.handed_in(room.draft())
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "nowhere.Backend")
    assert any("ModuleNotFoundError" in words for words in round_of_schedule())
    kept = Notification.objects.get()
    assert (kept.state, kept.tries, kept.problem) == (MailState.WAITING, 1, "ModuleNotFoundError")
    assert not due_mails()  # not before its time
    monkeypatch.undo()
    with clock.moved_to(clock.now() + timedelta(minutes=6)):
        round_of_schedule()
    assert Notification.objects.get().state == MailState.SENT and len(mail.outbox) == 1


def test_a_mail_that_fails_to_the_end_is_given_up_and_said_so(room, monkeypatch):
    reachable(room.reviewer)
    room.handed_in(room.draft())
    tell(untold()[0])
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "nowhere.Backend")
    for _try in range(MOST_TRIES):
        with pytest.raises(ModuleNotFoundError):
            deliver(Notification.objects.get())
    assert Notification.objects.get().state == MailState.FAILED
    assert deliver(Notification.objects.get()) is None


def test_two_schedules_at_once_send_one_mail(room):
    reachable(room.reviewer)
    room.handed_in(room.draft())
    found = untold()[0]
    assert tell(found) is not None and tell(found) is None
    one = due_mails()[0]
    assert deliver(one) is not None and deliver(one) is None
    assert len(mail.outbox) == 1


def test_who_has_no_address_stands_in_the_log(room):
    room.handed_in(room.draft())
    round_of_schedule()
    assert Notification.objects.get().state == MailState.NO_ADDRESS and mail.outbox == []


def test_type_and_section_narrow_a_rule_and_a_person_without_a_role_there_learns_nothing(room):
    helper, key = room.district.officer(Role.AUDITOR), room.section.translation_key
    elsewhere = room.homes["zh-hans"].get_children().exclude(pk=room.section.pk)[0]
    with pytest.raises(Invalid):
        make_rule(wanted(officer=helper, recipient=""), by=room.publisher, why="试行。")
    appoint_to_section(
        helper, role=Role.EDITOR, section=elsewhere.translation_key, from_date=clock.today(), by=SETUP
    )
    for words in ({"section": key}, {"section": elsewhere.translation_key}, {"page_type": "policypage"}):
        make_rule(wanted(**words, recipient="publisher"), by=room.publisher, why="试行。")
    make_rule(wanted(officer=helper, recipient=""), by=room.publisher, why="试行。")
    room.published()
    round_of_schedule()
    rules = Notification.objects.filter(occurrence__event="published").values_list("rule__section", "officer")
    assert set(rules) == {(None, room.writer.pk), (key, room.publisher.pk)}


def test_what_happened_before_a_rule_and_long_ago_is_not_told(room):
    room.handed_in(room.draft())
    with clock.moved_to(clock.now() + timedelta(days=3)):
        assert untold() == []
    make_rule(wanted(event="handed-in", recipient="publisher"), by=room.publisher, why="试行。")
    round_of_schedule()
    assert {one.officer for one in Notification.objects.all()} == {room.reviewer}


def test_days_that_come_are_told_once(room):
    seed_catalogue()
    page = room.published()
    row = CatalogueRow.objects.get(key="destitute-review")
    until = clock.today() + timedelta(days=3)
    state_nothing(row, by=room.writer, version=1, why_zh="无", why_en="none", until=until)
    finding = {"row": "destitute-review", "level": 2, "code": "empty"}
    CheckRun.objects.create(at=clock.now(), red=1, amber=0, findings=[finding])
    kept = room.record(page)
    event = record("set-next-check", kept, actor=SETUP.actor())
    set_if(kept, kept.version, {"next_check_on": clock.today()}, event)
    events = {one.event for one in untold()}
    assert {Happening.STATEMENT_EXPIRING, Happening.ROW_RED, Happening.CHECK_DUE} <= events
    round_of_schedule()
    assert untold() == []


def test_a_title_that_holds_a_number_of_a_person_is_not_sent(room):
    reachable(room.reviewer)
    room.handed_in(room.draft(title="请联系13912345678"))
    round_of_schedule()
    assert len(mail.outbox) == 1 and "13912345678" not in mail.outbox[0].subject + mail.outbox[0].body


def test_a_rule_is_made_changed_and_ended_on_the_screen_with_its_history(room):
    publisher = signed_in(room.publisher)
    form = {
        "event": "withdrawn",
        "page_type": "noticepage",
        "section": "",
        "recipient": "editor",
        "why": "试行。",
    }
    assert publisher.post(f"{LIST}add/", form).status_code == 302
    rule = NotificationRule.objects.get(page_type="noticepage")
    address = f"{LIST}{rule.pk}/"
    key = str(room.section.translation_key)
    changed = {
        **form,
        "act": "change",
        "version": 1,
        "section": key,
        "recipient": f"officer:{room.writer.pk}",
    }
    assert publisher.post(address, changed).status_code == 302
    stale = publisher.post(address, {**changed, "recipient": "editor"})
    assert stale.status_code == 409 and stale.context["form"].data["version"] == "2"
    shown = publisher.get(address)
    pairs = {(one["before"], one["after"]) for one in shown.context["steps"][0]["changes"]}
    assert ("全部", room.section.title) in pairs and ("", room.writer.name) in pairs
    assert publisher.post(address, {"act": "end", "version": 2, "why": ""}).status_code == 422
    assert publisher.post(address, {"act": "end", "version": 2, "why": "不再需要。"}).status_code == 302
    assert f'href="{address}"' not in publisher.get(LIST).content.decode()
    assert f'href="{address}"' in publisher.get(f"{LIST}?ended=1&event=withdrawn").content.decode()
    assert "不再需要。" in publisher.get(address).content.decode()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"recipient": ""}, "recipient"),
        ({"event": "row-red", "page_type": "noticepage"}, "event"),
        ({"event": "row-red", "recipient": AUTHOR}, "recipient"),
        ({"page_type": "page"}, "page_type"),
        ({"why": "  "}, "why"),
    ],
)
def test_what_does_not_fit_together_is_told_beside_its_field(room, words, field):
    form = {
        "event": "withdrawn",
        "page_type": "",
        "section": "",
        "recipient": "editor",
        "why": "试行。",
    } | words
    answer = signed_in(room.publisher).post(f"{LIST}add/", form)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    with pytest.raises(Invalid):
        rule = {name: form[name] for name in ("event", "page_type", "recipient")}
        make_rule(wanted(**rule), by=room.publisher, why=form["why"])


def test_only_who_releases_there_makes_a_rule_and_none_is_made_twice(room):
    helper, key = room.district.officer(Role.AUDITOR), room.section.translation_key
    appoint_to_section(helper, role=Role.PUBLISHER, section=key, from_date=clock.today(), by=SETUP)
    rule = make_rule(wanted(section=key), by=helper, why="试行。")
    with pytest.raises(WrongState):
        make_rule(wanted(section=key), by=room.publisher, why="再来。")
    for officer in (room.writer, helper):
        with pytest.raises(NotAllowed):
            make_rule(wanted(), by=officer, why="试行。")
    with pytest.raises(NotAllowed):
        change_rule(rule, by=helper, version=1, wanted=wanted(), why="扩大。")
    with pytest.raises(Stale):
        end_rule(rule, by=helper, version=7, why="结束。")
    over = end_rule(rule, by=helper, version=1, why="结束。")
    with pytest.raises(WrongState):
        change_rule(over, by=helper, version=2, wanted=wanted(section=key), why="再来。")
    assert seed_rules(by=SETUP) == 0


def test_the_trial_goes_to_oneself_and_the_screen_shows_what_would_be_sent_to_whom(room):
    rule = NotificationRule.objects.get(event="handed-in")
    with pytest.raises(Blocked):
        try_rule(rule, by=room.publisher)
    publisher = signed_in(room.publisher)
    publisher.post(f"{LIST}mail/", {"mail": "no address", "version": room.publisher.version})
    assert Officer.objects.get(pk=room.publisher.pk).mail == ""
    publisher.post(f"{LIST}mail/", {"mail": "mine@example.cn", "version": room.publisher.version})
    page = room.draft(title="最新的草稿")
    shown = publisher.get(f"{LIST}{rule.pk}/")
    assert "最新的草稿" in shown.context["mail"].body and shown.context["meant"] == [room.reviewer]
    publisher.post(f"{LIST}{rule.pk}/", {"act": "try"})
    assert [one.to for one in mail.outbox] == [["mine@example.cn"]] and page.title in mail.outbox[0].subject
    assert "最新的草稿" in publisher.get(f"{LIST}log/?state=sent&event=handed-in").content.decode()
    assert "最新的草稿" not in publisher.get(f"{LIST}log/?state=failed").content.decode()
    assert "最新的草稿" not in signed_in(room.writer).get(f"{LIST}log/").content.decode()


def test_lists_take_the_same_queries_whatever_they_hold(room, django_assert_max_num_queries):
    publisher = signed_in(room.publisher)
    room.handed_in(room.draft())
    round_of_schedule()
    of_section = wanted(section=room.section.translation_key, recipient="editor")
    make_rule(of_section, by=room.publisher, why="试行。")
    asked = {}
    for address in (LIST, f"{LIST}log/"):
        with django_assert_max_num_queries(40) as found:
            publisher.get(address)
        asked[address] = len(found)
    for number, section in enumerate(Page.objects.filter(depth=3, locale__language_code="zh-hans")[:4]):
        make_rule(wanted(section=section.translation_key), by=room.publisher, why="试行。")
        room.handed_in(room.draft(f"more-{number}"))
    round_of_schedule()
    for address, most in asked.items():
        with django_assert_max_num_queries(most):
            assert publisher.get(address).status_code == 200
