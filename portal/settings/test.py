"""Tests: the demo's clock may move; hashing is cheap; everything else as in production."""

from .base import *  # noqa: F403
from .base import BASE_DIR, DATABASES, VAR_DIR

DEMO = True
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RELIEF_KEY_DIR = BASE_DIR / "tests" / "keys"
VAR_DIR.mkdir(parents=True, exist_ok=True)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
