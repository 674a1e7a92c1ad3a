"""A throw-away Elasticsearch: fetched once by Maven, unpacked afresh for each server. Standard library only.

It is the small distribution that its makers publish for tests of plugins; search/SERVERS.md says what it
lacks. It listens on this machine alone, belongs to a system user of its own when root starts it
(Elasticsearch refuses to run as root), and ends when the process that started it does, however that ends.
"""

import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "elasticsearch"
VERSION = "8.19.21"
SHA256 = "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
JAVA = 17  # the oldest that this version runs on; the nearest above it is taken
USER = "relief-search"
HEAP = "-Xms512m -Xmx512m"
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:-AlwaysPreTouch"
FETCH_PATIENCE_S, START_PATIENCE_S, STOP_PATIENCE_S = 540, 180, 30
SETTINGS = {
    "cluster.name": "relief-tests",
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "transport.port": "0",
    "node.portsfile": "true",
    "xpack.security.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "action.auto_create_index": "false",  # a misspelt name is an error, as the tests want it
}
HOMES = "relief-es-"


class NotToBeHadError(Exception):
    """No server can be started here; says why and what to do."""


# --- what it needs --------------------------------------------------------------------------


def fetched() -> Path:
    """The server's archive, fetched when it isn't in the cache yet.

    Raises NotToBeHadError when Maven is missing or can't fetch it.
    """
    archive = CACHE / f"elasticsearch-{VERSION}.zip"
    if archive.exists() and digest(archive) == SHA256:
        return archive
    if not present("mvn", "Maven is missing, which fetches Elasticsearch", "maven"):
        raise NotToBeHadError(f"Elasticsearch {VERSION} is fetched by Maven (mvn), which is not here.")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        print(f"Fetching Elasticsearch {VERSION} into {CACHE.relative_to(ROOT)} (once)", file=sys.stderr)
        copy_by_maven(folder)
        (found,) = Path(folder).glob("*.zip")
        if digest(found) != SHA256:
            raise NotToBeHadError(f"What was fetched as Elasticsearch {VERSION} is not what it should be.")
        found.replace(archive)
    return archive


def copy_by_maven(folder: str) -> None:
    command = ["mvn", "--batch-mode", "--no-transfer-progress", COPY, f"-Dartifact={ARTIFACT}"]
    command.append(f"-DoutputDirectory={folder}")
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=FETCH_PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotToBeHadError(
            f"Maven did not bring Elasticsearch {VERSION} within {FETCH_PATIENCE_S} s."
        ) from error
    if done.returncode:
        wrong = re.findall(r"\[ERROR\] *(\S.*)", done.stdout + done.stderr)
        raise NotToBeHadError(f"Maven can't fetch {ARTIFACT}: {wrong[0] if wrong else done.stdout[-500:]}")


def digest(archive: Path) -> str:
    with archive.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def java_home() -> Path:
    """The JDK or JRE to start with: ES_JAVA_HOME, else the oldest here that is new enough.

    Raises NotToBeHadError when there is none.
    """
    if chosen := os.environ.get("ES_JAVA_HOME"):
        return Path(chosen)
    if found := new_enough():
        return found
    if present("java", "Java is missing", f"openjdk-{JAVA}-jre-headless") and (found := new_enough()):
        return found
    raise NotToBeHadError(
        f"Elasticsearch needs Java {JAVA} or newer: please install it, or name it: ES_JAVA_HOME."
    )


def new_enough() -> Path | None:
    named = [os.environ.get("JAVA_HOME", "")]
    on_path = shutil.which("java")
    named += [str(Path(on_path).resolve().parent.parent)] if on_path else []
    homes = [Path(name) for name in named if name] + sorted(Path("/usr/lib/jvm").glob("*"))
    versions = {home: java_version(home) for home in homes}
    fit = [home for home in homes if versions[home] >= JAVA]
    return min(fit, key=lambda home: versions[home], default=None)


