"""Shared ground of all tests: databases, a live site, a browser.

`db`            rows of one test, rolled back after it (pytest-django's own)
`scratch`       a database of its own, freshly migrated: real commits, threads, processes
`scratch_demo`  the same, holding the small demo; `scratch_full` the whole district (long tests only)
`live_site`     base URL of a real server on `scratch`; `live_demo` on `scratch_demo`
`page`, `phone` a real browser's page, 1280 and 390 px wide; `axe(page)` lists accessibility faults

Whatever uses a scratch database commits, so it is marked `both` and runs on SQLite and on PostgreSQL. What
the domain promises holds on PostgreSQL too: every other test of it that touches a table, and what reads the
demo, is marked `domain` and runs there in the long run. What looks at pages or acts through them says
`appearance` instead.
"""

import gc
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.core.cache import caches
from django.utils import translation

from tests import databases, servers
from tests.browsers import *  # noqa: F403  the browser's fixtures
from tests.browsers import FULL_RUN
from tests.factories import kept

hypothesis.settings.register_profile("daily", deadline=None, derandomize=True, max_examples=30)
hypothesis.settings.register_profile("long", deadline=None, print_blob=True, max_examples=200)
hypothesis.settings.register_profile("full", deadline=None, print_blob=True, max_examples=2_000)

COMMITTING = {"scratch", "scratch_demo", "scratch_full", "live_site", "live_demo"}
DEMO = {"scratch_demo", "live_demo"}
DOMAIN = "relief"  # what the verbs promise holds on both databases
#: guards, raw SQL, keys, dates, sealed bytes: where PostgreSQL answers in words of its own, so every day
EVERY_DAY = ("trail", "ledger", "confidential", "standards", "households")
BROWSING = {"browser", "page", "phone"}


def pytest_configure(config: pytest.Config) -> None:
    long_run = "long" in config.option.markexpr.replace("not long", "")
    hypothesis.settings.load_profile("full" if FULL_RUN else "long" if long_run else "daily")
    gc.set_threshold(50_000, 20, 100)  # as it is set, a sixth of all time goes into looking for cycles


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector needn't look through it again and again."""
    gc.collect()
    gc.freeze()


def databases_of(item: pytest.Item, used: set[str]) -> str | None:
    """`both` for what runs on PostgreSQL too, every day; `domain` for what does so in the long run."""
    if used & COMMITTING:
        return "domain" if used & DEMO else "both"
    touches_tables = "db" in used or item.get_closest_marker("django_db") is not None
    folder, room, *_ = (*item.path.relative_to(Path(__file__).parent).parts, "")
    if not touches_tables or folder not in (DOMAIN, "journeys"):
        return None
    return "both" if folder == "journeys" or room in EVERY_DAY else "domain"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what commits and what browses by the fixtures it uses, before `-m` chooses.

    What repeats often what is done on both every day does so `once`, on the database that it is hard on.
    """
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        once = item.get_closest_marker("once")
        if once and not FULL_RUN:
            if once.args == ("postgres",):
                item.add_marker("postgres")
            continue
        marker = databases_of(item, used)
        alone = any(item.get_closest_marker(name) for name in ("postgres", "appearance", "both"))
        if marker and not alone and (FULL_RUN or "scratch_full" not in used):
            item.add_marker(marker)  # the whole district is loaded into PostgreSQL with FULL=1 only
        if used & BROWSING:
            item.add_marker("browser")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """The long run (`--dist=loadscope`): a test goes to who is idle, those of the district to one worker.

    Else every worker would wait for its loading.
    """
    if config.getvalue("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByDistrict(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return "district" if "whole_district" in nodeid or "test_full_demo" in nodeid else nodeid

    return ByDistrict(config, log)


@pytest.fixture(scope="session")
def full_counts() -> bool:
    """Whether the long runs take their full counts (FULL=1)."""
    return FULL_RUN


# --- databases ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """Each worker's database is a copy of the migrated template; pytest-django's own is not used."""
    with django_db_blocker.unblock():
        template = databases.migrated_template()
        name = f"{template.removesuffix('.sqlite3')}_{databases.worker()}"
        name += ".sqlite3" if databases.on_sqlite() else ""
        databases.drop(name)
        databases.copy(template, name)
        databases.point_at(name)
    yield
    with django_db_blocker.unblock():
        databases.point_at(template)
        databases.drop(name)


@pytest.fixture
def scratch(django_db_setup: None, django_db_blocker, tmp_path: Path) -> Iterator[str]:
    """A freshly migrated database of this test's own; yields its name (`databases.url(name)`)."""
    with django_db_blocker.unblock(), databases.own_copy(databases.migrated_template(), tmp_path) as name:
        yield name


@pytest.fixture
def scratch_demo(django_db_setup: None, django_db_blocker, tmp_path: Path) -> Iterator[str]:
    """The same, holding the small demo."""
    with django_db_blocker.unblock(), databases.own_copy(databases.demo_template(), tmp_path) as name:
        yield name


@pytest.fixture
def scratch_full(django_db_setup: None, django_db_blocker, tmp_path: Path) -> Iterator[str]:
    """The same, holding the whole district: minutes to load, once a day and state of the code."""
    with django_db_blocker.unblock(), databases.own_copy(databases.demo_template("full"), tmp_path) as name:
        yield name


# --- a live site ----------------------------------------------------------------------------


@pytest.fixture
def live_site(scratch: str, tmp_path: Path) -> Iterator[str]:
    """The base URL of a real server process on `scratch`."""
    with servers.serving(scratch, tmp_path / "server.log") as address:
        yield address


@pytest.fixture
def live_demo(scratch_demo: str, tmp_path: Path) -> Iterator[str]:
    """The base URL of a real server process on `scratch_demo`."""
    with servers.serving(scratch_demo, tmp_path / "server.log") as address:
        yield address


@pytest.fixture(autouse=True)
def fresh_start() -> None:
    """What the process keeps, not the database, begins anew: tries, invented persons, the language."""
    translation.deactivate()  # the last request of the test before spoke its own
    caches["throttle"].clear()
    caches["default"].clear()  # the root of the site is kept there: rows that a test rolls back clear nothing
    kept.start()
