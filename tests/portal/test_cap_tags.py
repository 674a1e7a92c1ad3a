"""How the portal writes money, dates, days left, codes and masked names."""

import datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from portal.templatetags import cap

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
DAY = datetime.date(2026, 11, 21)
MOMENT = datetime.datetime(2026, 11, 21, 0, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("value", "money", "yuan"),
    [
        (1326, "1,326.00", "1,326"),
        (Decimal("417.5"), "417.50", "417.50"),
        (Decimal("-200"), "−200.00", "−200"),
        (0, "0.00", "0"),
        (None, "—", "—"),
    ],
)
def test_money(value: object, money: str, yuan: str) -> None:
    assert cap.money(value) == money
    assert cap.yuan(value) == yuan


def test_days_in_chinese() -> None:
    assert cap.day(DAY) == '<time datetime="2026-11-21" class="cap-nw">2026年11月21日</time>'
    assert ">11月21日<" in cap.day_short(DAY)
    assert ">2026年11月21日（星期六）<" in cap.day_weekday(DAY)
    assert cap.day(None) == "—"


def test_days_in_english() -> None:
    with translation.override("en"):
        assert ">21 November 2026<" in cap.day(DAY)
        assert ">Saturday 21 November 2026<" in cap.day_weekday(DAY)
        assert ">21 November 2026 08:30<" in cap.moment(MOMENT)


def test_moments_are_told_in_shanghai_time() -> None:
    assert cap.moment(MOMENT) == '<time datetime="2026-11-21T08:30+08:00">2026年11月21日 08:30</time>'
    assert ">2026年11月21日（星期六）08:30<" in cap.moment_weekday(MOMENT)
    late = datetime.datetime(2026, 11, 20, 20, 0, tzinfo=datetime.UTC)
    assert ">2026年11月21日<" in cap.day(late)


def test_days_left_and_deadlines_in_words() -> None:
    with translation.override("en"):
        assert cap.days_left(5) == "5 days left, today included"
        assert cap.days_left(1) == "today is the last day"
        assert cap.days_left(0) == "ended"
        assert "cap-sla--late" in cap.deadline(-1)
        assert "1 working day late" in cap.deadline(-1)
        assert "due today" in cap.deadline(0)
        assert "late by less than one working day" in cap.deadline(0, passed=True)
        assert "1 working day left" in cap.deadline(1, passed=False)
        assert "cap-sla--soon" in cap.deadline(3)
        assert "cap-sla--soon" not in cap.deadline(4)


def test_check_codes_are_grouped_and_spelled() -> None:
    assert cap.grouped("8c412dd0 cb9f-20") == "8C41 2DD0 CB9F 20"
    spoken = cap.check_code("8c412dd0")
    assert ">8C41 2DD0<" in spoken
    assert ">8 C 4 1 2 D D 0<" in spoken
    assert cap.grouped(None) == "—"


def test_a_masked_name_has_a_spoken_form() -> None:
    with translation.override("en"):
        spoken = cap.masked_name("王*英")
        assert '<span aria-hidden="true">王*英</span>' in spoken
        assert '<span lang="zh-CN">王某英</span> (one character hidden)' in spoken
        assert "(2 characters hidden)" in cap.masked_name("欧**芳")
        assert cap.masked_name("赵国") == '<span lang="zh-CN">赵国</span>'
    assert "王某英" in cap.masked_name("王*英")
    assert cap.masked_name("<b>") == "&lt;b&gt;"
    assert "&lt;*&gt;" in cap.masked_name("<*>")


def test_filters_of_an_address_are_kept() -> None:
    request = RequestFactory().get("/", {"street": "东关", "page": "2", "tag": ["a", "b"]})
    template = engines["django"].from_string("{% load cap %}{% url_with page=3 street=None %}")
    assert template.render({}, request) == "?page=3&amp;tag=a&amp;tag=b"
