"""Import what one source answered for many cases (核对结果导入): looked at first, then all rows or none."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.db import IntegrityError
from django.utils.translation import gettext as _

from relief.applications.models import Application
from relief.applications.move import breaks_four_eyes, deeds_on, four_eyes, wrong_state
from relief.confidential.vault import subject_of, vaults_of
from relief.decisions.cross_check import CHECKED_AT, check_problems, stored_source
from relief.decisions.models import CheckBatch, CheckResult, CrossCheck, Source
from relief.errors import Invalid, Reason
from relief.households.importing.cells import Unparsed, day
from relief.households.importing.end_marked import (
    BadRow,
    BadRows,
    Column,
    Line,
    Progress,
    broken_rule,
    read_marked,
)
from relief.officers.authority import acting, scopes_of
from relief.officers.models import Officer, Role
from relief.places.scope import within_any
from relief.trail import bulk, clock
from relief.trail.actor import Actor
from relief.trail.models import Event
from relief.trail.record import event_for, record
from relief.trail.verb import verb

ACT = "import-checks"
ROLES = {Role.DISTRICT_CHECKER}
CHUNK = 500

COLUMNS = (
    Column("case", "案号", ("case number",), "2026-101-00001"),
    Column("source", "来源", ("source",), "综合报告"),
    Column("checked_on", "核对日期", ("checked on",), "2026-11-03"),
    Column("result", "结果", ("result",), "一致"),
    Column("remarks", "备注", ("remarks",)),
)
#: how files name the sources; the code is understood too
SOURCES: dict[str, Source] = {
    "综合报告": Source.REPORT,
    "户籍": Source.HOUSEHOLD_REGISTER,
    "税务": Source.TAX,
    "社保": Source.SOCIAL_INSURANCE,
    "不动产": Source.REAL_ESTATE,
    "市场主体": Source.BUSINESS,
    "公积金": Source.HOUSING_FUND,
    "车辆船舶": Source.VEHICLES,
    "银行存款": Source.DEPOSITS,
    "证券保险": Source.SECURITIES,
    **{source.value: source for source in Source},
}
RESULTS: dict[str, CheckResult] = {
    "一致": CheckResult.CONSISTENT,
    "相符": CheckResult.CONSISTENT,
    "不一致": CheckResult.MISMATCH,
    "不符": CheckResult.MISMATCH,
    **{result.value: result for result in CheckResult},
}


@dataclass(frozen=True)
class Answer:
    """One good row: what the source says of a case."""

    row: int
    case: Application
    checked_on: date
    result: CheckResult
    remarks: str


@dataclass
class Results:
    """A file as it was read and judged; it can be imported when no row is bad."""

    digest: str
    source: Source | None = None
    source_row: int = 0
    answers: list[Answer] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.answers) + len({row.row for row in self.bad})

    @property
    def mismatches(self) -> int:
        return sum(answer.result == CheckResult.MISMATCH for answer in self.answers)


def look_at_results(content: bytes, *, by: Officer, progress: Progress = iter) -> Results:
    """Read and judge a file without writing anything.

    Raises NotAllowed, Unreadable (half a file, another encoding …), Invalid (imported before).
    """
    scopes = _scopes(by)
    results = Results(hashlib.sha256(content).hexdigest())
    if CheckBatch.objects.filter(file_digest=results.digest).exists():
        raise _known()
    marked = read_marked(content, COLUMNS)
    results.bad += marked.bad
    lines = iter(progress(marked.lines))
    while part := list(islice(lines, CHUNK)):
        _judge(results, part, scopes, by)
    results.bad.sort(key=lambda bad: bad.row)
    return results


@verb(ACT)
def import_results(content: bytes, *, by: Officer, digest: str, progress: Progress = iter) -> CheckBatch:
    """Write the answers of a file that was looked at: `digest` is the SHA-256 that was shown.

    One event for the file and one for each case, caused by it. Raises NotAllowed, Unreadable, Invalid
    (another file, imported before), BadRows (none is written), Stale.
    """
    if hashlib.sha256(content).hexdigest() != digest:
        raise Invalid(
            {"file": [Reason("file-differs", _("This is another file than the one you looked at."))]}
        )
    results = look_at_results(content, by=by, progress=progress)
    if results.bad:
        raise BadRows(results.bad)
    if results.source is None:
        raise Invalid({"file": [Reason("no-rows", _("The file holds no row."))]})
    batch = CheckBatch(
        source=results.source,
        file_digest=digest,
        rows=len(results.answers),
        mismatches=results.mismatches,
    )
    actors = {area: acting(by, ROLES, area) for area in {answer.case.area for answer in results.answers}}
    first = next(iter(actors.values()))
    cause = record(ACT, batch, actor=first, area=first.area, clause="57-17")
    try:
        batch.save(event=cause)
    except IntegrityError as error:  # somebody imported the same file this very moment
        raise _known() from error
    _write(results.answers, batch, actors, cause)
    return batch


def batches_of(by: Officer, limit: int) -> list[tuple[CheckBatch, Event]]:
    """The newest imported files, each with its act; two queries. Raises NotAllowed."""
    _scopes(by)
    batches = list(CheckBatch.objects.order_by("-pk")[:limit])
    acts = Event.objects.filter(subject_kind="checkbatch", subject_code__in=[one.code for one in batches])
    by_code = {event.subject_code: event for event in acts}
    return [(batch, by_code[batch.code]) for batch in batches]


def _scopes(by: Officer) -> list[str]:
    scopes = scopes_of(by, ROLES)
    if not scopes:
        acting(by, ROLES, "")
    return scopes


def _known() -> Invalid:
    words = _("This file was imported before: its answers stand on the cases.")
    return Invalid({"file": [Reason("file-known", words)]})


def _judge(results: Results, lines: Sequence[Line], scopes: list[str], by: Officer) -> None:
    """Sort rows into answers and bad ones. A case of another area looks like one that doesn't exist."""
    found = Application.objects.filter(
        within_any(scopes, "community__number"), number__in={line.texts["case"] for line in lines}
    )
    cases = {case.number: case for case in found.select_related("household")}
    deeds = deeds_on(list(cases.values()), {by.pk})
    actors = {area: acting(by, ROLES, area) for area in {case.area for case in cases.values()}}
    seen = {answer.case.number: answer.row for answer in results.answers}
    for line in lines:
        case = cases.get(line.texts["case"])
        try:
            if case is None:
                raise Unparsed("case-unknown")
            if case.number in seen:
                raise Unparsed("row-twice", first=seen[case.number])
            seen[case.number] = line.row
            answer = _answer(results, line, case)
        except Unparsed as broken:
            results.bad.append(BadRow(line.row, broken_rule(broken.rule, **broken.params)))
            continue
        reasons = _against(answer)
        if breaks_four_eyes(actors[case.area], deeds.get(case.code, ()), ()):
            reasons.append(four_eyes())
        results.bad += [BadRow(line.row, reason) for reason in reasons]
        if not reasons:
            results.answers.append(answer)


