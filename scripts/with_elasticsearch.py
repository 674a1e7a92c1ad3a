"""with_elasticsearch.py COMMAND… | --fetch: runs a command with ES_URL naming an Elasticsearch.

Where ES_URL is set already that server is used. Else one of our own is started (elasticsearch_server.py,
search/SERVERS.md) and ends with the command. `--fetch` only makes sure that there is one to start: it
says in words why not and fails. Standard library only.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from beside import run_beside
from elasticsearch_server import VERSION, NotToBeHadError, Server, fetched, java_home


@contextmanager
def server() -> Iterator[str]:
    """A running server; yields its URL."""
    if named := os.environ.get("ES_URL"):
        yield named
        return
    own, began = Server(), time.monotonic()
    try:
        url = own.start()
        print(f"Elasticsearch {VERSION} answers after {time.monotonic() - began:.0f} s", file=sys.stderr)
        yield url
    finally:
        own.discard()


def main(words: list[str]) -> int:
    try:
        if words != ["--fetch"]:
            return run_beside(server(), "ES_URL", words)
        if not os.environ.get("ES_URL"):
            fetched()
            java_home()
        return 0
    except NotToBeHadError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
