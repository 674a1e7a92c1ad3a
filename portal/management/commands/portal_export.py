"""`manage.py portal_export FILE.zip --officer ACCOUNT`: all texts in one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from portal.transfer.take_out import export_file
from relief.errors import Refused
from relief.officers.models import Officer
from relief.places.set_up import SETUP
from relief.trail.actor import Robot


class Command(BaseCommand):
    """No row of the register goes out, no account and no password; drafts do: keep it like a backup."""

    help = "Writes all texts of the portal, their files and public history, into one ZIP."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the ZIP to write; it must not exist yet")
        parser.add_argument(
            "--officer", metavar="ACCOUNT", help="account of the publisher who answers for it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit code 1) when nothing was written."""
        try:
            done = export_file(options["file"], by=officer_named(options["officer"]), progress=bar)
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from None
        except OSError as fault:
            raise CommandError(_("The file can't be written: %(why)s.") % {"why": fault.strerror}) from None
        words = _("%(count)s rows are in %(file)s, SHA-256 %(digest)s.")
        facts = {"count": sum(done.counts.values()), "file": options["file"].name, "digest": done.file_digest}
        self.stdout.write(words % facts)


def officer_named(account: str | None) -> Officer | Robot:
    """The active officer with that account; set-up where none is named. Raises CommandError."""
    if not account:
        return SETUP
    found = Officer.objects.filter(account__username=account, active=True).first()
    if found is None:
        words = _("There is no active officer with the account %(account)s.")
        raise CommandError(words % {"account": account})
    return found


def bar(things: Iterable[Any], words: str, total: int) -> Iterator[Any]:
    """A bar on a terminal, nothing where the output is a file."""
    return iter(tqdm(things, desc=words, total=total, disable=None, leave=False))
