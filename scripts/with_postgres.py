"""with_postgres.py COMMAND…: runs a command with DATABASE_URL naming a PostgreSQL of its own.

The cluster lives in a fresh folder, listens on a Unix socket in it and nowhere else, forgets about
durability (fsync off: it is thrown away), belongs to the system user `postgres` when root starts it
(PostgreSQL refuses to run as root), and ends with the command. Standard library only.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from beside import run_beside

ROOT = Path(__file__).resolve().parent.parent
WANTED = 15  # Debian 12's, and the version that production runs
PATIENCE_S = 60
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "autovacuum_naptime": "10min",
    "timezone": "UTC",
}


def programs() -> Path:
    """The folder with initdb and postgres; installed from Debian where that is allowed.

    Raises SystemExit, in words, when there is none.
    """
    if found := installed_programs():
        return found
    install = [str(ROOT / "scripts" / "install_debian.sh"), "PostgreSQL is missing", f"postgresql-{WANTED}"]
    if subprocess.run(install).returncode == 0 and (found := installed_programs()):
        return found
    sys.exit(f"PostgreSQL {WANTED} is needed for the tests and is not here.")


def installed_programs() -> Path | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    wanted = [path for path in versions if path.parts[-3] == str(WANTED)] or versions
    if wanted:
        return wanted[-1].parent
    elsewhere = shutil.which("postgres")
    return Path(elsewhere).resolve().parent if elsewhere and shutil.which("initdb") else None


def server_user() -> dict[str, str | int | list[int]]:
    """How to start the server: as ourselves, or as `postgres` when we are root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("postgres")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields the DATABASE_URL of its database `relief`."""
    bin_folder, user = programs(), server_user()
    home = Path(tempfile.mkdtemp(prefix="relief-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes
    if user:
        os.chown(home, user["user"], user["group"])
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    make = [bin_folder / "initdb", "-D", home / "data", "-U", "relief", "-A", "trust", "--no-sync"]
    make += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
    settings = [word for name, value in FAST.items() for word in ("-c", f"{name}={value}")]
    server = None
    try:
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=home, **user)
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [bin_folder / "postgres", "-D", home / "data", "-k", home, *settings],
                stdout=log,
                stderr=log,
                env=environment,
                cwd=home,
                start_new_session=True,  # Ctrl-C is for the tests; we stop the server ourselves
                **user,
            )
        wait_until_ready(bin_folder, home, server)
        subprocess.run([bin_folder / "createdb", "-h", home, "-U", "relief", "relief"], check=True)
        yield f"postgres://relief@/{home}/relief"  # empty host, then the socket's folder
    finally:
        if server:
            server.send_signal(signal.SIGQUIT)  # at once: nothing here is worth a checkpoint
            server.wait(timeout=PATIENCE_S)
        shutil.rmtree(home, ignore_errors=True)


def wait_until_ready(bin_folder: Path, home: Path, server: subprocess.Popen) -> None:
    until = time.monotonic() + PATIENCE_S
    ready = [bin_folder / "pg_isready", "-q", "-h", home, "-U", "relief", "-d", "postgres"]
    while subprocess.run(ready).returncode:
        if server.poll() is not None or time.monotonic() > until:
            sys.exit(f"PostgreSQL did not start:\n{(home / 'log').read_text(errors='replace')}")
        time.sleep(0.1)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    os.environ["POSTGRES_PROGRAMS"] = str(programs())  # pg_dump and pg_restore of its version
    sys.exit(run_beside(cluster(), "DATABASE_URL", sys.argv[1:]))
