"""Downloads of a list: 4,601 rows of a street, 60,000 artificial ones, time and memory, each in a process."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from tempfile import TemporaryFile
from time import perf_counter, process_time

from tests.bench import Figure

SIZES = (4_601, 60_000)
GOALS = {
    ("xlsx", 4_601): 1,
    ("json", 4_601): 0.5,
    ("csv", 4_601): 0.3,
    ("xlsx", 60_000): 15,
    ("csv", 60_000): 2,
}
MIB_GOAL = 200


def measure() -> Iterator[Figure]:
    for rows in SIZES:
        for form in ("csv", "json", "xlsx"):
            answer = subprocess.run(
                [sys.executable, "-m", "tests.bench.downloads", form, str(rows)],
                capture_output=True,
                text=True,
                check=True,
            )
            told = json.loads(answer.stdout.splitlines()[-1])
            what = f"{form.upper()} of {rows:,} rows, {told['bytes'] / 1024:,.0f} KB"
            yield Figure(what, told["seconds"], "s", GOALS.get((form, rows)))
            yield Figure(f"{what}: of these, work of one core", told["cpu"], "s", GOALS.get((form, rows)))
            if rows == SIZES[-1]:
                yield Figure(f"{what}: added to the process's peak", told["added"], "MiB")
                yield Figure(f"{what}: peak memory of the whole process", told["peak"], "MiB", MIB_GOAL)


def _child(form: str, rows: int) -> None:
    """Make the list and download it; the peak before the download counts the making too."""
    import django

    django.setup()
    from django.test import Client

    from tests import databases
    from tests.bench.ground import own_database
    from tests.factories import long_list, stages

    with own_database(databases.migrated_template()), stages.on(stages.DAY):
        found = long_list.running_list(rows)
        reader = Client()
        reader.get("/healthz")
        before = _peak()
        began, worked = perf_counter(), process_time()
        with TemporaryFile() as sink:
            for chunk in reader.get(f"/publicity/{found.number}/data.{form}"):
                sink.write(chunk)
            size = sink.tell()
        seconds, cpu = perf_counter() - began, process_time() - worked
    told = {"seconds": seconds, "cpu": cpu, "bytes": size, "peak": _peak(), "added": _peak() - before}
    print(json.dumps(told))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    _child(sys.argv[1], int(sys.argv[2]))
