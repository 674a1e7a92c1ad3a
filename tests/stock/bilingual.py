"""The stock site in two languages and with Wagtail's sitemap, as its handbook describes both."""

from .settings import *  # noqa: F403
from .settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "django.contrib.sitemaps",
]
_SESSION = MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware")
MIDDLEWARE = [
    *MIDDLEWARE[: _SESSION + 1],
    "django.middleware.locale.LocaleMiddleware",
    *MIDDLEWARE[_SESSION + 1 :],
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
# What the traps write is thrown away: nothing waits for the disk.
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA synchronous=OFF;PRAGMA journal_mode=MEMORY;"}
