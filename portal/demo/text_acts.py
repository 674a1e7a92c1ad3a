"""The newsroom's year: texts written, reviewed by others, released, corrected, withdrawn; some on their way.

Each act is done by an officer of the demo through the verb that the screens call, so what the public reads of
a page's history comes from Events and the journal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from wagtail.log_actions import LogContext
from wagtail.models import Locale, Page

from portal.demo.content_days import office_day
from portal.demo.content_reader import Text, texts_of
from portal.demo.ground import DISTRICT
from portal.demo.play import Script
from portal.demo.stage import Stage
from portal.demo.text_words import (
    BINNED,
    HELD,
    PAST_REASON,
    PLANNED,
    REVIEWED,
    REVIEWED_NOTE,
    SLIP,
    WAITING,
    Draft,
    Note,
)
from portal.pages.demo_notices import ISSUER_ZH
from portal.pages.notice import NoticePage
from portal.pages.seed import CHINESE, ENGLISH
from portal.publishing.approve import next_step, release
from portal.publishing.models import PageRecord, PublicChange, Submission
from portal.publishing.submit import submit
from portal.publishing.translations import begin, confirm, decide_needed
from portal.publishing.withdraw import withdraw
from relief.officers.models import Officer, Role
from relief.standards.legal_clock import add_working_days
from relief.trail import clock

AMENDED = "policies/disclosure-rules"
CORRECTED = "notices/re-declaration"
PAST = "notices/standards-consultation-2025"
ELSEWHERE = "notices/apply-from-elsewhere"
#: working days from the last act to the day on which the planned text goes live
AHEAD = 5


def text_scripts(stage: Stage) -> list[Script]:
    """All that the newsroom does, one script a text."""
    scale = "full" if len(stage.story.ground.streets) > 1 else "small"
    areas = [place.number for place in stage.story.ground.places]
    policies = texts_of("policies", scale=scale, areas=areas)
    gone = [text for text in policies if "withdrawn" in text.facts]
    return [
        _amended(stage),
        _corrected(stage),
        _untranslated(stage),
        _translating(stage),
        *(_withdrawn(stage, text) for text in gone),
        _binned(stage),
        _planned(stage),
        _waiting(stage, WAITING, 10),
        _waiting(stage, HELD, 14),
    ]


def _amended(stage: Stage) -> Script:
    """A policy gets a paragraph more, in both languages, with a note for the public."""
    day = stage.calendar.ago(90)
    yield clock.at(day, 9, 20)
    by = one(stage, Role.SECTION_EDITOR)
    handed_in = []
    for code, language in ((CHINESE, "zh"), (ENGLISH, "en")):
        text: Any = page_at(AMENDED, code).get_latest_revision_as_object()
        text.body = [*text.body.raw_data, {"type": "paragraph", "value": REVIEWED[language]}]
        handed_in.append(_handed_in(text, by, "substantive", REVIEWED_NOTE))
    yield from _released(stage, handed_in, day)
    yield clock.at(day, 15, 20)
    source, twin = page_at(AMENDED), page_at(AMENDED, ENGLISH)
    newest = PublicChange.objects.filter(record__page_id=source.pk).latest("pk")
    confirm(twin, by=by, revision_id=twin.latest_revision_id, change_id=newest.pk)


def _untranslated(stage: Stage) -> Script:
    """A consultation that is over needs no English text: so decided, with the reason."""
    yield clock.at(stage.calendar.ago(30), 10, 15)
    by = one(stage, Role.PUBLISHER)
    decide_needed(page_at(PAST), by=by, needed=False, reason=PAST_REASON)


def _translating(stage: Stage) -> Script:
    """An English text that is only begun."""
    yield clock.at(stage.calendar.ago(3), 16, 5)
    begin(page_at(ELSEWHERE), by=one(stage, Role.EDITOR))


def _corrected(stage: Stage) -> Script:
    """A slip of the pen in a notice: a minor change needs no note."""
    day = stage.calendar.ago(50)
    yield clock.at(day, 9, 40)
    text: Any = page_at(CORRECTED).get_latest_revision_as_object()
    text.summary = text.summary.replace(*SLIP)
    handed_in = _handed_in(text, one(stage, Role.EDITOR), "minor")
    yield from _released(stage, [handed_in], day)


def _withdrawn(stage: Stage, text: Text) -> Script:
    """A policy leaves, in all its languages, on the day and for the reason that stand in its file."""
    facts = text.facts["withdrawn"]
    yield clock.at(office_day(facts["date"].on(stage.calendar.today)), 10, 40)
    kept = PageRecord.objects.get(page_id=page_at(text.name).pk)
    withdraw(
        kept,
        by=one(stage, Role.PUBLISHER),
        way=facts["kind"],
        reason_zh=facts["reason_zh"],
        reason_en=facts["reason_en"],
        replaced_by=page_at(f"policies/{facts['replaced_by']}"),
        version=kept.version,
    )


def _planned(stage: Stage) -> Script:
    """A notice that is reviewed and waits for its day."""
    day = stage.calendar.ago(2)
    yield clock.at(day, 9, 15)
    by = one(stage, Role.EDITOR)
    page = _draft(PLANNED, by, day)
    page.publish_at = clock.at(add_working_days(stage.calendar.today, AHEAD).day, 8, 30)
    page.save_revision(user=by.account)
    yield from _released(stage, [submit(page.get_latest_revision(), by=by)], day)


def _waiting(stage: Stage, draft: Draft, hour: int) -> Script:
    """A notice handed in on the last day: the next officer who may finds it in the CMS's queue."""
    day = stage.calendar.ago(1)
    yield clock.at(day, hour, 5)
    by = one(stage, Role.EDITOR)
    page = _draft(draft, by, day)
    yield clock.at(day, hour, 40)
    workflow: Any = page.get_workflow()
    workflow.start(page, by.account)


