"""Search asks Elasticsearch only for what the small server of the tests has: else they would not tell."""

import ast
import re

import pytest

from scripts.elasticsearch_server import VERSION
from tests.architecture.sources import python_files, text, tree

NOT_NEEDED = {
    "delete_by_query",
    "update_by_query",
    "reindex",
    "ping",
    "script",
    "script_score",
    "script_fields",
}


@pytest.mark.parametrize("room", ["search", "portal"])
def test_nothing_is_asked_that_the_small_server_lacks(room):
    """Instead: `bulk` by number, an index made anew, `cluster.health` (tests/search/test_server.py)."""
    found = [
        f"{name}:{node.lineno}"
        for name in python_files(room)
        if "elasticsearch" in ast.unparse(tree(name))
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Attribute) and node.attr in NOT_NEEDED
    ]
    assert found == []


def test_what_asks_the_server_lies_where_its_family_looks():
    """`make test-elasticsearch` runs tests/search; elsewhere such a test would never run."""
    found = [
        f"{name}:{node.lineno}"
        for name in python_files("tests")
        if not name.startswith("tests/search/")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "pytest.mark.elasticsearch"
    ]
    assert found == []


@pytest.mark.parametrize("name", ["compose.yaml", "search/SERVERS.md"])
def test_deployments_and_notes_name_the_version_that_is_tested(name):
    assert set(re.findall(r"elasticsearch:(\d+\.\d+\.\d+)", text(name))) == {VERSION}
