"""Every room stands in the layers that import-linter holds, and `relief` has its own gatekeeper."""

import tomllib

from tests.architecture.sources import python_files, text

# Under relief/, but no rooms: plumbing of Django and the words of refusal.
NO_ROOMS = {"management", "migrations", "migrating.py", "__init__.py", "apps.py", "models.py", "errors.py"}


def contracts() -> list[dict]:
    return tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"]


def test_each_room_of_relief_stands_in_the_layers():
    layers = next(contract for contract in contracts() if contract.get("containers") == ["relief"])["layers"]
    named = {room.strip() for layer in layers for room in layer.split("|")}
    there = {name.split("/")[1] for name in python_files("relief", migrations=True)}
    assert there - NO_ROOMS == named - {"errors"}


def test_relief_bans_the_web_where_the_linter_of_imports_cannot_see():
    lint = tomllib.loads(text("relief/ruff.toml"))["lint"]
    banned = set(lint["flake8-tidy-imports"]["banned-api"])
    assert {"django.http", "django.urls", "django.template", "django.forms", "wagtail"} <= banned


def test_nobody_silences_the_ban():
    """But the one clock, which alone asks the system for the time."""
    silenced = {name for name in python_files("relief") if "noqa: TID" in text(name)}
    assert silenced <= {"relief/trail/clock.py"}
