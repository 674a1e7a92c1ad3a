"""`manage.py seed_site`: the pages, catalogue rows and groups that every site has."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.catalogue.seed import seed_catalogue
from portal.pages.seed import seed_site


class Command(BaseCommand):
    help = (
        "Makes the pages that every site has, in both languages, the catalogue, the groups and their rights."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        seed_site()
        seed_catalogue()
