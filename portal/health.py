"""For machines: is the process alive, may it take readers, what may a crawler read."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from relief.ledger import journal
from relief.ledger.models import JournalHead
from relief.publicity.expire import late_for_expiry
from relief.trail import triggers
from search.engine import in_trouble

ROBOTS = """\
User-agent: *
Disallow: /desk/
Disallow: /cms/
Disallow: /display/

Sitemap: {base}/sitemap.xml
"""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Asks no database, so a database at rest restarts no process."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: database, tables, guards of the trail and journal stand. 503 names what does not.

    Alarms keep nobody out: the watcher of the site reads them and calls somebody.
    """
    checks: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            checks[name] = check()
        except (DatabaseError, JournalHead.DoesNotExist):
            checks[name] = "does not answer"
    ready = all(answer == "ok" or answer.isdigit() for answer in checks.values())
    alarms = {name: check() for name, check in ALARMS.items()} if ready else {}
    return JsonResponse({"ready": ready, "checks": checks, "alarms": alarms}, status=200 if ready else 503)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Lists are not named here: a crawler must read them to see that they say noindex."""
    return HttpResponse(
        ROBOTS.format(base=settings.PUBLIC_BASE_URL), content_type="text/plain; charset=utf-8"
    )


def _database() -> str:
    connection.ensure_connection()
    return "ok" if connection.is_usable() else "does not answer"


@functools.cache
def _migrated() -> bool:
    """Asked until it is so: a process whose tables are all there needs no second look."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise LookupError
    return True


def _migrations() -> str:
    try:
        _migrated()
    except LookupError:
        return "not applied"
    return "ok"


def _guards() -> str:
    return "missing" if triggers.missing(connection) else "ok"


def _journal() -> str:
    return str(journal.head())


def _expiry() -> str:
    """Names are shown nowhere past their time; still stored hours later they are an alarm, not an outage."""
    return "late" if late_for_expiry() else "ok"


def _search() -> str:
    """Degraded: readers are answered by the embedded index instead of the chosen one, or there is none."""
    return "degraded" if in_trouble() else "ok"


#: what must be mended and keeps no reader out
ALARMS: dict[str, Callable[[], str]] = {"expiry": _expiry, "search": _search}

CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "guards": _guards,
    "journal": _journal,
}
