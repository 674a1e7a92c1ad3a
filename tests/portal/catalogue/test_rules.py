"""The rules of the check and of column health: what is in order is green, each planted fault is found."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.catalogue.health_rules import HOME_LIMIT, Column, Site, Text, health
from portal.catalogue.rows import BY_KEY, CHANNELS, HALF_A_YEAR, LIMIT, ROWS
from portal.catalogue.rules import Item, Level, RowFacts, Said, check
from portal.catalogue.words import FINDINGS, in_words, state_in_words

TODAY = date(2026, 3, 2)
GOOD = Item(
    "a",
    "低保办法",
    "/policies/a/",
    signed=date(2026, 1, 5),
    published=date(2026, 1, 8),
    updated=date(2026, 1, 8),
)
ROW = BY_KEY["guarantee-policies"]
NOTICES = BY_KEY["destitute-review"]


def calendar_days(after: date, last: date) -> int:
    """Every day a working day: what is counted is somebody else's business."""
    return (last - after).days


def found(*rows: RowFacts, filed: tuple[Item, ...] = ()) -> list[tuple[str, str, Level]]:
    findings = check(rows, filed, TODAY, calendar_days).findings
    assert all(in_words(one) for one in findings)
    return [(one.row, one.code, one.level) for one in findings]


def facts(*items: Item, **more) -> RowFacts:
    return RowFacts(more.pop("row", ROW), items, **more)


def test_the_catalogue_has_the_thirteen_rows_of_the_guide():
    assert [row.number for row in ROWS] == list(range(1, 14))
    assert len(BY_KEY) == 13 and all(len(row.key) <= 32 for row in ROWS)
    assert [row.key for row in ROWS if row.by_notice] == [row.key for row in ROWS[6:]]
    assert [row.number for row in ROWS if row.lists] == [5, 6]
    assert BY_KEY["guarantee-review"].shown_days == 7 and LIMIT == 10
    for row in ROWS:
        assert set(row.channels) <= set(CHANNELS) and row.channels.startswith("W")
        assert row.types or row.lists
        for words in (row.level1, row.level2, row.elements, row.basis):
            assert words.zh and words.en and words.zh != words.en


def test_what_is_there_and_in_time_is_green():
    assert found(facts(GOOD), filed=(GOOD,)) == []
    report = check([facts(GOOD)], (), TODAY, calendar_days)
    assert (report.rows[0].state, report.level) == ("satisfied", Level.GREEN)


