"""Every part of the system that acts under a name has words for it: histories show them, never the name."""

import ast

from django.utils import translation

from portal.actors import ROBOTS
from tests.architecture.sources import FLOORS, python_files, tree


def test_every_robot_is_shown_in_the_readers_language():
    named = {
        ast.literal_eval(node.args[0])
        for name in python_files(*FLOORS)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Robot"
    }
    assert named == set(ROBOTS)
    with translation.override("zh-hans"):
        chinese = {str(words) for words in ROBOTS.values()}
    with translation.override("en"):
        english = {str(words) for words in ROBOTS.values()}
    assert all(words.isascii() for words in english) and not any(words.isascii() for words in chinese)
