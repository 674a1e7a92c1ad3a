"""`python -m tests.bench.finding [DOCUMENTS [PART…]]`: every figure of search beside its goal."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from scripts.elasticsearch_server import VERSION, NotToBeHadError, Server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
SIZE = 100_000
PARTS = ("quality", "speed", "site", "peer")
NONE_TO_BE_HAD = "NOTHING IS MEASURED ON ELASTICSEARCH: THERE IS NO SERVER TO BE HAD. WHY:"


def main(words: list[str]) -> int:
    django.setup()
    from tests.bench.finding.ground import Run

    size, chosen = int(words[0]) if words else SIZE, words[1:] or PARTS
    if unknown := set(chosen) - set(PARTS):
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}")
        return 2
    print(f"{size:,} documents, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} beforehand\n")
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        run = Run(size, server(stack), Path(folder))
        stack.callback(run.remove)
        for name in chosen:
            print(f"{name} (python -m tests.bench.finding {size} {name})", flush=True)
            for figure in importlib.import_module(f"tests.bench.finding.{name}").measure(run):
                print("  " + figure.line(), flush=True)
    return 0


def server(stack: ExitStack) -> str:
    """The address of an Elasticsearch; empty, and said in capitals, where none is to be had."""
    if url := os.environ.get("ES_URL"):
        return url
    os.environ.setdefault("ES_JAVA_OPTS", "-XX:+UseG1GC")  # not the quick start of the tests
    try:
        own = Server()
        stack.callback(own.discard)
        url = own.start()
    except NotToBeHadError as error:
        print(f"{NONE_TO_BE_HAD}\n{str(error).upper()}\n")
        return ""
    print(f"Elasticsearch {VERSION}, started for this run, heap 512 MB\n")
    return url


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
