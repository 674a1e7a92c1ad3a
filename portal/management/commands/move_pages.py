"""Wagtail's `move_pages` would change the addresses of what is public."""

from __future__ import annotations

from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Closed: the address of what was public stays."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("pages", nargs="*")

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        raise CommandError("The address of what was public stays; drafts are moved in the CMS, one by one.")
