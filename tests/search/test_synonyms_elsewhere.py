"""Synonyms hold in a process that was running, and had read them, before they were entered."""

import subprocess
import sys

import pytest
from django.conf import settings

from relief.places.set_up import SETUP
from search.synonym_verbs import seed_synonyms
from tests import servers

#: says what dibao means, each time it is asked
ASKED = """
import sys, django
django.setup()
from search.synonyms import current
for _line in sys.stdin:
    print(*(word for _start, _end, group in current().found_in("dibao") for word in group), flush=True)
"""


@pytest.mark.long
def test_a_running_process_means_the_new_words_at_its_next_search(scratch):
    command = [sys.executable, "-c", ASKED]
    with subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=servers.environment(scratch),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        answers = []
        for change in (lambda: None, lambda: seed_synonyms(by=SETUP)):
            change()
            child.stdin.write("?\n")
            child.stdin.flush()
            answers.append(child.stdout.readline().split())
        child.stdin.close()
        assert child.wait(timeout=60) == 0
    assert answers[0] == [] and {"低保", "最低生活保障"} <= set(answers[1])