def _answer(results: Results, line: Line, case: Application) -> Answer:
    """What a row says. Raises Unparsed."""
    source = SOURCES.get(line.texts["source"])
    if source is None:
        raise Unparsed("source-unknown", known="、".join(list(SOURCES)[: len(Source)]))
    if results.source is None:
        results.source, results.source_row = source, line.row
    if source != results.source:
        raise Unparsed("source-other", first=results.source_row)
    checked_on = day(line.texts["checked_on"], line.texts["checked_on"], clock.today())
    result = RESULTS.get(line.texts["result"])
    if result is None:
        raise Unparsed("result-unknown")
    return Answer(line.row, case, checked_on, result, line.texts["remarks"])


def _against(answer: Answer) -> list[Reason]:
    """Why a row that can be read can't be imported: the case's stage, the day, the words."""
    if answer.case.state not in CHECKED_AT:
        return [wrong_state(answer.case)]
    problems = check_problems(answer.case, answer.checked_on, answer.result, answer.remarks)
    return [reason for reasons in problems.values() for reason in reasons]


def _write(answers: Collection[Answer], batch: CheckBatch, actors: dict[str, Actor], cause: Event) -> None:
    events = bulk.record_many(
        [
            event_for(
                "cross-check",
                answer.case,
                actor=actors[answer.case.area],
                area=answer.case.area,
                reason=answer.result,
                clause="57-17",
                cause_id=cause.pk,
            )
            for answer in answers
        ]
    )
    vaults = vaults_of(answer.case.household for answer in answers)
    checks = [
        CrossCheck(
            application=answer.case,
            checked_on=answer.checked_on,
            result=answer.result,
            source=stored_source(batch.source),
            batch=batch,
            remarks=vaults[subject_of(answer.case.household)].seal_optional(
                "cross-check.remarks", answer.remarks
            ),
        )
        for answer in answers
    ]
    bulk.create(CrossCheck, checks, events)
    bulk.set_all(
        Application,
        {answer.case.pk: answer.case.version for answer in answers},
        {},
        {answer.case.pk: event for answer, event in zip(answers, events, strict=True)},
        state__in=CHECKED_AT,
    )
