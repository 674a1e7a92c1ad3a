"""manage.py check_trail [--heads FILE]: prove the trail (留痕核验); exit code 1 on a difference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relief.trail.verify import broken_heads, differences, missing_guards


class Command(BaseCommand):
    help = "Compares every tracked row with its history, the journal with its head, the heads with the rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--heads", type=Path, help="file of heads that seal_trail --out has written")

    def handle(self, *args: Any, heads: Path | None = None, **options: Any) -> None:
        known = _lines_of(heads) if heads else None
        found = [f"The guard {name} is missing." for name in missing_guards()]
        found += [f"{one.table}, row {one.row_id}: {one.what}." for one in differences()]
        found += [f"{words.capitalize()}." for words in broken_heads(known)]
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"The trail does not hold: {len(found)} differences.", returncode=1)
        self.stdout.write("The trail holds: guards, history, acts, journal and heads fit together.")


def _lines_of(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} can't be read as a file of heads: {error}") from error
