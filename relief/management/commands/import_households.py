"""`manage.py import_households FILE.xlsx|csv` and `--template FILE.xlsx`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from relief.awards.standing_import import ImportRefused, check_standing_file, import_standing_households
from relief.errors import Refused
from relief.households.importing.reader import Row
from relief.households.importing.report import Report
from relief.households.importing.rules import Problem
from relief.households.importing.template import write_template
from relief.officers.models import Officer
from relief.trail.actor import Robot

#: more faults than this are counted, not listed: the file needs another look as a whole
MOST_LISTED = 200


class Command(BaseCommand):
    """Import standing households, all of the file or nothing; exit code 1 when it was refused."""

    help = "Import standing households from .xlsx or .csv, all of the file or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Either a file to import or a place for the template."""
        parser.add_argument("file", nargs="?", type=Path, help=".xlsx or .csv with one row per person")
        parser.add_argument(
            "--template", type=Path, metavar="FILE.xlsx", help="write the empty table and stop"
        )
        parser.add_argument("--by", metavar="ACCOUNT", help="account of the district officer who imports")
        parser.add_argument("--benefit", default="guarantee", help=argparse.SUPPRESS)
        parser.add_argument("--check", action="store_true", help="check every row and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit code 1) when nothing was written that should have been."""
        if options["template"]:
            with options["template"].open("wb") as target:
                write_template(target)
            self.stdout.write(_("The template lies in %(file)s.") % {"file": options["template"].name})
            return
        if not options["file"]:
            raise CommandError(_("Name the file to import, or --template FILE.xlsx for an empty table."))
        try:
            self._import(options["file"], self._officer(options["by"]), options)
        except ImportRefused as refused:
            self._list(refused.report.problems)
            self._account(refused.report)
            raise CommandError(
                _("Nothing was imported. Repair the rows named above and try again.")
            ) from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except OSError as fault:
            raise CommandError(_("The file cannot be opened: %(why)s.") % {"why": fault.strerror}) from None

    def _import(self, path: Path, by: Officer | Robot, options: dict[str, Any]) -> None:
        with path.open("rb") as source:
            file = check_standing_file(source, by=by, progress=_progress)
        if options["check"] and file.checked.report.ok:
            read = file.checked.report.rows_read
            self.stdout.write(_("All %(read)s rows are in order; nothing was written.") % {"read": read})
            return
        batch = import_standing_households(file, by=by, benefit=options["benefit"])
        self._account(file.checked.report)
        self.stdout.write(
            _("%(households)s households with %(persons)s persons are in the register.")
            % {"households": batch.households, "persons": batch.persons}
        )

    def _officer(self, username: str | None) -> Officer | Robot:
        if not username:
            return Robot("import_households")
        officer = Officer.objects.filter(account__username=username, active=True).first()
        if officer is None:
            raise CommandError(
                _("There is no active officer with the account %(account)s.") % {"account": username}
            )
        return officer

    def _list(self, problems: list[Problem]) -> None:
        """Values are masked: what a terminal shows ends in logs."""
        for problem in problems[:MOST_LISTED]:
            place = _("row %(row)s, %(column)s") % {
                "row": problem.row,
                "column": problem.column or _("whole row"),
            }
            value = f"「{problem.value}」" if problem.value else ""
            self.stdout.write(f"{place}{value}: {problem.sentence} [{problem.rule}]")
        if len(problems) > MOST_LISTED:
            self.stdout.write(_("… and %(count)s more.") % {"count": len(problems) - MOST_LISTED})

    def _account(self, report: Report) -> None:
        self.stdout.write(
            _("%(read)s rows = %(written)s written + %(refused)s refused + %(held)s held back by others.")
            % {
                "read": report.rows_read,
                "written": report.written,
                "refused": report.refused,
                "held": report.held_back,
            }
        )
        self.stdout.write(
            _("Besides: %(blank)s blank, %(title)s title and %(total)s total rows.")
            % {"blank": report.blank_rows, "title": report.title_rows, "total": report.total_rows}
        )
        if report.ignored_columns:
            self.stdout.write(
                _("Columns not read: %(columns)s.") % {"columns": "、".join(report.ignored_columns)}
            )


def _progress(rows: Iterable[Row]) -> Iterator[Row]:
    """A bar on a terminal, nothing where the output is a file."""
    return iter(tqdm(rows, desc=_("Checking"), unit=_("rows"), disable=None))
