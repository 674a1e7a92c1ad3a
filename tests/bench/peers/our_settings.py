"""Settings of our side: those of the tests, without what only eases tests; connections are kept."""

from portal.settings.test import *  # noqa: F403
from portal.settings.test import DATABASES

WHITENOISE_AUTOREFRESH = False
DATABASES["default"]["CONN_MAX_AGE"] = 600
