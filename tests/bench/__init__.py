"""Our figures, measured: `make bench` runs every module of this folder and prints one table.

A module offers `measure(bench) -> Iterator[Figure]`. Goals are the issue's; a shared machine is no
laboratory, so a missed goal is printed, never an error. The peers' figures were recorded apart.
"""

from collections.abc import Callable
from statistics import quantiles
from time import perf_counter
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured value beside its goal, or none when it is only told. `least`: the goal is a floor."""

    what: str
    value: float
    unit: str
    goal: float | None = None
    least: bool = False

    @property
    def met(self) -> bool:
        if self.goal is None:
            return True
        return self.value >= self.goal if self.least else self.value <= self.goal

    def line(self) -> str:
        mark = "ok    " if self.met else "MISSED"
        goal = "no goal" if self.goal is None else f"goal {'≥' if self.least else '≤'} {self.goal:g}"
        return f"{mark} {self.value:10.1f} {self.unit:<8} {goal:<10}  {self.what}"


def milliseconds(act: Callable[[], object]) -> float:
    """How long an act took."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def half_and_tail(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]
