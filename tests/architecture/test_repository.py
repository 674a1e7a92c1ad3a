"""What lies in the repository: pinned and hashed packages, no secret, no foreign host, no machine's path."""

import re
import tomllib

import pytest

from tests.architecture.sources import text, tracked_files

LOCKS = ("requirements.txt", "tests/requirements.txt")
PEERS = "tests/bench/peers/requirements.txt"
NOT_OUR_WORDS = ("portal/static/", "tests/upgrade/", *LOCKS, PEERS)  # vendored, binary or made by a tool
WORDS = re.compile(r"\.(py|html|txt|md|toml|sh|yaml|yml|json|css|js|scss|csv|po)$|^Makefile$|^\.ci/run$")
TEXTS = [name for name in tracked_files() if WORDS.search(name) and not name.startswith(NOT_OUR_WORDS)]

# Hosts that may be named: this machine, compose.yaml's service, examples, vocabularies, the law's publishers.
HOSTS = re.compile(
    r"^(localhost|elasticsearch|127\.0\.0\.1|\[::1\]|www\.w3\.org|schema\.org|schemas\.openxmlformats\.org|ns\.adobe\.com|purl\.org|www\.aiim\.org|testserver|[{%<$].*|"
    r"([\w-]+\.)*example(\.(org|com|cn|invalid))?|([\w-]+\.)*gov\.cn)$"
)
SECRETS = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "token": re.compile(r"\b(gh[pousr]_|github_pat_|sk-|xox[bap]-|AKIA)[A-Za-z0-9_-]{16,}"),
    "password in an address": re.compile(r"\w+://[^\s/:@{}]+:[^\s/@{}]+@(?!localhost|127)[\w.-]+"),
}
RESIDENT_ID = re.compile(r"(?<!\d)[1-6]\d{5}(19|20)\d{2}(0\d|1[0-2])([0-2]\d|3[01])\d{3}[\dXx](?!\d)")
INVENTED_IDS = ("tests/", "relief/management/")  # under an unassigned region code, or wrong on purpose


def complaints(pattern: re.Pattern[str], *, but_not: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Where a pattern is found, and what: by file."""
    found = {name: [m.group(0) for m in pattern.finditer(text(name))] for name in TEXTS}
    return {name: words for name, words in found.items() if words and not name.startswith(but_not)}


@pytest.mark.parametrize("lock", [*LOCKS, PEERS])
def test_every_package_is_pinned_and_hashed(lock):
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^\s*#.*\n?", "", text(lock)))
    assert len(entries) > 30
    for entry in filter(None, entries):
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==[\w.+!-]+( ; [^\\]+)? \\\n", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


@pytest.mark.parametrize("lock", LOCKS)
def test_inputs_are_pinned_exactly_and_stand_in_the_lock(lock):
    project = tomllib.loads(text("pyproject.toml"))
    wanted = project["project"]["dependencies"] if lock == LOCKS[0] else project["dependency-groups"]["test"]
    locked = set(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[.*?\])?==([\w.]+)", text(lock)))
    asked = [tuple(re.sub(r"\[.*?\]", "", line).lower().split("==")) for line in wanted]
    assert [pin for pin in asked if pin not in locked] == []


def test_the_stock_site_beside_ours_has_our_versions():
    ours, theirs = (
        set(re.findall(r"(?m)^([a-z0-9._-]+==[\w.+!-]+)", text(lock))) for lock in (LOCKS[0], PEERS)
    )
    assert theirs <= ours
    assert set(text(PEERS.replace(".txt", ".in")).lower().split()) <= theirs


def test_no_foreign_host_is_named():
    foreign = {}
    for name in TEXTS:
        if name.startswith("portal/cms/locale/"):  # keyed by Wagtail's English, word for word
            continue
        hosts = re.findall(r"https?://([^\s/\"'`)>\]|]+)", text(name))
        plain = {re.sub(r"(?<=.)(:\d+|:?\{.*)$", "", host) for host in hosts}  # without port or placeholder
        if strangers := {host for host in plain if not HOSTS.match(host)}:
            foreign[name] = strangers
    assert foreign == {}


def test_no_path_of_one_machine():
    assert complaints(re.compile(r"(?<![\w.$}\]])/(?:home|root|Users|work)/[\w.-]+")) == {}


@pytest.mark.parametrize("what", SECRETS)
def test_no_secret(what):
    assert complaints(SECRETS[what]) == {}


def test_no_person():
    assert complaints(RESIDENT_ID, but_not=INVENTED_IDS) == {}


def test_compiled_and_private_things_stay_out():
    private = (".mo", ".pyc", ".pem", ".env")
    assert [name for name in tracked_files() if name.endswith(private) or name.startswith("var/")] == []
