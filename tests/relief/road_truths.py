"""What holds of the whole database after any history of acts, told without the code that is tested."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import timedelta
from itertools import pairwise

from portal.publicity.downloads import csv_lines
from relief.applications.models import Application
from relief.applications.states import State
from relief.confidential.vault import open_many
from relief.households.models import Household, Person
from relief.ledger.models import Publication
from relief.officers.models import LEVEL_OF
from relief.publicity.document import list_document
from relief.publicity.models import (
    Channel,
    Entry,
    ListKind,
    PublicList,
    PublicRow,
    Response,
    ResponseState,
    Retraction,
)
from relief.publicity.queries import visible_entries
from relief.trail import clock
from relief.trail.actor import Robot
from relief.trail.models import Event
from relief.trail.verify import differences

SECOND_PERSONS = (
    ("review", "publish"),
    ("compile-list", "publish-list"),
    ("review", "approve"),
    ("advise-against", "refuse"),
    ("new-opinion", "approve"),
    ("approve", "announce"),
)
BEFORE_THE_PUBLIC = (State.IN_PUBLICITY, State.UNDER_REINVESTIGATION, State.APPROVED, State.ANNOUNCED)
GONE = (State.ACCEPTED, State.REVIEWED, State.REFUSED, State.TERMINATED, State.WITHDRAWN)


def hold() -> None:
    """Raises AssertionError when a truth of the road is broken."""
    assert list(differences()) == []
    for case in Application.objects.all():
        events = list(Event.objects.filter(subject_code=case.code).order_by("pk"))
        nobody_acts_at_two_levels(events)
        nobody_checks_himself(events)
        states_follow_each_other(case, events)
        the_clock_stands_still(events)
        if case.state in BEFORE_THE_PUBLIC:
            nothing_open_was_published(case)
        if case.state in (State.APPROVED, State.ANNOUNCED):
            publicity_came_before_approval(case, events)
        if case.state in GONE:
            who_left_is_shown_no_longer(case)
    secrets = private_values()
    for public_list in PublicList.objects.exclude(number=None):
        nobody_checks_himself(list(Event.objects.filter(subject_code=public_list.code)))
        forms_of_a_list_are_equal(public_list)
        no_secret_in(json.dumps(list_document(public_list), ensure_ascii=False), secrets)
    for row in PublicRow.objects.all():
        no_secret_in(json.dumps(row.row, ensure_ascii=False), secrets)
    numbers = list(Publication.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def nobody_acts_at_two_levels(events: list[Event]) -> None:
    """Taking a case on or handing it over says nothing on the case, so it binds nobody to a level."""
    levels: dict[int, set[str]] = {}
    for event in events:
        if event.actor_kind == "officer" and event.act not in ("take", "hand-over"):
            levels.setdefault(event.actor_id, set()).add(LEVEL_OF[event.actor_role])
    assert all(len(levels_of_one) == 1 for levels_of_one in levels.values()), levels


def nobody_checks_himself(events: list[Event]) -> None:
    for first, second in SECOND_PERSONS:
        of_first = {event.actor_id for event in events if event.act == first}
        assert not of_first & {event.actor_id for event in events if event.act == second}


def states_follow_each_other(case: Application, events: list[Event]) -> None:
    moves = [event for event in events if event.to_state]
    assert all(before.to_state == after.from_state for before, after in pairwise(moves))
    assert moves[-1].to_state == case.state
    assert case.version == len([event for event in events if event.act != "remind"])


def the_clock_stands_still(events: list[Event]) -> None:
    """Between stop and start a case goes no further; it may only be given back, ended or taken back."""
    stopped = False
    for event in events:
        moved = event.to_state not in ("", event.from_state)  # a complaint moves nothing
        assert not (stopped and moved) or event.act in ("return", "terminate", "withdraw")
        stopped = event.act == "stop-clock" or (stopped and event.act != "start-clock")


def nothing_open_was_published(case: Application) -> None:
    """A case before the public has no match with a register that nobody has explained."""
    assert not case.open_hits
    assert not case.register_hits.filter(open=True).exists()


def publicity_came_before_approval(case: Application, events: list[Event]) -> None:
    """A list with this very case ran its seven days, on the web and on every board, and was closed."""
    back = ("return", "accept", "unlist")
    since = max((n for n, event in enumerate(events) if event.act in back), default=0)
    acts = [event.act for event in events]
    approved = events[acts.index("approve", since)]
    assert acts.index("review") < acts.index("publish", since) < acts.index("approve", since)
    entries = Entry.objects.filter(application_id=case.pk, public_list__kind=ListKind.PRE_APPROVAL)
    public_list = entries.order_by("-pk")[0].public_list
    published = Event.objects.get(pk=events[acts.index("publish", since)].cause_id)
    closed = Event.objects.get(subject_code=public_list.code, act="close-list")
    assert published.subject_code == public_list.code
    assert published.act in ("publish-list", "approve-correction")
    own = entries.order_by("-pk")[0].ends_on
    assert own is None or own < approved.at.astimezone(clock.SHANGHAI).date()
    rectified = [event.pk for event in events if event.act == "rectify"]
    assert not rectified or max(rectified) < entries.order_by("-pk")[0].event_id
    assert closed.pk < approved.pk
    if public_list.counting == "calendar":
        assert public_list.ends_on - public_list.starts_on == timedelta(days=6)
    assert public_list.ends_on < approved.at.astimezone(clock.SHANGHAI).date()
    postings = public_list.postings.all()
    assert {posting.channel for posting in postings} == {Channel.WEB, Channel.BOARD}
    assert max(posting.posted_on for posting in postings) == public_list.starts_on
    assert {posting.board.area.number for posting in postings if posting.board} >= {case.community_id}
    assert case.decided_amount == case.proposed_amount
    every_objection_was_ended(case, events[since:], approved)
    the_district_has_visited(case, events[since:], approved)


def every_objection_was_ended(case: Application, events: list[Event], approved: Event) -> None:
    """No objection was open when the case was approved, and a new opinion or a withdrawal came after each."""
    assert not Response.objects.filter(application=case, state=ResponseState.OPEN).exists()
    objections = [event.pk for event in events if event.act == "object"]
    answers = [event.pk for event in events if event.act in ("new-opinion", "withdraw-objection")]
    assert not objections or max(objections) < max(answers) < approved.pk


def the_district_has_visited(case: Application, events: list[Event], approved: Event) -> None:
    """Where a relative of staff or a complaint is registered, the district was in the household itself."""
    if not (case.kin_registered or case.complaint_registered):
        return
    visits = [event for event in events if event.act == "visit" and LEVEL_OF[event.actor_role] == "district"]
    assert visits and visits[0].pk < approved.pk
    days = case.visits.filter(level="district").values_list("visited_on", flat=True)
    assert max(days) >= max(filter(None, (case.survey_from, case.complaint_on)))


def who_left_is_shown_no_longer(case: Application) -> None:
    """A case that was returned, refused, ended or withdrawn stands on no list that is shown today."""
    for entry in Entry.objects.filter(application_id=case.pk).select_related("public_list"):
        shown = list_document(entry.public_list)["rows"]
        assert entry.row_number not in {item["row"]["row"] for item in shown}


def forms_of_a_list_are_equal(public_list: PublicList) -> None:
    """Rows, JSON and CSV say the same; commitments and digest follow from the JSON alone."""
    document = list_document(public_list)
    current = PublicRow.objects.filter(public_list=public_list, current=True).order_by("row_number")
    rows = [row.row for row in current]
    shown = [item["row"] for item in document["rows"]]
    late = public_list.ends_on is not None and public_list.ends_on < clock.today()
    assert all(row in rows for row in shown) if late else shown == (rows if shown else [])
    left = {row["row"] for row in document["left"]}
    removed = {row["row"] for row in document["removed"]}
    every = {entry.row_number for entry in public_list.entries.all()} - removed
    assert len(every) == public_list.entry_count == len(document["commitments"])
    assert not shown or late or left | {row["row"] for row in shown} == every
    in_order = sorted(every)
    each_case_stands_in_one_row(public_list)
    for item in document["rows"]:
        commitment = document["commitments"][in_order.index(item["row"]["row"])]
        plain = json.dumps(item["row"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        assert hashlib.sha256(bytes.fromhex(item["salt"]) + plain).hexdigest() == commitment
    covered = ("schema", "number", "kind", "area", "revision", "columns", "commitments")
    head = {name: document[name] for name in covered}
    text = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert hashlib.sha256(text).hexdigest() == document["digest"] == public_list.digest
    rows = visible_entries(public_list).values_list("row_number", "public_row__row")
    lines = "".join(csv_lines(public_list, rows)).removeprefix("\ufeff")
    heads, *table = csv.reader(io.StringIO(lines))
    assert len(heads) == len(document["columns"])
    place = document["columns"].index("amount")
    assert {int(row[0]) for row in table if not row[place]} == (left if table else set())
    told = [row for row in table if row[place]]
    assert [row[:2] for row in told] == [[str(row["row"]), row["code"]] for row in shown]
    assert [row[place] for row in told] == [row["amount"] for row in shown]


def each_case_stands_in_one_row(public_list: PublicList) -> None:
    """Whatever was corrected: one current row a case, each edition made by an approved correction."""
    superseded = {entry.supersedes_id for entry in public_list.entries.all()}
    removed = set(Retraction.objects.exclude(edition=None).values_list("entry", flat=True))
    current = [one for one in public_list.entries.all() if one.pk not in superseded | removed]
    standing = [one.application_id for one in current]
    assert len(set(standing)) == len(standing)
    approved = list(public_list.corrections.filter(state="approved").order_by("edition"))
    for one in approved:
        acted = list(one.history.order_by("history_id").values_list("history_user_id", flat=True))
        assert acted[0] != acted[-1]
    editions = [one.edition for one in approved]
    assert editions == list(range(2, (public_list.edition or 1) + 1))
    assert all(one.digest_after == two.digest_before for one, two in pairwise(approved))
    assert not approved or approved[-1].digest_after == public_list.digest


def private_values() -> set[str]:
    """Every sealed value of the register, opened."""
    values = {}
    for model in (Person, Household):
        columns = [field for field in model._meta.fields if hasattr(field, "purpose")]
        for row in model.objects.all():
            for column in columns:
                values[f"{model.__name__}.{row.pk}.{column.name}"] = (
                    column.purpose,
                    getattr(row, column.name),
                )
    return {text for text in open_many(values, by=Robot("truths"), purpose="test").values() if text}


def no_secret_in(text: str, secrets: set[str]) -> None:
    assert [secret for secret in secrets if secret in text] == []