def _binned(stage: Stage) -> Script:
    """A draft that came to nothing: it lies in the bin."""
    day = stage.calendar.ago(4)
    yield clock.at(day, 11)
    by = one(stage, Role.EDITOR)
    page = _draft(BINNED, by, day)
    yield clock.at(day, 15, 30)
    with LogContext(user=by.account):
        page.delete()


def _handed_in(text: Any, by: Officer, kind: str, note: Note | None = None) -> Submission:
    """Save the text as its author's draft and hand it in."""
    text.change_kind = kind
    text.change_note_zh, text.change_note_en = note or ("", "")
    return submit(text.save_revision(user=by.account), by=by)


def _released(stage: Stage, handed_in: list[Submission], day: date) -> Script:
    """Reviewed before noon, released in the afternoon, each by a person of its own."""
    for hour, role in ((11, Role.REVIEWER), (14, Role.PUBLISHER)):
        yield clock.at(day, hour, 10)
        for submission in handed_in:
            step = next_step(submission)
            assert step is not None
            release(submission, by=one(stage, role), step=step.code)


def _draft(draft: Draft, by: Officer, day: date) -> NoticePage:
    """A notice that was never public, with its first version."""
    page = NoticePage(
        slug=draft.slug,
        title=draft.title,
        summary=draft.summary,
        body=draft.body,
        issuer=ISSUER_ZH,
        topic=draft.topic,
        index_number=f"MH-{day.year}-{draft.number:04d}",
        document_number=f"明民发〔{day.year}〕{draft.number}号",
        signed_on=day,
        locale=Locale.objects.get(language_code=CHINESE),
        owner=by.account,
        live=False,
    )
    page_at("notices").add_child(instance=page)
    page.save_revision(user=by.account)
    return page


def page_at(name: str, language: str = CHINESE) -> Any:
    """The page at an address below a home page; in Chinese where the language hasn't got it."""
    found: Iterator[Page] = (
        page.specific
        for code in (language, CHINESE)
        for page in Page.objects.filter(locale__language_code=code, url_path__endswith=f"/{name}/")
    )
    return next(found)


def one(stage: Stage, role: Role) -> Officer:
    """Who holds a role of the newsroom."""
    return stage.district.one_in(role, DISTRICT)
