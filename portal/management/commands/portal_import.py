"""`manage.py portal_import FILE.zip --officer ACCOUNT`: an export into an empty portal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.management.commands.portal_export import bar, officer_named
from portal.transfer.asked import SecondPerson
from portal.transfer.bring_in import import_file
from relief.errors import Refused
from relief.trail.actor import Robot


class Command(BaseCommand):
    """All of the file or nothing. A second publisher answers for what the privacy check found."""

    help = "Brings an export into an empty portal: migrated, but not seeded."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a ZIP that portal_export has written")
        parser.add_argument(
            "--officer", metavar="ACCOUNT", help="account of the publisher who answers for it"
        )
        parser.add_argument("--release-by", metavar="ACCOUNT", help="account of a second publisher")
        parser.add_argument("--reason", default="", help="why what the privacy check found may be public")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit code 1) when nothing was imported."""
        by, second = officer_named(options["officer"]), None
        if options["release_by"]:
            officer = officer_named(options["release_by"])
            assert not isinstance(officer, Robot)
            second = SecondPerson(officer, options["reason"])
        try:
            done = import_file(options["file"], by=by, progress=bar, second=second)
        except Refused as refused:
            lines = [_("Nothing was imported."), *(str(reason) for reason in refused.reasons)]
            raise CommandError("\n".join(lines)) from None
        except OSError as fault:
            raise CommandError(_("The file cannot be opened: %(why)s.") % {"why": fault.strerror}) from None
        words = _("%(count)s rows from %(origin)s are in this portal, SHA-256 of the file %(digest)s.")
        facts = {"count": sum(done.counts.values()), "origin": done.origin, "digest": done.file_digest}
        self.stdout.write(words % facts)
