"""`manage.py import_file cross-checks|deaths FILE.csv --by ACCOUNT`: long files, with a bar."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from relief.decisions.check_import import import_results, look_at_results
from relief.errors import Refused
from relief.households.deaths import import_deaths, look_at_deaths
from relief.households.importing.end_marked import BadRow, BadRows
from relief.officers.models import Officer

KINDS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "cross-checks": (look_at_results, import_results),
    "deaths": (look_at_deaths, import_deaths),
}
#: more bad rows are counted, not listed
MOST_LISTED = 200


class Command(BaseCommand):
    """Import results of the cross-check or deaths, all of the file or nothing; exit code 1 when refused."""

    help = "Import cross-check results or deaths from .csv, all of the file or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("file", type=Path, help=".csv whose last line gives the number of rows")
        parser.add_argument("--by", metavar="ACCOUNT", required=True, help="account of the checking clerk")
        parser.add_argument("--check", action="store_true", help="look at every row and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit code 1) when nothing was written that should have been."""
        by = Officer.objects.filter(account__username=options["by"], active=True).first()
        if by is None:
            words = _("There is no active officer with the account %(account)s.")
            raise CommandError(words % {"account": options["by"]})
        look, write = KINDS[options["kind"]]
        try:
            content = options["file"].read_bytes()
            if options["check"]:
                seen = look(content, by=by, progress=_progress)
                if seen.bad:
                    raise BadRows(seen.bad)
                words = _("All %(read)s rows are in order; nothing was written.")
            else:
                seen = write(content, by=by, digest=hashlib.sha256(content).hexdigest(), progress=_progress)
                words = _("All %(read)s rows are imported.")
        except BadRows as refused:
            self._list(refused.rows)
            raise CommandError(
                _("Nothing was imported. Repair the rows named above and try again.")
            ) from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except OSError as fault:
            raise CommandError(_("The file cannot be opened: %(why)s.") % {"why": fault.strerror}) from None
        self.stdout.write(words % {"read": seen.rows})

    def _list(self, bad: list[BadRow]) -> None:
        """Row and reason; what stood there is not shown."""
        for one in bad[:MOST_LISTED]:
            self.stdout.write(_("row %(row)s: %(reason)s") % {"row": one.row, "reason": one.reason})
        if len(bad) > MOST_LISTED:
            self.stdout.write(_("… and %(count)s more.") % {"count": len(bad) - MOST_LISTED})


def _progress(lines: Iterable[Any]) -> Iterator[Any]:
    """A bar on a terminal, nothing where the output is a file."""
    return iter(tqdm(lines, desc=_("Checking"), unit=_("rows"), disable=None))
