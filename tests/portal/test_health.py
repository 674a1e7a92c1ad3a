"""What machines ask: alive, ready, what to crawl; and the error pages."""

import pytest
from django.db import DatabaseError, OperationalError

from portal import health
from search.engine import embedded

ANSWERED = {"database": "ok", "migrations": "ok", "guards": "ok", "journal": "0"}


def test_alive_asks_no_database(client):
    answer = client.get("/healthz")  # without the `db` fixture a query would fail
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready(client, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "search"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": ANSWERED,
        "alarms": {"expiry": "ok", "search": "degraded"},
    }
    embedded().rebuild([], 1)
    assert client.get("/readyz").json()["alarms"]["search"] == "ok"


@pytest.mark.django_db
def test_names_that_are_late_to_be_deleted_alarm_and_keep_nobody_out(client, monkeypatch):
    monkeypatch.setattr(health, "late_for_expiry", lambda: ["gs-101-2026-001"])
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["alarms"]["expiry"] == "late"


@pytest.mark.django_db
def test_not_ready_without_a_guard(client, monkeypatch):
    monkeypatch.setattr("relief.trail.triggers.missing", lambda _connection: ["relief_event_ao_u"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "checks": {**ANSWERED, "guards": "missing"},
        "alarms": {},
    }


@pytest.mark.django_db
def test_not_ready_without_tables_or_journal(client, monkeypatch):
    def unanswered() -> str:
        raise OperationalError

    monkeypatch.setitem(health.CHECKS, "database", unanswered)
    monkeypatch.setitem(health.CHECKS, "journal", unanswered)
    checks = client.get("/readyz").json()["checks"]
    assert (checks["database"], checks["journal"]) == ("does not answer", "does not answer")


@pytest.mark.django_db
def test_unapplied_migrations_are_seen_and_asked_again(monkeypatch):
    health._migrated.cache_clear()
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_args: [("one", False)])
    assert health._migrations() == "not applied"
    monkeypatch.undo()
    assert health._migrations() == "ok"


def test_crawlers_may_read_the_lists_to_see_noindex(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert "publicity" not in text
    assert "/sitemap.xml" in text


@pytest.mark.django_db
@pytest.mark.parametrize(("prefix", "words"), [("", "页面不存在"), ("/en", "Page not found")])
def test_not_found_in_both_languages(client, prefix, words):
    answer = client.get(f"{prefix}/nothing/here/")
    assert answer.status_code == 404
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_a_fault_shows_both_languages_and_no_detail(client, monkeypatch):
    def fails(*_args: object) -> None:
        raise DatabaseError("secret detail")

    monkeypatch.setattr("portal.publicity.finding.find", fails)
    client.raise_request_exception = False
    answer = client.get("/publicity/gs-101-2026-001/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert 'lang="en"' in html and "返回首页" in html
    assert "secret detail" not in html


@pytest.mark.django_db
def test_forbidden_says_why(rf):
    from portal.errors import forbidden
    from relief.errors import NotAllowed, Reason

    answer = forbidden(rf.get("/desk/"), NotAllowed(Reason("area", "Not your area.")))
    assert answer.status_code == 403
    assert "Not your area." in answer.content.decode()