def java_version(home: Path) -> int:
    """A Java's first number, from the file that every distribution of it has; 0 without one."""
    try:
        words = (home / "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    number = re.search(r'JAVA_VERSION="(\d+)', words)
    return int(number[1]) if number and (home / "bin" / "java").exists() else 0


def present(program: str, reason: str, package: str) -> bool:
    """Whether a program is here; installed from Debian where that is allowed."""
    install = [str(ROOT / "scripts" / "install_debian.sh"), reason, package]
    return bool(shutil.which(program)) or subprocess.run(install, check=False).returncode == 0


def server_user() -> dict[str, str | int | list[int]]:
    """How to start the server: as ourselves, or as a user who owns nothing else when we are root."""
    if os.getuid() != 0:
        return {}
    try:
        user = pwd.getpwnam(USER)
    except KeyError:
        make = ["/usr/sbin/useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER]
        subprocess.run(make, check=True)
        user = pwd.getpwnam(USER)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


# --- the server -----------------------------------------------------------------------------


class Server:
    """One server with its data: `start()`, `stop()`, `kill()` and `start()` again, at last `discard()`.

    It keeps its address over a restart. `start()` raises NotToBeHadError, with the server's last words.
    """

    def __init__(self) -> None:
        archive, self.java, self.user = fetched(), java_home(), server_user()
        discard_what_was_left()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{HOMES}{os.getpid()}-"))
        shutil.unpack_archive(archive, self.folder)
        (self.home,) = self.folder.iterdir()
        for program in (self.home / "bin").iterdir():
            program.chmod(0o755)
        (self.folder / "tmp").mkdir()
        if self.user:
            subprocess.run(
                ["chown", "-R", f"{self.user['user']}:{self.user['group']}", self.folder], check=True
            )
        self.port = 0  # any that is free
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> str:
        """Starts it and returns its URL when it answers that it is well."""
        ports = self.home / "logs" / "http.ports"
        ports.unlink(missing_ok=True)
        settings = {**SETTINGS, "http.port": str(self.port)}
        words = "".join(f"{name}: {value}\n" for name, value in settings.items())
        (self.home / "config" / "elasticsearch.yml").write_text(words, encoding="utf-8")
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*bound_to_us(), self.home / "bin" / "elasticsearch"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment(),
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C is for the tests; we stop the server ourselves
                **self.user,
            )
        until = time.monotonic() + START_PATIENCE_S
        while not self.is_well(ports):
            if self.process.poll() is not None or time.monotonic() > until:
                said = (self.folder / "log").read_text(errors="replace")[-3000:]
                raise NotToBeHadError(f"Elasticsearch {VERSION} did not start on {self.java}:\n{said}")
            time.sleep(0.2)
        return self.url

    def environment(self) -> dict[str, str]:
        """ES_JAVA_OPTS set by the caller replaces our quick start, which costs speed in long runs."""
        return {
            "PATH": os.defpath,
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "ES_JAVA_HOME": str(self.java),
            "ES_JAVA_OPTS": f"{HEAP} {os.environ.get('ES_JAVA_OPTS', QUICK_START)}",
            "CLI_JAVA_OPTS": QUICK_START,
            "ES_TMPDIR": str(self.folder / "tmp"),
        }

    def is_well(self, ports: Path) -> bool:
        try:
            first = ports.read_text(encoding="utf-8").split()[0]
            self.port = int(first.rsplit(":", 1)[1])
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            direct.open(f"{self.url}/_cluster/health?wait_for_status=yellow&timeout=5s", timeout=10).close()
        except (OSError, IndexError):
            return False
        return True

    def stop(self) -> None:
        """Ends it in order; what doesn't end is killed."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=STOP_PATIENCE_S)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """Ends it in the middle of whatever it does: it and the process that watches it."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=STOP_PATIENCE_S)

    def discard(self) -> None:
        """Stops it and removes its data."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def bound_to_us() -> list[str]:
    """The words before the server's command that let it end with us, even when we are killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def discard_what_was_left() -> None:
    """Removes the data of servers whose starter was killed and could not do it."""
    for folder in Path(tempfile.gettempdir()).glob(f"{HOMES}*-*"):
        starter = folder.name.removeprefix(HOMES).split("-")[0]
        if not Path("/proc", starter).exists():
            shutil.rmtree(folder, ignore_errors=True)
