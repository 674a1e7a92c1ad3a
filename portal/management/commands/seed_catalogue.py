"""`manage.py seed_catalogue`: the rows of the standard catalogue."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.catalogue.seed import seed_catalogue


class Command(BaseCommand):
    help = "Enters the 13 rows of the standard catalogue; run again, it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many were missing."""
        entered = seed_catalogue()
        if options["verbosity"]:
            self.stdout.write(_("Rows of the catalogue entered: %(count)d.") % {"count": entered})
