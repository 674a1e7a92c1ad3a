"""Wagtail's `publish_scheduled` forgets a plan that fails; here the plans of portal.publishing fire."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.publishing.schedule import JOB
from relief.schedule.run import run_due


class Command(BaseCommand):
    help = "Publishes the reviewed texts whose time has come; `tick` does it too."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when a plan failed; it stays and is tried again."""
        outcomes = list(run_due((JOB,)))
        for outcome in outcomes:
            self.stdout.write(outcome.words)
        if any(outcome.failed for outcome in outcomes):
            raise CommandError(_("A planned text could not be published; its plan stays."), returncode=1)
