"""`manage.py seed_site`: the pages, catalogue rows and groups that every site has."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.catalogue.seed import seed_catalogue
from portal.notifying.verbs import seed_rules
from portal.pages.seed import seed_site
from portal.particulars.verbs import enter
from relief.places.set_up import SETUP
from search.synonym_verbs import seed_synonyms


class Command(BaseCommand):
    help = (
        "Makes the pages that every site has, in both languages, the catalogue, the settings of the site, "
        "notification rules, synonyms, the groups and their rights."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        seed_site()
        seed_catalogue()
        enter(by=SETUP)
        seed_rules(by=SETUP)
        seed_synonyms(by=SETUP)
