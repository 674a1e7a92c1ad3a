"""Ground of the tests of search: a real Elasticsearch, holding what one run makes and no longer.

`elastic`    a client of the server that ES_URL names; whatever uses it is marked `elasticsearch` by itself
`own_name`   how every index, alias and template of this run begins: they are removed after it
`mortal`     a server of the test's own, to kill and start again: half a minute each time
"""

import os
import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from scripts.elasticsearch_server import Server

PATIENCE_S = 60
NO_SERVER = (
    "This test asks a real Elasticsearch and ES_URL names none. `make test-elasticsearch` starts one; "
    "by hand: python scripts/with_elasticsearch.py python -m pytest -m elasticsearch tests/search"
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what asks the server, before `-m` chooses."""
    for item in items:
        if {"elastic", "mortal"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("elasticsearch")


@pytest.fixture(scope="session")
def own_name() -> str:
    """How this run's indexes begin; two runs on one server don't meet."""
    return f"relief-test-{uuid.uuid4().hex[:12]}"


@pytest.fixture(scope="session")
def elastic(own_name: str) -> Iterator[Elasticsearch]:
    """A client of the server; fails, and doesn't skip, where there is none."""
    nodes = os.environ.get("ES_URL", "").split(",")
    if nodes == [""]:
        pytest.fail(NO_SERVER, pytrace=False)
    with Elasticsearch(nodes, request_timeout=PATIENCE_S) as client:
        yield client
        remove_all(client, own_name)


def remove_all(client: Elasticsearch, beginning: str) -> None:
    """Removes indexes (their aliases with them) and templates by name: servers refuse to do it by pattern."""
    for index in client.indices.get(index=f"{beginning}*", expand_wildcards="all"):
        client.indices.delete(index=index)
    for template in client.indices.get_index_template(name=f"{beginning}*")["index_templates"]:
        client.indices.delete_index_template(name=template["name"])


@pytest.fixture
def mortal() -> Iterator[Server]:
    """A running server of this test's own: `kill()` ends it amid anything, `start()` brings it back."""
    server = Server()
    try:
        server.start()
        yield server
    finally:
        server.discard()
