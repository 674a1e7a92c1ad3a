"""Have a file read in a process of its own, with limits of processor time, memory, output and patience."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from portal.gate.reader.found import BIG, BROKEN, DIFFERS, SLOW, Text, Unread

WORKER = Path(__file__).with_name("worker.py")
MIB = 1024 * 1024
CHUNK = 256 * 1024


class Attachment(Protocol):
    """A file as the gate needs it. `sha256` is hexadecimal; `title` is what pages call it, or empty."""

    name: str
    title: str
    sha256: str
    media_type: str

    def open(self) -> IO[bytes]: ...


@dataclass(frozen=True)
class Stored:
    """A file in storage as the gate needs it; `file` is the value of a row's file column."""

    name: str
    sha256: str
    media_type: str
    file: Any
    title: str = ""

    @classmethod
    def of(cls, version: Any, title: str = "") -> Stored:
        """A version of a document: `filename`, `sha256`, `media_type`, `file`; and what pages call it."""
        return cls(version.filename, version.sha256, version.media_type, version.file, title)

    def open(self) -> IO[bytes]:
        return self.file.storage.open(self.file.name, "rb")


@dataclass(frozen=True)
class Limits:
    """Of one reading: bytes of the file, seconds of processor and of wall, bytes of memory and of output."""

    file: int = 100 * MIB
    cpu_s: int = 30
    wall_s: float = 60
    memory: int = 1536 * MIB
    output: int = 192 * MIB


LIMITS = Limits()


def read_file(attachment: Attachment, limits: Limits = LIMITS) -> list[Text | Unread]:
    """Every text of a file with its place; what can't be read stands among them."""
    with TemporaryFile() as copy:
        size, digest = _copied(attachment, copy, limits.file)
        if size > limits.file:
            return [Unread((), BIG)]
        if digest != attachment.sha256:
            return [Unread((), DIFFERS)]
        copy.seek(0)
        return list(_read_elsewhere(copy, attachment.name, limits))


def _copied(attachment: Attachment, copy: IO[bytes], most: int) -> tuple[int, str]:
    """Size and digest of what is read; a file of another digest isn't the one that the page offers."""
    size, digest = 0, hashlib.sha256()
    with attachment.open() as source:
        while size <= most and (chunk := source.read(CHUNK)):
            copy.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _read_elsewhere(copy: IO[bytes], name: str, limits: Limits) -> Iterator[Text | Unread]:
    """What the worker tells; it sees neither our environment nor our settings."""
    copy.flush()
    suffix = "x" + PurePath(name).suffix[:8]
    arguments = [sys.executable, "-I", "-B", str(WORKER), suffix, str(limits.cpu_s), str(limits.memory)]
    late = threading.Event()
    with subprocess.Popen(
        arguments, stdin=copy, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
    ) as process:

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(limits.wall_s, end)
        timer.start()
        assert process.stdout is not None
        try:
            answer = process.stdout.read(limits.output + 1)
            if len(answer) > limits.output:
                process.kill()
            process.wait()
        finally:
            timer.cancel()
            process.kill()
    yield from _told(answer, limits, late=late.is_set(), status=process.returncode)


def _told(answer: bytes, limits: Limits, *, late: bool, status: int) -> Iterator[Text | Unread]:
    if len(answer) > limits.output:
        yield Unread((), BIG)
        return
    lines = answer.split(b"\n")
    if lines[-2:] != [b'"done"', b""]:
        cpu = status in (-24, -9)  # SIGXCPU, and the hard limit after it
        yield Unread((), SLOW if late or cpu else BROKEN)
        return
    for line in lines[:-2]:
        one: Any = json.loads(line)
        place = tuple(tuple(step) for step in one[0])
        yield Unread(place, one[1]) if len(one) == 2 else Text(place, one[1], one[2])
