"""Addresses made for a page besides its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page


def feed_address(page: Page) -> str:
    """`/feeds/pages-<uuid>.atom` in the active language; it stays when the page moves."""
    return reverse("pages:feed", args=[page.translation_key])


def section_feed(section: str) -> str:
    """`/feeds/policies.atom`, in the active language."""
    return reverse("pages:section-feed", args=[section])


def absolute(path: str) -> str:
    """Under the public address, never the request's host."""
    base = settings.PUBLIC_BASE_URL.rstrip("/")
    return base + "/" + path.split("/", 3)[3] if path.startswith("http") else base + path
