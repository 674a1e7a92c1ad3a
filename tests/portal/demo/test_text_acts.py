"""The newsroom of the demo: what officers wrote, reviewed, released and withdrew, and what is on its way."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localtime
from wagtail.models import Page, WorkflowState

from portal.catalogue.models import CheckRun
from portal.demo.text_acts import AMENDED, CORRECTED, ELSEWHERE, PAST, page_at
from portal.demo.text_words import BINNED, HELD, PLANNED, REVIEWED_NOTE, SLIP, WAITING
from portal.gate.check import Stand
from portal.pages.models import NoticePage
from portal.pages.official import OfficialPage
from portal.publishing.models import (
    BinnedDraft,
    ChangeKind,
    PageRecord,
    PageState,
    Plan,
    PlanState,
    PublicChange,
    Submission,
)
from portal.publishing.publish import gate_standing
from portal.publishing.translated import TranslationState, standings
from relief.ledger.models import Publication
from relief.officers.models import Account, Appointment, Role, ScopeKind
from relief.trail import clock
from relief.trail.models import Event

BY_REVIEW = [
    ("approve-text", Role.REVIEWER),
    ("approve-text", Role.PUBLISHER),
    ("publish-text", Role.PUBLISHER),
]


def record_of(page: Any) -> PageRecord:
    return PageRecord.objects.get(page_id=page.pk)


def acts_on(page: Any) -> list[tuple[str, str]]:
    """What officers did with a page's text: act and role, in order; who answers for it set aside."""
    done = Event.objects.filter(subject_code=record_of(page).code, actor_kind="officer").order_by("pk")
    done = done.exclude(act__in=("set-text-owner", "set-text-check", "check-text"))
    return list(done.values_list("act", "actor_role"))


def test_the_newsroom_has_its_seats_and_the_section_editor_two_sections(scratch_demo: str) -> None:
    seats = ("bianji-zhengce", "wangzhan-shenhe", "wangzhan-qianfa")
    held = Appointment.objects.filter(officer__account__username__in=seats).values_list(
        "officer__account__username", "role", "scope_kind", "scope_code"
    )
    policies, interpretations = (str(page_at(one).translation_key) for one in ("policies", "interpretations"))
    assert set(held) == {
        ("bianji-zhengce", Role.SECTION_EDITOR, ScopeKind.SECTION, policies),
        ("bianji-zhengce", Role.SECTION_EDITOR, ScopeKind.SECTION, interpretations),
        ("wangzhan-shenhe", Role.REVIEWER, ScopeKind.AREA, "000"),
        ("wangzhan-qianfa", Role.PUBLISHER, ScopeKind.AREA, "000"),
    }


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_policy_was_amended_under_review_with_notes(scratch_demo: str, language: str) -> None:
    page = page_at(AMENDED, language)
    assert page.locale.language_code == language
    assert acts_on(page) == [
        ("submit-text", Role.SECTION_EDITOR),
        ("inspect-page", Role.SECTION_EDITOR),
        *BY_REVIEW,
        *([("confirm-translation", Role.SECTION_EDITOR)] if language == "zh-hans" else []),
    ]
    first, change = PublicChange.objects.filter(record=record_of(page))
    assert (first.kind, change.kind) == (ChangeKind.FIRST, ChangeKind.SUBSTANTIVE)
    assert (change.note_zh, change.note_en) == REVIEWED_NOTE
    assert first.at < change.at < clock.now()
    shown = Client().get(page.url).content.decode()
    assert (REVIEWED_NOTE.en if language == "en" else REVIEWED_NOTE.zh) in shown


def test_the_board_of_translations_has_something_of_every_kind(scratch_demo: str) -> None:
    sources = Page.objects.filter(locale__language_code="zh-hans", depth__gte=2, live=True)
    found = {one.source.url_path.split("/", 2)[2].rstrip("/"): one for one in standings(sources)}
    assert found[AMENDED].state == TranslationState.CURRENT
    assert (found[CORRECTED].state, found[CORRECTED].minor) == (TranslationState.STALE, 1)
    assert found[ELSEWHERE].state == TranslationState.BEGUN
    assert found[PAST].state == TranslationState.NOT_NEEDED and found[PAST].decision is not None
    assert TranslationState.MISSING in {one.state for one in found.values()}


