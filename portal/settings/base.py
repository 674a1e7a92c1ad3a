"""What every environment shares. Values that differ come from environment variables."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "portal",
    "search",
    "relief",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.cms.users.ClosedUsersConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "simple_history",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "portal.freshness.FreshnessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.redirecting.RedirectMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.cms.policy.CmsMiddleware",
    "portal.display.DisplayMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
        },
    }
]

# --- database -------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: the write lock is taken at BEGIN, so two officers never die of a lock upgrade.
    # recursive_triggers: INSERT OR REPLACE also meets the append-only guards.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA recursive_triggers=ON;PRAGMA secure_delete=ON;"
        ),
    }
#: how many of the bureau's own proxies stand before this server and write X-Forwarded-For
OWN_PROXIES = env.int("OWN_PROXIES", default=0)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- search ---------------------------------------------------------------------------------
# An Elasticsearch, or the nodes of one cluster with commas between; empty: our own index, without a server.
ES_URL = env.str("ES_URL", default="")
#: an alias and the beginning of its indexes' names
ES_INDEX = env.str("ES_INDEX", default="sunshine-public")
# The finder's own index, beside any database.
SEARCH_DIR = Path(env.str("SEARCH_DIR", default=str(VAR_DIR / "search")))
#: whether the indexes follow what is published: each process behind its own publications, `tick` behind all
SEARCH_FOLLOWS = env.bool("SEARCH_FOLLOWS", default=True)

# --- people ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "relief.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "desk:sign-in"
WAGTAILADMIN_LOGIN_URL = "desk:sign-in"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_HTTPONLY = True

# --- mail -----------------------------------------------------------------------------------
# Notifications only; a failed mail stops no act. smtp+tls://host:587, with name and password before the host
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")
EMAIL_TIMEOUT = 10

# --- language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = "portal.formats"
#: our own sentences; below them what Wagtail's Chinese lacks or says wrongly (tests/portal/cms/test_words.py)
LOCALE_PATHS = [BASE_DIR / "portal" / "locale", BASE_DIR / "portal" / "cms" / "locale"]

# --- files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Posters as PDF, at most 1 MB each: set once, read many times, never on disk.
    "papers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "papers",
        "OPTIONS": {"MAX_ENTRIES": 24, "CULL_FREQUENCY": 4},
    },
    # Tries are counted here; several server processes count together only with a cache that they share.
    "throttle": env.cache("THROTTLE_CACHE_URL", default="locmemcache://throttle?max_entries=100000"),
}

# --- Wagtail --------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "阳光救助 · Sunshine Relief"
WAGTAILADMIN_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "portal.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "portal.PortalDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "csv", "txt", "ofd"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.attachments.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.attachments.forms.ImageForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.publishing.finish.finish_review"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.staff_search.backend"}}
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Old addresses are written by our own acts, with a reason, for whatever was public once.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_FRONTEND_LOGIN_URL = "desk:sign-in"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

# --- history --------------------------------------------------------------------------------
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_DATE_INDEX = False

# --- the bureau -----------------------------------------------------------------------------
# Invented, like everything in the demo; an installation sets its own. A dict is one text per language.
BUREAU: dict[str, str | dict[str, str]] = {
    "name": {"zh-hans": "明河区民政局", "en": "Minghe District Civil Affairs Bureau"},
    "hotline": "0400-000-0000",
    "hours": {
        "zh-hans": "工作日 8:30–11:30、13:00–17:00",
        "en": "working days 8:30–11:30 and 13:00–17:00",
    },
    "address": {
        "zh-hans": "明河区示例路 1 号一楼救助窗口",
        "en": "the relief counter at 1 Shili Road, Minghe District",
    },
    "site_code": "0000000000",
    "record": {"zh-hans": "示例ICP备00000000号", "en": "ICP record 00000000 (example)"},
}
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL", default="http://127.0.0.1:8000")
# Photos and attachments, sealed; never below MEDIA_ROOT or STATIC_ROOT.
EVIDENCE_ROOT = Path(env.str("EVIDENCE_ROOT", default=str(VAR_DIR / "evidence")))
RELIEF_KEY_DIR = Path(env.str("RELIEF_KEY_DIR", default=str(VAR_DIR / "keys")))
# Only with DEMO may the clock be moved (demo loader, tests).
DEMO = env.bool("DEMO", default=False)
# A browser test moves a whole server's clock by the seconds in this file; ignored without DEMO.
DEMO_CLOCK_FILE = env.str("DEMO_CLOCK_FILE", default="")

# --- browser --------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
    # Wagtail's own screens still carry inline scripts; portal.cms.policy sets theirs.
    "EXCLUDE_URL_PREFIXES": ("/cms/",),
}
