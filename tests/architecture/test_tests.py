"""Tests that flush tables would have to lift the append-only guards: they are forbidden.

Who needs real commits takes `scratch`, who needs a server `live_site`.
"""

import ast

from tests.architecture.sources import python_files, tree

FORBIDDEN = {
    "TransactionTestCase",
    "LiveServerTestCase",
    "StaticLiveServerTestCase",
    "transactional_db",
    "live_server",
    "django_db_serialized_rollback",
    "django_db_reset_sequences",
}


def test_no_test_flushes_tables():
    """Instead: `scratch` or `live_site` (tests/conftest.py)."""
    found = {
        name: words
        for name in python_files("tests")
        if (words := {word for node in ast.walk(tree(name)) for word in words_of(node)} & FORBIDDEN)
    }
    assert found == {}


def test_no_test_asks_for_transactions():
    found = [
        f"{name}:{node.lineno}"
        for name in python_files("tests")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("django_db")
        if any(word.arg == "transaction" for word in node.keywords)
    ]
    assert found == []


def test_no_test_skips_silently():
    silent = {"pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.importorskip"}
    found = [
        f"{name}:{node.lineno}"
        for name in python_files("tests")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in silent
    ]
    assert found == []


def words_of(node: ast.AST) -> set[str]:
    """The names a node uses as code: not the words in strings, so this file may list them."""
    if isinstance(node, ast.Name):
        return {node.id}
    if isinstance(node, ast.Attribute):
        return {node.attr}
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return {argument.arg for argument in node.args.args}
    if isinstance(node, ast.alias):
        return {node.name}
    return set()
