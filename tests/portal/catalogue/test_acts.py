"""What an editor may do to a row: each act one event and history, nobody else, no stale version."""

from datetime import timedelta
from uuid import uuid4

import pytest
from wagtail.models import Page

from portal.catalogue import verbs
from portal.catalogue.facts import read_facts
from portal.catalogue.models import CatalogueItem, CatalogueRow, Statement, code_of
from portal.catalogue.rows import ROWS
from portal.catalogue.seed import seed_catalogue
from portal.pages.models import NoticePage
from portal.pages.seed import add_live
from relief.errors import Blocked, Invalid, NotAllowed, Stale, WrongState
from relief.officers.models import Role
from relief.trail import clock
from relief.trail.models import Event, Refusal
from relief.trail.row_history import row_history
from relief.trail.timeline import acts_on
from tests.factories.district import District, make_district

DAY = timedelta(days=1)


@pytest.fixture
def district(db) -> District:
    seed_catalogue()
    return make_district()


@pytest.fixture
def editor(district):
    return district.officer(Role.EDITOR)


def row(key: str = "destitute-review") -> CatalogueRow:
    return CatalogueRow.objects.get(key=key)


def public_notice() -> NoticePage:
    """Just below the root: the acts don't ask where a page stands."""
    page = NoticePage(
        title="终止供养公告", slug="ended", body="<p>无</p>", issuer="甲", signed_on=clock.today()
    )
    add_live(Page.get_first_root_node(), page)
    return page


def test_seeding_again_changes_nothing(district):
    before = Event.objects.count()
    assert seed_catalogue() == 0 and Event.objects.count() == before
    assert CatalogueRow.objects.count() == len(ROWS)
    assert row().code == code_of("destitute-review")


def test_pages_are_attached_and_detached_the_row_checked_each_by_one_act_with_history(editor):
    page, one = public_notice(), row()
    one = verbs.attach(one, by=editor, version=1, page=page)
    shown = read_facts(one.key)[0][0].items
    assert [(item.title, item.dated, item.public) for item in shown] == [(page.title, True, True)]
    with pytest.raises(WrongState):
        verbs.attach(one, by=editor, version=one.version, page=page)
    one = verbs.check_unchanged(one, by=editor, version=one.version)
    taken = {"page_key": page.translation_key, "title": page.title}
    one = verbs.detach(one, by=editor, version=one.version, **taken)
    assert read_facts(one.key)[0][0].items == ()
    with pytest.raises(WrongState):
        verbs.detach(one, by=editor, version=one.version, **taken)
    acts = [(event.act, event.actor_name) for event in acts_on(one)]
    assert acts[:3] == [(act, editor.name) for act in ("detach-from-row", "check-row", "attach-to-row")]
    assert (one.version, one.checked_by) == (4, editor.name)
    item = CatalogueItem.objects.get()
    assert not item.attached and len(row_history(item)) == 2
    with pytest.raises(Blocked):
        verbs.attach(row("guarantee-policies"), by=editor, version=1, page=page)
    page.live = False
    with pytest.raises(Blocked):
        verbs.attach(row("destitute-approval"), by=editor, version=1, page=page)
    assert Refusal.objects.filter(act="attach-to-row", kind="blocked").count() == 2


def test_a_statement_is_signed_expires_and_is_ended(editor):
    today, one = clock.today(), row()
    said = {"why_zh": "本期无新增对象。", "why_en": "Nobody was added.", "until": today + 30 * DAY}
    one = verbs.state_nothing(one, by=editor, version=1, **said)
    statement = Statement.objects.get()
    assert (statement.made_by, statement.until) == (editor.name, today + 30 * DAY)
    assert read_facts(one.key)[0][0].said.by == editor.name
    with pytest.raises(WrongState):
        verbs.state_nothing(one, by=editor, version=one.version, **said)
    one = verbs.end_statement(one, by=editor, version=one.version)
    assert read_facts(one.key)[0][0].said is None
    with pytest.raises(WrongState):
        verbs.end_statement(one, by=editor, version=one.version)
    assert [event.act for event in acts_on(one)][:2] == ["end-statement", "state-nothing"]


def test_a_statement_without_reason_or_end_is_refused(editor):
    good = {"why_zh": "无", "why_en": "None", "until": clock.today() + DAY}
    for wrong in (
        {"why_zh": " "},
        {"why_en": ""},
        {"until": clock.today()},
        {"until": clock.today() + 400 * DAY},
    ):
        with pytest.raises(Invalid) as refused:
            verbs.state_nothing(row(), by=editor, version=1, **good | wrong)
        assert list(refused.value.fields) == list(wrong)
    assert not Statement.objects.exists() and row().version == 1


def test_nobody_but_an_editor_acts_and_the_refusal_is_kept(district):
    officer, one = district.officer(Role.AUDITOR), row()
    page = Page.objects.first()
    key = page.translation_key
    said = {"why_zh": "无", "why_en": "None", "until": clock.today() + DAY}
    for act in (
        lambda: verbs.attach(one, by=officer, version=1, page=page),
        lambda: verbs.detach(one, by=officer, version=1, page_key=key, title="x"),
        lambda: verbs.check_unchanged(one, by=officer, version=1),
        lambda: verbs.state_nothing(one, by=officer, version=1, **said),
        lambda: verbs.end_statement(one, by=officer, version=1),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Refusal.objects.filter(kind="not-allowed").count() == 5
    assert row().version == 1


def test_who_was_second_is_told(editor):
    verbs.check_unchanged(row(), by=editor, version=1)
    said = {"why_zh": "无", "why_en": "None", "until": clock.today() + DAY}
    for act in (
        lambda: verbs.check_unchanged(row(), by=editor, version=1),
        lambda: verbs.detach(row(), by=editor, version=1, page_key=uuid4(), title="x"),
        lambda: verbs.state_nothing(row(), by=editor, version=1, **said),
    ):
        with pytest.raises(Stale):
            act()
    assert not CatalogueItem.objects.exists() and not Statement.objects.exists()
