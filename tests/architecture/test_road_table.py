"""README prints the road of a case; this holds the print to the code.

The table anew, to be pasted between the two marks:
`manage.py shell -c "from tests.architecture import test_road_table as t; print(t.road_table(t.ROADS[0]))"`
"""

import re

import pytest
from django.utils.translation import override

from relief.applications.roads import ROADS, Road, Step
from relief.applications.states import State
from relief.officers.models import Role
from tests.architecture.sources import ROOT

HEAD = ("act", "中文", "from", "to", "by", "clause")


def road_table(road: Road) -> str:
    """The road as README prints it."""
    with override("en"):
        rows = [HEAD, ("---",) * len(HEAD), *(cells(step) for step in road.steps)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def cells(step: Step) -> tuple[str, ...]:
    who = " or ".join("robot" if role == "robot" else str(Role(role).label) for role in step.roles)
    eyes = f", not who did {' or '.join(step.not_by)}" if step.not_by else ""
    rule, article = step.clause.split("-")
    return (
        step.act,
        step.zh,
        ", ".join(str(State(state).label) for state in step.from_states),
        str(step.to_state.label),
        who + eyes,
        f"{rule}号 art {article}",
    )


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.key)
def test_readme_prints_the_road_as_it_is(road):
    readme = (ROOT / "README.md").read_text()
    printed = re.search(rf"<!-- road:{re.escape(road.key)} -->\n+(.*?)\n*<!-- /road -->", readme, re.DOTALL)
    assert printed, f"README.md has no <!-- road:{road.key} --> … <!-- /road -->"
    assert printed[1] + "\n" == road_table(road)
