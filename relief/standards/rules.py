"""Rule set 57号 as data: provisions and the dated values that stand in them, entered at set-up.

What the ministry's text leaves open (masking, columns, how long an announcement shows names) is the bureau's
own setting and says so by the clause `local`.
"""

from __future__ import annotations

from datetime import date

from relief.places.set_up import SETUP
from relief.standards.in_force import enter_clause, enter_standard
from relief.standards.models import Clause, Kind, Standard
from relief.trail.actor import Robot

SINCE = date(2021, 7, 1)
INSTRUMENT_ZH = "《最低生活保障审核确认办法》（民发〔2021〕57号）"
INSTRUMENT_EN = "Measures for Review and Confirmation of the Minimum Living Guarantee (Minfa [2021] No. 57)"

ARTICLES = (2, 4, 7, 10, 11, 13, 15, 16, 17, 19, 20, 21, 22, 23, 24, 29, 31)

OTHER_CLAUSES = (
    ("local", "本区社会救助公开工作规定", "The district's rules on disclosure of social relief", "", SINCE),
    (
        "pipl-47",
        "《中华人民共和国个人信息保护法》",
        "Personal Information Protection Law",
        "47",
        date(2021, 11, 1),
    ),
)

STANDARDS = (
    ("days.accept", Kind.NUMBER, "3", "local"),
    ("days.start-survey", Kind.NUMBER, "3", "57-15"),
    ("days.review", Kind.NUMBER, "5", "local"),
    ("days.publish", Kind.NUMBER, "3", "local"),
    ("days.reinvestigate", Kind.NUMBER, "5", "local"),
    ("days.confirm", Kind.NUMBER, "10", "57-20"),
    ("days.announce", Kind.NUMBER, "5", "local"),
    ("days.refusal-letter", Kind.NUMBER, "3", "57-21"),
    ("days.whole-case", Kind.NUMBER, "30", "57-22"),
    ("days.whole-case-special", Kind.NUMBER, "45", "57-22"),
    ("days.whole-case-delegated", Kind.NUMBER, "20", "57-22"),
    ("confirmation.delegated", Kind.LIST, "none", "57-2"),
    ("cross-check.sources", Kind.LIST, "report", "57-17"),
    ("publicity.days", Kind.NUMBER, "7", "57-19"),
    ("publicity.counting", Kind.CHOICE, "calendar", "57-19"),
    ("publicity.again-after-objection", Kind.SWITCH, "no", "57-19"),
    ("announcement.names-days", Kind.NUMBER, "30", "local"),
    ("disclosure.gs.columns", Kind.LIST, "name community persons amount", "57-24"),
    ("disclosure.gs.names", Kind.CHOICE, "masked", "local"),
    ("disclosure.gg.columns", Kind.LIST, "name community persons amount", "57-24"),
    ("disclosure.gg.names", Kind.CHOICE, "masked", "local"),
    ("disclosure.bg.columns", Kind.LIST, "name community change persons amount from_month", "57-24"),
    ("disclosure.bg.names", Kind.CHOICE, "masked", "local"),
    ("disclosure.cs.columns", Kind.LIST, "name community persons amount", "local"),
    ("disclosure.cs.names", Kind.CHOICE, "masked", "local"),
    # households below which a list shows counts only; 0 is never
    ("disclosure.gs.least", Kind.NUMBER, "0", "local"),
    ("disclosure.gg.least", Kind.NUMBER, "0", "local"),
    ("disclosure.bg.least", Kind.NUMBER, "0", "local"),
    ("disclosure.cs.least", Kind.NUMBER, "0", "local"),
    # households below which the sum of a list's amounts isn't kept
    ("disclosure.sum.least", Kind.NUMBER, "3", "local"),
    ("standing-list.names-days", Kind.NUMBER, "45", "local"),
    ("publicity.restart-after-correction", Kind.CHOICE, "row", "local"),
    ("boards.photo", Kind.SWITCH, "no", "local"),
    # working days after the last day in which a sheet is taken down
    ("days.take-down", Kind.NUMBER, "3", "local"),
    # working days in which a response is answered, and an escalation by the district
    ("days.respond.left-out", Kind.NUMBER, "10", "local"),
    ("days.respond.wrong-data", Kind.NUMBER, "5", "local"),
    ("days.respond.withhold-name", Kind.NUMBER, "3", "local"),
    ("days.respond.escalation", Kind.NUMBER, "10", "local"),
    # a public count of responses below this is said as "fewer than"
    ("responses.small-count", Kind.NUMBER, "3", "local"),
)


def enter_rules(by: Robot = SETUP) -> None:
    """Enter what isn't entered yet; running it again changes nothing."""
    known = set(Clause.objects.values_list("key", flat=True))
    rows = [(f"57-{n}", INSTRUMENT_ZH, INSTRUMENT_EN, str(n), SINCE) for n in ARTICLES] + list(OTHER_CLAUSES)
    for key, zh, en, article, since in rows:
        if key not in known:
            enter_clause(key, instrument_zh=zh, instrument_en=en, article=article, from_date=since, by=by)
    clauses = {clause.key: clause for clause in Clause.objects.all()}
    for name, kind, value, clause in STANDARDS:
        if not Standard.objects.filter(name=name, from_date=SINCE).exists():
            enter_standard(name, kind=kind, value=value, from_date=SINCE, clause=clauses[clause], by=by)
