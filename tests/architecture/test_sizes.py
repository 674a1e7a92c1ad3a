"""A file reads in one sitting: code 300 lines, a function 40, a template 120.

Exceptions stand here, each with its reason and its own ceiling, so that they can't grow unseen.
"""

import ast

from tests.architecture.sources import python_files, text, tracked_files, tree

CODE, FUNCTION, TEMPLATE = 300, 40, 120

LONG_FILES: dict[str, tuple[int, str]] = {}
LONG_FUNCTIONS: dict[str, tuple[int, str]] = {}
LONG_TEMPLATES: dict[str, tuple[int, str]] = {}


def lines(name: str) -> int:
    return text(name).count("\n") + (not text(name).endswith("\n"))


def test_code_files_read_in_one_sitting():
    sizes = {name: lines(name) for name in python_files("portal", "search", "relief", "scripts", "tests")}
    assert not over(sizes, CODE, LONG_FILES)


def test_templates_read_in_one_sitting():
    templates = [name for name in tracked_files() if name.endswith(".html")]
    assert not over({name: lines(name) for name in templates}, TEMPLATE, LONG_TEMPLATES)


def test_functions_do_one_thing():
    sizes = {}
    for name in python_files("portal", "search", "relief", "scripts", "tests"):
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                sizes[f"{name}::{node.name}"] = body_lines(node)
    assert not over(sizes, FUNCTION, LONG_FUNCTIONS)


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and docstring: words about it are free."""
    documented = ast.get_docstring(function) is not None
    words = function.body[0].end_lineno - function.body[0].lineno + 1 if documented else 0
    return function.end_lineno - function.lineno + 1 - words


def over(sizes: dict[str, int], guide: int, exceptions: dict[str, tuple[int, str]]) -> list[str]:
    """What is longer than its ceiling, and the exceptions that are none any more."""
    long = [f"{n}: {size} > {ceiling}" for n, size in sizes.items()
            if size > (ceiling := exceptions.get(n, (guide, ""))[0])]  # fmt: skip
    idle = [f"{n}: no longer an exception" for n in exceptions if sizes.get(n, 0) <= guide]
    return long + idle
