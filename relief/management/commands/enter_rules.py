"""`manage.py enter_rules`: enter the provisions and dated values that a newer version brought."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from relief.standards.models import Standard
from relief.standards.rules import enter_rules


class Command(BaseCommand):
    """After each `migrate`: work that asks a value nobody entered would stop. Values in force stay."""

    help = "Enters the rule set's provisions and dated values that are not entered yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Running it again enters nothing."""
        before = Standard.objects.count()
        enter_rules()
        count = Standard.objects.count() - before
        words = ngettext("%(count)d dated value entered.", "%(count)d dated values entered.", count)
        self.stdout.write(words % {"count": count})
