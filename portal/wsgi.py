"""WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
application = get_wsgi_application()
# what is loaded by now stays: the collector looks through it no more, and seldom through a request's objects
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 100)
