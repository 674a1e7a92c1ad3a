"""The gate's verbs: bound to digests, released by a second person only (issue 6 item 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page, Revision

from portal.gate import check
from portal.gate.check import Stand, digests_of, inspect, release, standing_of
from portal.gate.models import GateRelease, GateVerdict
from portal.gate.shown import gate_context
from portal.models import NoticePage
from relief.errors import Blocked, Invalid, NotAllowed
from relief.ledger.insert_only import InsertOnlyError
from relief.officers.models import Officer, Role
from relief.trail.actor import Robot
from relief.trail.models import Event, Refusal
from tests.factories.district import make_district
from tests.portal.gate.test_reader import Given

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
REASON = "登记表上的号码是办公手机，已核实。"
ROLES = {Role.AUDITOR, Role.EDITOR}


@dataclass
class Ground:
    """A draft by an editor, and who else is there."""

    page: NoticePage
    revision: Revision
    subject: Any
    author: Officer
    asker: Officer
    second: Officer

    def inspect(self, *files: Given, by: Officer | Robot | None = None) -> GateVerdict:
        return inspect(self.revision, files, subject=self.subject, by=by or self.asker)

    def standing(self, *files: Given) -> check.Standing:
        return standing_of(self.revision, digests_of(self.revision.as_object(), files))

    def release(self, verdict: GateVerdict, by: Officer, reason: str = REASON, **more: Any) -> GateRelease:
        return release(self.subject, verdict=verdict, by=by, reason=reason, **{"roles": ROLES, **more})


@pytest.fixture
def ground() -> Ground:
    district = make_district()
    author = district.officer(Role.EDITOR)
    page = NoticePage(
        title="通知", slug="n", issuer="明河区民政局", body="<p>略。</p>", signed_on="2026-03-02"
    )
    page.live = False
    Page.get_first_root_node().add_child(instance=page)
    revision = page.save_revision(user=author.account)
    others = district.officer(Role.DISTRICT_APPROVER), district.officer(Role.AUDITOR)
    return Ground(page, revision, district.areas["000"], author, *others)


def written(ground: Ground, text: str) -> None:
    ground.page.body = text
    ground.revision = ground.page.save_revision(user=ground.author.account)


def test_a_clean_text_passes_and_its_verdict_names_what_was_read(ground):
    file = Given("a.txt", "低保标准".encode())
    verdict = ground.inspect(file)
    assert verdict.passed and verdict.findings == [] and verdict.files == [file.sha256]
    assert (verdict.page_id, verdict.revision_id) == (ground.page.pk, ground.revision.pk)
    event = Event.objects.get(pk=verdict.event_id)
    assert (event.act, event.actor_id, event.subject_code) == (
        "inspect-page",
        ground.asker.pk,
        ground.subject.code,
    )
    assert ground.standing(file).stand == Stand.PASSED and ground.standing(file).may_go_out


def test_findings_in_text_and_file_stop_and_hold_no_value(ground):
    written(ground, f"<p>一</p><p>电话：{PHONE}</p>")
    verdict = ground.inspect(Given(f"{PHONE}.txt", f"第一行\n{PHONE}".encode()))
    assert [(one["code"], one["place"]) for one in verdict.findings] == [
        ("mobile", [["field", "portal.noticepage", "body"], ["paragraph", 2]]),
        ("mobile", [["file", "…"], ["name"]]),
        ("mobile", [["file", "…"], ["line", 2]]),
    ]
    assert verdict.findings[0]["excerpt"] == "电话:******"
    kept = str(GateVerdict.objects.values().get()) + str(list(Event.objects.values()))
    assert PHONE not in kept
    standing = standing_of(ground.revision, check.Digests(verdict.content, tuple(verdict.files)))
    assert standing.stand == Stand.REFUSED and len(standing.findings) == 3 and not standing.may_go_out


def test_what_a_page_calls_its_file_is_read_and_may_not_be_another_later(ground):
    file = Given("form.txt", b"1", title=f"申请表 {PHONE}")
    verdict = ground.inspect(file)
    assert not verdict.passed and ["title"] in verdict.findings[0]["place"]
    good, renamed = Given("form.txt", b"1", title="申请表"), Given("form.txt", b"1", title="登记表")
    assert ground.inspect(good).passed and ground.standing(good).stand == Stand.PASSED
    assert ground.standing(renamed).stand == Stand.STALE


def test_an_unreadable_file_stops(ground):
    verdict = ground.inspect(Given("a.bin", b"\x00\x01\x02"))
    assert [one["code"] for one in verdict.findings] == ["unread:kind"]
    assert not verdict.passed


def test_a_file_of_another_digest_stops(ground):
    verdict = ground.inspect(Given("a.txt", b"text", "0" * 64))
    assert [one["code"] for one in verdict.findings] == ["unread:differs"]


def test_a_verdict_holds_for_this_text_these_files_and_these_rules(ground, monkeypatch):
    assert ground.standing().stand == Stand.MISSING
    ground.inspect()
    assert ground.standing().stand == Stand.PASSED
    assert ground.standing(Given("a.txt", b"text")).stand == Stand.STALE
    first = ground.revision
    written(ground, "<p>另一个。</p>")
    assert ground.standing().stand == Stand.STALE
    ground.revision, other = first, digests_of(ground.revision.as_object(), ())
    assert standing_of(first, other).stand == Stand.STALE
    monkeypatch.setattr(check, "release_of_rules", lambda: "other")
    assert ground.standing().stand == Stand.STALE


def test_the_language_of_the_reader_changes_no_digest(ground):
    with translation.override("en"):
        english = digests_of(ground.page, ())
    assert english == digests_of(ground.page, ())


def test_only_a_second_person_releases(ground):
    written(ground, f"<p>{PHONE}</p>")
    verdict = ground.inspect()
    refusals = []
    for by, more in (
        (ground.author, {}),
        (ground.asker, {"roles": {Role.DISTRICT_APPROVER}}),
        (ground.second, {"roles": {Role.EDITOR}}),
        (ground.second, {"authors": [ground.second.account_id]}),
    ):
        with pytest.raises(NotAllowed) as refused:
            ground.release(verdict, by, **more)
        refusals.append(refused.value.reasons[0].code)
    assert refusals == ["own-text", "own-check", "not-your-role", "own-text"]
    assert Refusal.objects.filter(act="release-page").count() == 4
    assert ground.standing().stand == Stand.REFUSED
    made = ground.release(verdict, ground.second)
    assert ground.standing().stand == Stand.RELEASED and ground.standing().may_go_out
    assert (made.by_id, made.reason) == (ground.second.pk, REASON)
    assert Event.objects.get(pk=made.event_id).act == "release-page"
    with pytest.raises(Blocked):
        ground.release(verdict, ground.second)


def test_a_release_does_not_reach_another_text(ground):
    written(ground, f"<p>{PHONE}</p>")
    ground.release(ground.inspect(), ground.second)
    written(ground, f"<p>{PHONE}，另一个</p>")
    assert ground.standing().stand == Stand.STALE
    ground.inspect()
    assert ground.standing().stand == Stand.REFUSED


@pytest.mark.parametrize(
    ("reason", "code"),
    [("  ", "reason-missing"), ("好", "reason-missing"), (f"号码{PHONE}可以公开", "reason-private")],
)
def test_a_reason_says_something_and_no_value(ground, reason, code):
    written(ground, f"<p>{PHONE}</p>")
    verdict = ground.inspect()
    with pytest.raises(Invalid) as refused:
        ground.release(verdict, ground.second, reason)
    assert [one.code for one in refused.value.reasons] == [code]


def test_nothing_is_released_that_passed(ground):
    verdict = ground.inspect()
    with pytest.raises(Blocked):
        ground.release(verdict, ground.second)


def test_verdicts_stay_as_they_are(ground):
    verdict = ground.inspect(by=Robot("night"))
    assert verdict.asked_by is None and verdict.by_name == "night"
    verdict.passed = False
    with pytest.raises(InsertOnlyError):
        verdict.save()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_fragment_shows_place_rule_and_form(ground, language):
    written(ground, f"<p>电话：{PHONE}</p>")
    ground.inspect(Given("a.txt", b"\x00\x01\x02"))
    standing = standing_of(ground.revision, digests_of(ground.page, [Given("a.txt", b"\x00\x01\x02")]))
    request = RequestFactory().get("/")

    def drawn(officer: Officer) -> str:
        context = gate_context(standing, officer, holds_role=True)
        return render_to_string("cms/gate_findings.html", {**context, "release_url": "/r/"}, request)

    with translation.override(language):
        second, author = drawn(ground.second), drawn(ground.author)
    assert PHONE not in second and "******" in second and "a.txt" in second
    assert 'action="/r/"' in second and "<form" not in author
    words = (
        ("手机号码", "正文") if language == "zh-hans" else ("mobile telephone number", "text, paragraph 1")
    )
    assert all(word in second for word in words)