PLANTED = {
    "nothing there, nothing stated": (facts(), "empty", Level.RED),
    "a policy that holds no more": (facts(replace(GOOD, ended=True)), "empty", Level.RED),
    "the statement expired": (
        facts(said=Said(TODAY - timedelta(days=1))),
        "statement-expired",
        Level.AMBER,
    ),
    "a page of the row was withdrawn": (
        facts(GOOD, replace(GOOD, key="b", public=False)),
        "dead-page",
        Level.RED,
    ),
    "a link of it leads nowhere": (facts(replace(GOOD, broken=("/gone/",))), "dead-link", Level.RED),
    "published after the limit": (
        facts(replace(GOOD, published=GOOD.signed + timedelta(days=LIMIT + 1))),
        "late",
        Level.AMBER,
    ),
    "neither updated nor checked": (
        facts(
            replace(GOOD, signed=None, published=TODAY - timedelta(days=HALF_A_YEAR + 1), updated=None),
        ),
        "silent",
        Level.AMBER,
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_each_planted_fault_is_found(fault):
    row, code, level = PLANTED[fault]
    assert found(row) == [(ROW.key, code, level)]


def test_a_page_in_no_row_is_an_orphan_and_one_in_two_is_told():
    assert found(facts(GOOD), filed=(GOOD, replace(GOOD, key="c"))) == [("", "orphan", Level.RED)]
    assert found(facts(GOOD), filed=(replace(GOOD, key="c", public=False),)) == []
    two = found(facts(GOOD), facts(GOOD, row=BY_KEY["general-policies"]))
    assert two == [("general-policies", "two-rows", Level.AMBER)]


BORDERS = {
    "the last day of the limit": facts(replace(GOOD, published=GOOD.signed + timedelta(days=LIMIT))),
    "the last day of the cycle": facts(replace(GOOD, updated=TODAY - timedelta(days=HALF_A_YEAR))),
    "checked, though long unchanged": facts(
        replace(GOOD, updated=TODAY - timedelta(days=900)), checked=TODAY, checked_by="甲"
    ),
    "the last day of a statement": facts(said=Said(TODAY)),
    "late, long ago": facts(
        replace(GOOD, signed=date(2024, 1, 5), published=date(2024, 6, 1)), checked=TODAY
    ),
    "a statement beside a page": facts(GOOD, said=Said(TODAY - timedelta(days=90))),
}


@pytest.mark.parametrize("border", BORDERS)
def test_at_the_border_all_is_in_order(border):
    assert found(BORDERS[border]) == []


def test_a_check_moves_no_date_of_publication():
    row = facts(GOOD, replace(GOOD, key="b", published=date(2025, 1, 1), updated=None), checked=TODAY)
    assert (row.first_published, row.updated, row.checked) == (date(2025, 1, 1), GOOD.updated, TODAY)
    ended = facts(GOOD, replace(GOOD, key="b", ended=True), replace(GOOD, key="c", public=False))
    assert (ended.earlier, len(ended.counting)) == (1, 1)


def test_a_dated_notice_satisfies_and_is_marked_so():
    dated = check([facts(replace(GOOD, dated=True), row=NOTICES)], (), TODAY, calendar_days).rows[0]
    own = check([facts(GOOD, row=NOTICES)], (), TODAY, calendar_days).rows[0]
    assert dated.state == own.state == "satisfied"
    assert dated.by_notice and not own.by_notice
    assert state_in_words(dated) != state_in_words(own)


HEALTHY = Site(
    home=TODAY,
    columns=(Column("通知公告", "/notices/", 3, TODAY),),
    texts=(Text("通知", "/notices/a/"),),
)
SICK = {
    "home-stale": replace(HEALTHY, home=TODAY - timedelta(days=HOME_LIMIT + 1)),
    "column-empty": replace(HEALTHY, columns=(Column("专题", "/topics/", 0),)),
    "column-silent": replace(
        HEALTHY, columns=(Column("通知", "/notices/", 3, TODAY - timedelta(days=HALF_A_YEAR + 1)),)
    ),
    "dead-link": replace(HEALTHY, texts=(Text("通知", "/notices/a/", broken=("/gone/",)),)),
    "no-alt": replace(HEALTHY, texts=(Text("通知", "/notices/a/", wordless=2),)),
    "unread-file": replace(HEALTHY, texts=(Text("通知", "/n/", unread=(("表.pdf", "picture"),)),)),
    "no-interpretation": replace(HEALTHY, texts=(Text("办法", "/policies/a/", uninterpreted=True),)),
    "check-due": replace(HEALTHY, texts=(Text("指南", "/guides/a/", check_by=TODAY),)),
}


@pytest.mark.parametrize("code", SICK)
def test_health_finds_each_planted_fault_and_nothing_else(code):
    assert health(HEALTHY, TODAY) == []
    found = health(SICK[code], TODAY)
    assert [one.code for one in found] == [code] and in_words(found[0])


def test_health_at_its_borders():
    calm = replace(HEALTHY, home=TODAY - timedelta(days=HOME_LIMIT))
    calm = replace(calm, columns=(Column("通知", "/n/", 1, TODAY - timedelta(days=HALF_A_YEAR)),))
    assert health(calm, TODAY) == []
    assert [one.code for one in health(replace(calm, home=None), TODAY)] == ["home-stale"]


def test_every_finding_has_words():
    told = {one[1] for one in PLANTED.values()} | set(SICK) | {"orphan", "two-rows"}
    assert told == set(FINDINGS)
