"""Wagtail's `purge_revisions` would also delete the revision that is live and, with it, approvals."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Closed: revisions are part of the record of what was published."

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        raise CommandError("Revisions are part of the record of what was published; they are not purged.")
