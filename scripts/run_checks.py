"""run_checks.py daily|long|elasticsearch: all that must hold, family by family, then one line for each.

All families run, also after one failed; the exit code is 1 when any did. What a family needs from
Debian (PostgreSQL, Chromium, a Chinese font) is installed first; what can't be had fails in words.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
ON_POSTGRES = [PYTHON, "scripts/with_postgres.py"]
ON_ELASTICSEARCH = [PYTHON, "scripts/with_elasticsearch.py"]
PYTEST = [PYTHON, "-m", "pytest", "-n", "2", "--durations=10"]


class Family(NamedTuple):
    """One family of checks: its name and the commands that prove it, the first failure ending it."""

    name: str
    commands: list[list[str]]


FULL = os.environ.get("FULL", "") not in ("", "0")
#: what asks the real Elasticsearch has a family of its own, its long tests too
DAY = "not long and not elasticsearch"
CHOSEN = f"long and not elasticsearch{'' if FULL else ' and not full'}"
ASKING = f"elasticsearch{'' if FULL else ' and not full'}"
BOTH = "(both or postgres)"
#: what commits does so on PostgreSQL every day; the rest of the domain, table by table, in the long run
LONG_ON_POSTGRES = f"not elasticsearch{'' if FULL else ' and not full'} and (long and {BOTH} or domain)"
#: each takes a minute or more and goes to who is idle; those that need the whole district go to one worker
LONG_PYTEST = [*PYTEST, "--dist=loadscope"]
COMPILED = Family("messages compiled", [[PYTHON, "scripts/messages.py", "compile"]])
#: made beside the checks that keep one core busy; the tests would all wait for it
DEMO_OF_THE_TESTS = [PYTHON, "-m", "tests.databases"]
DAILY = [
    Family("style", [[str(BIN / "ruff"), "check", "."], [str(BIN / "ruff"), "format", "--check", "."]]),
    Family("templates", [[str(BIN / "djlint"), "templates", "--lint", "--quiet"]]),
    Family("types", [[str(BIN / "mypy"), "portal", "search", "relief"]]),
    Family("rooms", [[str(BIN / "lint-imports")]]),
    Family("system", [[PYTHON, "manage.py", "check", "--fail-level", "WARNING"]]),
    Family("migrations", [[PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]]),
    Family("messages", [[PYTHON, "scripts/messages.py", "check"]]),
    Family("tests on SQLite", [[*PYTEST, "-m", f"{DAY} and not postgres"]]),
    Family("tests on PostgreSQL", [[*ON_POSTGRES, *PYTEST, "-m", f"{BOTH} and {DAY}"]]),
]
LONG = [
    Family("long tests on SQLite", [[*LONG_PYTEST, "-m", f"{CHOSEN} and not postgres"]]),
    Family("long tests on PostgreSQL", [[*ON_POSTGRES, *LONG_PYTEST, "-m", LONG_ON_POSTGRES]]),
]
ELASTICSEARCH = [
    # one process: they share one small server
    Family(
        "tests on Elasticsearch",
        [[*ON_ELASTICSEARCH, PYTHON, "-m", "pytest", "--durations=10", "-m", ASKING, "tests/search"]],
    ),
]
FAMILIES = {"daily": DAILY, "long": LONG, "elasticsearch": ELASTICSEARCH}


def main(which: str) -> int:
    # what is compiled once is read again by every worker, server and family: a third of their start
    foreign = {"DATABASE_URL", "VAR_DIR", "PYTHONDONTWRITEBYTECODE"}
    foreign |= {"ES_URL"} if which != "elasticsearch" else set()
    environment = {
        **{name: value for name, value in os.environ.items() if name not in foreign},
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "PATH": f"{BIN}:{os.environ.get('PATH', os.defpath)}",
        "PYTHONUTF8": "1",
    }
    if not (browser_is_here() and chinese_font_is_here()):
        return 1
    results = [(COMPILED.name, *timed(COMPILED, environment))]
    with nullcontext() if which == "elasticsearch" else made_beside(environment):
        results += [(family.name, *timed(family, environment)) for family in FAMILIES[which]]
    print("\n--- summary " + "-" * 60)
    for name, passed, seconds in results:
        print(f"{'ok    ' if passed else 'FAILED'} {name:<28} {seconds:6.0f} s")
    return 0 if all(passed for _, passed, _ in results) else 1


def made_beside(environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(DEMO_OF_THE_TESTS, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)


def timed(family: Family, environment: dict[str, str]) -> tuple[bool, float]:
    print(f"\n--- {family.name} " + "-" * max(3, 70 - len(family.name)), flush=True)
    began = time.monotonic()
    passed = all(
        subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode == 0
        for command in family.commands
    )
    return passed, time.monotonic() - began


def browser_is_here() -> bool:
    chosen = os.environ.get("CHROMIUM")
    return bool(shutil.which(chosen or "chromium")) or installed("Chromium is missing", "chromium")


def chinese_font_is_here() -> bool:
    """Pages are Chinese first: without a font every character is a box and no width is true."""
    fonts = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True).stdout
    return bool(fonts) or installed("A Chinese font is missing", "fonts-noto-cjk", "fontconfig")


def installed(reason: str, *packages: str) -> bool:
    return subprocess.run([str(ROOT / "scripts" / "install_debian.sh"), reason, *packages]).returncode == 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in FAMILIES:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
