"""One artificial street of 4,601 cases: its list compiled, published, closed, downloaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.test import Client

from relief.decisions.register_match import match_registers
from relief.officers.models import Role
from relief.publicity.close import close
from relief.publicity.compile import compile_list
from relief.publicity.gate import inspect_list
from relief.publicity.publish import publish
from relief.trail import clock
from tests import databases
from tests.bench import Figure, milliseconds
from tests.bench.ground import own_database
from tests.factories import cases
from tests.factories.crowd import crowd
from tests.factories.district import make_district

CASES = 4_601
START = clock.at(date(2026, 3, 2))
WHAT = f"street of {CASES:,} cases"


def measure() -> Iterator[Figure]:
    with own_database(databases.migrated_template()):
        with clock.moved_to(START):
            district = make_district()
            crowd(district, CASES)
            lists = []
            compiler = district.officer(Role.STREET_REVIEWER, "101")
            publisher = district.officer(Role.STREET_PUBLISHER, "101")
            street = district.areas["101"]
            matching = milliseconds(lambda: match_registers(street, by=compiler))
            compiling = milliseconds(
                lambda: lists.append(compile_list(street, by=compiler, benefit="guarantee", batch="2026-03"))
            )
            compiled = lists[0]
            inspecting = milliseconds(lambda: inspect_list(compiled, by=publisher))
            publishing = milliseconds(
                lambda: lists.append(publish(compiled, by=publisher, version=compiled.version))
            )
            running = cases.posted(district, lists[1])
            reader = Client()
            reader.get("/healthz")  # the first answer of a process reads the addresses
            address = f"/publicity/{running.number}/data.csv"
            got = []
            csv = [milliseconds(lambda: got.append(b"".join(reader.get(address)))) for _turn in range(3)]
            assert got[0].count(b"\n") == CASES + 1
        yield Figure(f"{WHAT}: match with the registers", matching / 1000, "s", 2)
        yield Figure(f"{WHAT}: compile", compiling / 1000, "s", 5)
        yield Figure(f"{WHAT}: privacy check of every form", inspecting / 1000, "s", None)
        yield Figure(f"{WHAT}: compile + publish", (compiling + publishing) / 1000, "s", 5)
        yield Figure(f"{WHAT}: CSV, the slowest of three", max(csv) / 1000, "s", 0.3)
        with clock.moved_to(clock.at(running.ends_on + timedelta(days=1))):
            closing = milliseconds(lambda: close(running, by=publisher, version=running.version))
        yield Figure(f"{WHAT}: close", closing / 1000, "s", 3)
