"""Addresses made for a page besides its own."""

from __future__ import annotations

from django.urls import reverse
from wagtail.models import Page


def feed_address(page: Page) -> str:
    """`/feeds/pages-<uuid>.atom` in the active language; it stays when the page moves."""
    return reverse("pages:feed", args=[page.translation_key])
