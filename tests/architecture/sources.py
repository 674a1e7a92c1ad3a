"""The repository as the architecture tests read it: tracked files and parsed Python."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("portal", "search", "relief")


@cache
def tracked_files() -> tuple[str, ...]:
    """Every file of the repository, committed or about to be, as a path from its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(name for name in listed.splitlines() if (ROOT / name).is_file()))


def python_files(*folders: str, migrations: bool = False) -> Iterator[str]:
    """The Python files under these folders; migrations are made by a machine and left out."""
    for name in tracked_files():
        if name.endswith(".py") and name.split("/")[0] in folders:
            if migrations or "/migrations/" not in name:
                yield name


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(text(name), filename=name)


def calls(name: str) -> Iterator[tuple[ast.Call, str, str]]:
    """Every method call of a file: the node, its receiver as text and its method's name."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, ast.unparse(node.func.value), node.func.attr
