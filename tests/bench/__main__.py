"""`python -m tests.bench [MODULE…]`: measures on databases of its own; DATABASE_URL chooses another kind."""

import importlib
import os
import pkgutil
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")


def main(chosen: list[str]) -> int:
    django.setup()
    import tests.bench as bench
    from tests import databases

    names = [
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if module.name not in {"__main__", "finding", "ground", "peers"}
    ]
    unknown = set(chosen) - set(names)
    if unknown:
        print(f"No such figures: {', '.join(sorted(unknown))}. There are: {', '.join(names)}")
        return 2
    print(f"Measured on {'SQLite' if databases.on_sqlite() else 'PostgreSQL'}, {os.cpu_count()} cores\n")
    python = "python" if databases.on_sqlite() else "python scripts/with_postgres.py python"
    for name in chosen or names:
        print(f"{name} ({python} -m tests.bench {name})")
        for figure in importlib.import_module(f"tests.bench.{name}").measure():
            print("  " + figure.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