def test_a_slip_of_the_pen_was_corrected_without_a_note(scratch_demo: str) -> None:
    page = page_at(CORRECTED)
    assert acts_on(page) == [("submit-text", Role.EDITOR), ("inspect-page", Role.EDITOR), *BY_REVIEW]
    assert [one.kind for one in record_of(page).changes.all()] == [ChangeKind.FIRST, ChangeKind.MINOR]
    assert SLIP[1] in page.summary and SLIP[0] not in page.summary


@pytest.mark.parametrize(
    ("name", "state", "readable"),
    [
        ("policies/publicity-trial", PageState.SUPERSEDED, True),
        ("policies/doorplates", PageState.REMOVED, False),
    ],
)
def test_two_policies_were_withdrawn(scratch_demo: str, name: str, state: str, readable: bool) -> None:
    page = page_at(name)
    kept = record_of(page)
    assert (kept.state, kept.replaced_by) == (state, page_at(AMENDED).pk)
    assert acts_on(page) == [("withdraw-text", Role.PUBLISHER)]
    answer = Client().get(page.url)
    assert answer.status_code == 200 and kept.reason_zh in answer.content.decode()
    assert (page.body[0].value["text"].source in answer.content.decode()) == readable


def test_one_text_waits_in_the_queue_and_one_for_the_gate_s_release(scratch_demo: str) -> None:
    waiting, held = (NoticePage.objects.get(slug=draft.slug) for draft in (WAITING, HELD))
    for page, stand in ((waiting, Stand.PASSED), (held, Stand.REFUSED)):
        assert not page.live and page.workflow_in_progress
        assert acts_on(page) == [("submit-text", Role.EDITOR), ("inspect-page", Role.EDITOR)]
        revision = page.get_latest_revision()
        assert gate_standing(revision, revision.as_object()).stand == stand
    assert WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).count() == 2


def test_one_text_is_planned_and_one_draft_lies_in_the_bin(scratch_demo: str) -> None:
    planned = Plan.objects.get()
    page = planned.record.page
    assert (page.slug, page.live, planned.state) == (PLANNED.slug, False, PlanState.WAITING)
    assert clock.at(clock.today()) < planned.due_at == page.get_latest_revision_as_object().publish_at
    assert acts_on(page)[2:] == [*BY_REVIEW[:2], ("plan-text", Role.PUBLISHER)]
    binned = BinnedDraft.objects.get()
    editor = Account.objects.get(username="bianji")
    assert (binned.title, binned.deleted_by) == (BINNED.title, editor.get_full_name())
    assert binned.until > clock.today()


def test_nobody_passed_a_text_of_their_own_nor_two_steps(scratch_demo: str) -> None:
    reviewed = Submission.objects.exclude(officer_id=None).exclude(approvals=None)
    assert reviewed.count() == 4
    for submission in reviewed:
        persons = [submission.officer_id, *submission.approvals.values_list("officer_id", flat=True)]
        assert len(set(persons)) == len(persons) == 3


def test_every_text_was_signed_before_it_went_public(scratch_demo: str) -> None:
    """What the bureau brought along tells its own first day; everything else stands in Events."""
    seen = 0
    for kept in PageRecord.objects.exclude(state=PageState.DRAFT):
        page: Any = kept.page
        public = localtime(page.first_published_at).date()
        assert page.first_published_at <= kept.published_at < clock.now(), page.url
        if isinstance(page, OfficialPage):
            assert page.facts.signed_on <= public, page.url
            seen += 1
    assert seen > 20


def test_each_public_change_stands_in_the_journal(scratch_demo: str) -> None:
    changes = PublicChange.objects.values_list("event_id", flat=True)
    assert set(Publication.objects.filter(kind="page").values_list("event_id", flat=True)) == set(changes)


def test_the_checks_find_nothing(scratch_demo: str) -> None:
    call_command("check_trail", stdout=StringIO())
    told = StringIO()
    call_command("check_disclosure", stdout=told)
    run = CheckRun.objects.get()
    assert (run.red, run.amber) == (0, 0), told.getvalue()
