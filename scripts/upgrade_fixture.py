"""Keeps the small demo of today as the file from which tests/upgrade migrates: `make upgrade-fixture`.

Run it when a landing changes tables, after the migrations are final. The keys are the tests' own.
"""

import lzma
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "tests" / "upgrade" / "small-demo.sqlite3.xz"


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from tests import databases

    with TemporaryDirectory() as folder:
        compact = Path(folder) / "small-demo.sqlite3"
        with closing(sqlite3.connect(databases.demo_template())) as demo:
            demo.execute("VACUUM INTO ?", (str(compact),))
        TARGET.write_bytes(lzma.compress(compact.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
