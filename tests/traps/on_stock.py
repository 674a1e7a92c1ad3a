"""`python -m tests.traps.on_stock [NAME…]`: plays the traps on a stock site of its own; JSON by trap.

One migrated and seeded database, copied afresh for every trap. Meant for a process of its own: the settings
are those of the stock site.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import django


def main(chosen: list[str]) -> int:
    with TemporaryDirectory() as folder, redirect_stdout(sys.stderr):  # commands talk
        os.environ |= {"STOCK_FOLDER": folder, "DJANGO_SETTINGS_MODULE": "tests.stock.bilingual"}
        django.setup()
        from tests.traps.traps import TRAPS

        fresh = _prepared(Path(folder))
        outcomes = {
            trap.__name__: _played(trap, fresh) for trap in TRAPS if not chosen or trap.__name__ in chosen
        }
    sys.stdout.write(json.dumps(outcomes, ensure_ascii=False))
    return 0


def _prepared(folder: Path) -> Path:
    """The file of a database that every trap begins with."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    from tests.stock.seed import seed

    setup_test_environment()
    call_command("migrate", verbosity=0, interactive=False)
    seed()
    connection.close()
    return Path(shutil.copy(settings.DATABASES["default"]["NAME"], folder / "fresh.sqlite3"))


def _played(trap, fresh: Path):
    from django.conf import settings
    from django.core.cache import cache
    from django.db import connection

    from tests.stock.ground import StockGround
    from tests.traps.traps import play

    connection.close()
    shutil.copy(fresh, settings.DATABASES["default"]["NAME"])
    cache.clear()
    return play(trap, StockGround())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
