"""`manage.py check_disclosure`: the nightly check of the catalogue and of the columns."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.catalogue.health import findings_of, run_check
from portal.catalogue.rules import Level
from portal.catalogue.words import LEVELS, in_words


class Command(BaseCommand):
    help = "Checks the catalogue, the columns and the links of the site; keeps the newest result for staff."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each finding, then the sums; nothing red is exit code 0 all the same."""
        run = run_check()
        for finding in sorted(findings_of(run), key=lambda one: -one.level):
            self.stdout.write(
                f"{LEVELS[Level(finding.level)]}: {finding.row or finding.url} {in_words(finding)}"
            )
        self.stdout.write(
            _("Check of disclosure: %(red)d missing, %(amber)d to be seen to.")
            % {"red": run.red, "amber": run.amber}
        )
