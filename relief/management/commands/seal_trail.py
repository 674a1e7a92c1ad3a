"""manage.py seal_trail [--out FILE]: digest the trail (留痕封存), kept outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relief.trail.verify import broken_heads, take_head


class Command(BaseCommand):
    help = "Digests everything written since the last head. Keep the line where no one reaches the database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="file to which the head's line is appended")

    def handle(self, *args: Any, out: Path | None = None, **options: Any) -> None:
        if broken := broken_heads():
            raise CommandError(f"No new head: {broken[0]}. Run check_trail.", returncode=1)
        line = json.dumps(take_head().as_line(), sort_keys=True)
        if out:
            try:
                with out.open("a") as file:
                    file.write(line + "\n")
            except OSError as error:
                raise CommandError(f"The head is taken, but {out} can't be written: {error}") from error
        self.stdout.write(line)
