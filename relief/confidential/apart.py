"""Run a worker on hostile bytes in a process of its own, which sees neither our environment nor our packages.

The worker reads the bytes from standard input and answers with the length of a JSON head (4 bytes,
big-endian), the head and a body. It sets its own limits of memory and processor time.
"""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

#: seconds on the wall after which the process is ended; its own limit of processor time comes first
PATIENCE_S = 20


class NoAnswer(Exception):
    """The worker took too long (`slow`) or died (`broken`)."""


def run_apart(worker: Path, data: bytes, *options: str) -> tuple[dict[str, Any], bytes]:
    """Head and body of the worker's answer. Raises NoAnswer."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", str(worker), *options],
            input=data,
            capture_output=True,
            timeout=PATIENCE_S,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NoAnswer("slow") from None
    answer = done.stdout
    if done.returncode != 0 or len(answer) < 4:
        raise NoAnswer("broken")
    (length,) = struct.unpack(">I", answer[:4])
    return json.loads(answer[4 : 4 + length]), answer[4 + length :]
