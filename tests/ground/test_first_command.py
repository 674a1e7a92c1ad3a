"""What a stranger meets: `make demo` in a fresh clone, with an environment that holds nothing."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EMPTY = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
INSTALLER = ("PIP_", "SSL_", "REQUESTS_")  # how this machine reaches its package index
PATIENCE_S = 600


def environment() -> dict[str, str]:
    return EMPTY | {name: value for name, value in os.environ.items() if name.startswith(INSTALLER)}


def demo(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "demo", *words]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_said_in_words():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = demo(ROOT, f"PORT={port}")
    assert answer.returncode != 0
    assert f"Port {port} is taken" in answer.stdout
    assert "make demo PORT=" in answer.stdout


def test_no_port_at_all_is_said_in_words():
    answer = demo(ROOT, "PORT=eighty")
    assert answer.returncode != 0
    assert "PORT=eighty is no port" in answer.stderr


def test_an_unknown_scale_is_said_in_words():
    answer = demo(ROOT, "SCALE=huge")
    assert answer.returncode != 0
    assert "SCALE=huge is no scale" in answer.stderr


def test_an_old_python_is_said_in_words(tmp_path):
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit\nexit 1\n')
    old.chmod(0o755)
    answer = demo(ROOT, f"PYTHON={old}")
    assert answer.returncode != 0
    assert "is not Python 3.11 or newer (Python 3.9.2)" in answer.stderr


@pytest.mark.long
@pytest.mark.parametrize("scale", ["small", pytest.param("full", marks=pytest.mark.full)])
def test_a_fresh_clone_serves_the_demo_and_keeps_it(tmp_path, scale):
    """The small one every time; the whole district, which other tests load too, with FULL=1."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    port = free_port()
    first = opened(clone, port, scale)
    assert "Loading the demo" in first
    assert "阳光救助" in first
    second = opened(clone, port, scale)
    assert "Loading the demo" not in second
    assert "阳光救助" in second


def opened(clone: Path, port: int, scale: str) -> str:
    """What `make demo` prints until it serves, and the home page it serves then."""
    log = clone / "demo.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "demo", f"PORT={port}", f"SCALE={scale}"],
            cwd=clone,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + PATIENCE_S
        while "The site is open at" not in (said := log.read_text()):
            assert process.poll() is None and time.monotonic() < until, said
            time.sleep(0.5)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as page:
            return said + page.read().decode()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
