"""Tests: the demo's clock may move; hashing is cheap; everything else as in production.

Test databases are made by tests/databases.py, never by Django's own test runner.
"""

from pathlib import Path

from .base import *  # noqa: F403
from .base import BASE_DIR, VAR_DIR, env

DEMO = True
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # else every client of a test reads all static files first
SEARCH_FOLLOWS = False  # tests follow the journal where they ask for it, in a folder of their own
SEARCH_DIR = Path(env.str("SEARCH_DIR", default=str(VAR_DIR / "search-of-tests")))
ES_URL = ""  # what asks a real server says so
RELIEF_KEY_DIR = BASE_DIR / "tests" / "keys"
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
