"""`manage.py seed_site`: the pages and groups that every site has."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.pages.seed import seed_site


class Command(BaseCommand):
    help = "Makes the pages that every site has, in both languages, and the groups with their rights."

    def handle(self, *args: Any, **options: Any) -> None:
        seed_site()
