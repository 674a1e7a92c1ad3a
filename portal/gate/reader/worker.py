"""The process that reads one file: run by `ask.py`, with limits, which a hostile file may reach.

The file comes on standard input. Every text goes out as a line of JSON, and a last line says that all was
read; without it nothing counts. Once the input is in, no file and no socket can be opened any more.
"""

import contextlib
import importlib
import json
import pkgutil
import resource
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MOST_TEXT = 200_000


def main(name: str, cpu_s: int, memory: int) -> None:
    sys.path.insert(0, str(ROOT))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from portal.gate.reader import kinds

    load_all()
    data = sys.stdin.buffer.read()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    try:
        for found in kinds.read(data, name):
            tell(found)
    except MemoryError:
        write([[], "big"])
    except RecursionError:
        write([[], "broken"])
    write("done")
    sys.stdout.flush()


def load_all() -> None:
    """Whatever is loaded late elsewhere: later no file can be opened."""
    import encodings

    import pypdf
    from PIL import Image, JpegImagePlugin, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin  # noqa: F401

    import relief.confidential.picture_worker  # noqa: F401

    for package in (encodings, pypdf):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            with contextlib.suppress(ImportError):  # codecs of other systems, providers that aren't there
                importlib.import_module(module.name)


def tell(found):  # type: ignore[no-untyped-def]
    if hasattr(found, "why"):
        write([found.place, found.why])
        return
    for start in range(0, len(found.text), MOST_TEXT):
        write([found.place, found.text[max(start - 40, 0) : start + MOST_TEXT], found.joined])


def write(line):  # type: ignore[no-untyped-def]
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
