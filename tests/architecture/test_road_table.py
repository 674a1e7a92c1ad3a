"""README prints the road of a case; this holds the print to the code.

The table anew, to be pasted between the two marks:
`manage.py shell -c "from tests.architecture import test_road_table as t; t.print_roads()"`
"""

import re

import pytest
from django.utils.translation import override

from relief.applications.road import Road, Step
from relief.applications.road_57 import ROAD_57
from relief.applications.roads import all_roads
from relief.applications.states import State
from relief.officers.models import Role
from tests.architecture.sources import ROOT

HEAD = ("act", "中文", "from", "to", "by", "clause")


def road_table(road: Road) -> str:
    """The road as README prints it; of a delegated one the steps that differ."""
    steps = [step for step in road.steps if not (road.delegated and step in ROAD_57.steps)]
    with override("en"):
        rows = [HEAD, ("---",) * len(HEAD), *(cells(step) for step in steps)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def print_roads() -> None:
    for road in all_roads():
        print(f"<!-- road:{road.key} -->\n{road_table(road)}<!-- /road -->")  # noqa: T201


def cells(step: Step) -> tuple[str, ...]:
    who = " or ".join("robot" if role == "robot" else str(Role(role).label) for role in step.roles)
    eyes = f", not who did {' or '.join(step.not_by)}" if step.not_by else ""
    rule, article = step.clause.split("-")
    return (
        step.act,
        step.zh,
        ", ".join(str(State(state).label) for state in step.from_states),
        targets(step),
        who + eyes,
        f"{rule}号 art {article}",
    )


def targets(step: Step) -> str:
    words = str(State(step.to_state).label)
    if step.if_closed:
        words += f"; {State(step.if_closed).label} when the list has closed"
    if step.if_again:
        words += f"; {State(step.if_again).label} where a new period is set"
    return words


@pytest.mark.parametrize("road", all_roads(), ids=lambda road: road.key)
def test_readme_prints_the_road_as_it_is(road):
    readme = (ROOT / "README.md").read_text()
    printed = re.search(rf"<!-- road:{re.escape(road.key)} -->\n+(.*?)\n*<!-- /road -->", readme, re.DOTALL)
    assert printed, f"README.md has no <!-- road:{road.key} --> … <!-- /road -->"
    assert printed[1] + "\n" == road_table(road)
