"""Queries with their right answers: relevance is a rule over the facts that a text was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.search.corpus import LISTS, PROGRAMMES, STREETS, SUBJECTS, Text, texts

Rule = Callable[[Text], bool]


@dataclass(frozen=True)
class Judged:
    """A query, what kind of query it is, and which texts answer it."""

    sort: str
    words: str
    right: Rule

    def answers(self) -> set[str]:
        return {one.record.key for one in texts() if self.right(one)}


def of(programme: str = "", **facts: str) -> Rule:
    """Texts of a programme with these facts: columns of the record, or `subject`, `cites`."""

    def rule(text: Text) -> bool:
        if programme and text.programme != programme:
            return False
        return all(getattr(text, name, None) == value or getattr(text.record, name, None) == value
                   for name, value in facts.items())  # fmt: skip

    return rule


def either(*rules: Rule) -> Rule:
    return lambda text: any(rule(text) for rule in rules)


def a_list(*rules: Rule) -> Rule:
    return lambda text: text.record.kind.startswith("list-") and all(rule(text) for rule in rules)


def names() -> Iterator[Judged]:
    """Both names of every programme, the name with a kind, with a year, with what happened."""
    for programme, both in PROGRAMMES.items():
        guides = of(programme, kind="guide", language="zh-hans")
        grants = of(programme, subject="grants", year="2025")
        for name in both:
            yield Judged("name", name, of(programme))
        yield Judged("name and kind", f"{both[1]}申请办理指南", guides)
        yield Judged("name and kind", f"{both[0]}政策解读", of(programme, kind="interpretation"))
        yield Judged("name and kind", f"怎么申请{both[1]}", guides)
        yield Judged("name and year", f"2025年{both[1]}资金发放", grants)
    for key, (short, _words) in SUBJECTS.items():
        yield Judged("subject", short, of(subject=key))
        yield Judged("subject", f"低保 {short} 2024", of("guarantee", subject=key, year="2024"))


def places() -> Iterator[Judged]:
    for street in STREETS:
        yield Judged("street", street, of(street=street))
    for street in STREETS[:8]:
        yield Judged("street and name", f"{street}低保", a_list(of("guarantee", street=street)))
    yield Judged("two characters", "和平", of(street="和平街道"))
    yield Judged("two characters", "中和", of(street="中和街道"))
    for kind, words in LISTS.items():
        yield Judged("kind of list", f"南山街道{words}", of(street="南山街道", subject=kind))
        yield Judged("kind of list", f"2026年{words}", of(subject=kind, year="2026"))


def numbers() -> Iterator[Judged]:
    policies = [one for one in texts() if one.record.kind == "policy"]
    for policy in policies[::6]:
        cited = either(of(number=policy.number), of(cites=policy.number))
        yield Judged("document number", policy.number, cited)
        yield Judged("document number", policy.number.replace("〔", "[").replace("〕", "] "), cited)
        yield Judged("index number", policy.record.exact[1], of(number=policy.number))
    for policy in policies[2:8:2]:
        yield Judged(
            "document number", policy.number[3:], either(of(number=policy.number), of(cites=policy.number))
        )
    lists = [one for one in texts() if one.record.kind.startswith("list-")]
    for one in lists[5::24]:
        yield Judged("list number", one.number, of(number=one.number))
        yield Judged("list number", one.number.upper().replace("-", " "), of(number=one.number))
    for one in [one for one in texts() if one.amount][::9]:
        rule = of(one.programme, kind="standard", year=one.record.year)
        yield Judged("amount", f"{one.amount}元", rule)
    for one in [one for one in texts() if one.subject == "training"][::9]:
        day = one.record.date
        yield Judged("date", f"{day.year}年{day.month}月{day.day}日", of(date=day))  # type: ignore[arg-type]
        yield Judged("date", day.isoformat(), of(date=day))  # type: ignore[arg-type]
    for year in ("2018", "2023", "2025"):
        yield Judged("report", f"{year}年度报告", of(kind="report", year=year))
        yield Judged("report", f"{year}年报", of(kind="report", year=year))


OLD = {
    "最低生活保障標準": of("guarantee", kind="standard"),
    "醫療救助": of("medical"),
    "臨時救助": of("temporary"),
    "殘疾人兩項補貼": of("disabled"),
    "孤兒基本生活費": of("orphans"),
    "就業援助 業務培訓": of("jobs", subject="training"),
    "東湖街道": of(street="东湖街道"),
    "２０２５年低保定期复核": of("guarantee", subject="review", year="2025"),
}
LATIN = {
    "dibao": of("guarantee"),
    "linshijiuzhu": of("temporary"),
    "yiliao jiuzhu": of("medical"),
    "gaoling jintie": of("aged"),
    "zun lao jin": of("aged"),
    "heping jiedao": of(street="和平街道"),
    "dibao biaozhun": of("guarantee", kind="standard"),
    "dibao 标准": of("guarantee", kind="standard"),
    "jiuye yuanzhu": of("jobs"),
    "zdshbz": of("guarantee"),
    "gljt": of("aged"),
}
HEARD = {
    "低宝": of("guarantee"),
    "医疗就助": of("medical"),
    "高龄金贴": of("aged"),
    "孤儿津帖": of("orphans"),
    "和苹街道": of(street="和平街道"),
    "教育就助": of("education"),
    "零时救助": of("temporary"),
}
ENGLISH = {
    "minimum living guarantee": of("guarantee"),
    "temporary relief": of("temporary"),
    "how to apply for medical relief": of("medical", language="en"),
}


def ways_of_writing() -> Iterator[Judged]:
    """Old characters, wide letters, pinyin, initials, same sounds, English."""
    for sort, some in (("old", OLD), ("latin", LATIN), ("heard", HEARD), ("english", ENGLISH)):
        yield from (Judged(sort, words, rule) for words, rule in some.items())


def all_judged() -> list[Judged]:
    """Every query that has an answer."""
    made = [*names(), *places(), *numbers(), *ways_of_writing()]
    return [one for one in made if one.answers()]
