"""A developer's machine and the demo: SQLite, own keys, no mail server."""

from .base import *  # noqa: F403
from .base import VAR_DIR, env

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="demo-only-not-a-secret")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
