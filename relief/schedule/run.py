"""What time makes due (定时任务): close lists, delete names, recompute deadlines, remind; each by its robot.

Every act stands in a transaction of its own. Running it again does nothing more, and two that run at once do
each act once. What fails is reported and keeps nothing else from being done.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from relief.applications.recompute import due_for_recomputing, recompute
from relief.applications.reminders import due_reminders, remind
from relief.awards.standing_list import due_standing_lists, refresh
from relief.errors import Refused, Stale
from relief.publicity.close import CLOSER, close, close_rows, due_for_closing, due_for_closing_rows
from relief.publicity.draft import delete_draft, drafts_due
from relief.publicity.expire import (
    due_for_expiry,
    due_for_row_expiry,
    expire_names,
    expire_rows,
    late_for_expiry,
)
from relief.publicity.screens import due_for_forgetting, forget
from relief.standards.calendar import missing_years
from relief.trail import clock

#: as far as the longest limit reaches: 45 working days with the longest holidays between
DEADLINES_REACH = timedelta(days=90)


@dataclass(frozen=True)
class Job:
    """One kind of scheduled act: what is due, how it is done, and what to say when it was."""

    name: str
    due: Callable[[], Iterable[Any]]
    act: Callable[[Any], object]
    words: Callable[[Any], str]


@dataclass(frozen=True)
class Outcome:
    """One act of the schedule: done, or failed with the reason; `words` for the one who reads the log."""

    job: str
    words: str
    failed: bool = False


JOBS: list[Job] = [
    Job(
        "close-lists",
        due_for_closing,
        lambda one: close(one, by=CLOSER, version=one.version),
        lambda one: _("List %(number)s closed: its period is over.") % {"number": one},
    ),
    Job(
        "close-rows",
        due_for_closing_rows,
        close_rows,
        lambda one: _("Rows of list %(number)s closed: their own days are over.") % {"number": one},
    ),
    Job(
        "expire-rows",
        due_for_row_expiry,
        expire_rows,
        lambda one: _("Rows of list %(number)s deleted: their time is over.") % {"number": one},
    ),
    Job(
        "expire-names",
        due_for_expiry,
        expire_names,
        lambda one: _("Names of list %(number)s deleted: their time is over.") % {"number": one},
    ),
    Job(
        "forget-screens",
        due_for_forgetting,
        forget,
        lambda one: _("Big screen in %(place)s removed: not heard for a month.") % {"place": one.area.name},
    ),
    Job(
        "standing-lists",
        due_standing_lists,
        lambda one: refresh(*one),
        lambda one: _("Standing list of %(area)s: made anew for this month.") % {"area": one[0]},
    ),
    Job(
        "delete-drafts",
        drafts_due,
        delete_draft,
        lambda one: _("A draft of a response was deleted: its time is over."),
    ),
    Job(
        "recompute",
        due_for_recomputing,
        recompute,
        lambda one: _("Case %(number)s has new deadlines: the calendar has changed.") % {"number": one},
    ),
    Job(
        "remind",
        due_reminders,
        remind,
        lambda one: (
            _("Reminder on case %(number)s: %(what)s (%(day)s).")
            % {"number": one.case, "what": one.what.label, "day": one.day.isoformat()}
        ),
    ),
]


def register_job(job: Job) -> None:
    """A floor above adds what time makes due there; once, when its app is ready."""
    if job.name not in {known.name for known in JOBS}:
        JOBS.append(job)


def run_due(jobs: Iterable[Job] = JOBS, *, stopping: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
    """Do all that is due now; yields what was done and what failed. `stopping` ends it between two acts."""
    for job in jobs:
        try:
            subjects = list(job.due())
        except Exception as error:
            yield Outcome(job.name, _told(job.name, error), failed=True)
            continue
        for subject in subjects:
            if stopping():
                return
            outcome = _do(job, subject)
            if outcome is not None:
                yield outcome


def warnings() -> list[str]:
    """What staff must see to, in words: years that nobody has entered, though deadlines reach them."""
    words = _("The holidays of %(year)d are not entered: deadlines that reach into it are provisional.")
    return [words % {"year": year} for year in missing_years(clock.today(), DEADLINES_REACH)]


def alarms() -> list[str]:
    """What is wrong and must be mended today, in words: names that should be deleted and aren't."""
    words = _(
        "The names of list %(number)s should have been deleted after %(day)s and are still stored: "
        "the scheduled work is late. They are shown nowhere; see that it runs."
    )
    return [
        words % {"number": one, "day": date_format(one.names_until or clock.today())}
        for one in late_for_expiry()
    ]


def _do(job: Job, subject: Any) -> Outcome | None:
    """None when somebody was first, or it was done already."""
    try:
        done = job.act(subject)
    except Stale:
        return None
    except Exception as error:
        return Outcome(job.name, _told(job.name, error), failed=True)
    return Outcome(job.name, job.words(subject)) if done is not None else None


def _told(job: str, error: Exception) -> str:
    """A failure in words: reasons of a refusal; else kind and place only, for a message may hold names."""
    if isinstance(error, Refused):
        return _("%(job)s failed: %(why)s") % {"job": job, "why": error}
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
    return _("%(job)s failed: %(why)s") % {"job": job, "why": place}
