"""`python -m tests.bench.peers [ROUNDS]`: the sides take turns; prints each side's figures and the ratios."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[3]
PEER, OURS = ROOT / ".venv-peer" / "bin" / "python", ROOT / ".venv" / "bin" / "python"
SIDES = {
    "stock": (PEER, "tests.bench.peers.stock_side", "tests.stock.settings"),
    "stock-wal": (PEER, "tests.bench.peers.stock_side", "tests.stock.wal"),
    "ours": (OURS, "tests.bench.peers.our_side", "tests.bench.peers.our_settings"),
}
ROUNDS, PUBLISHED, READ = 20, 5, 25
#: ours may take so many times stock's time to publish, and must serve so many times its pages
PUBLISH_GOAL, RATE_GOAL = 1.25, 1.5
FOREIGN = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "VAR_DIR"}

Times = list[tuple[float, float]]


class Process:
    """A side in its process."""

    def __init__(self, python: Path, module: str, settings: str) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.process = subprocess.Popen(
            [python, "-m", module],
            cwd=ROOT,
            env={**environment, "DJANGO_SETTINGS_MODULE": settings, "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.stdin.close()
        self.process.wait()

    def answer(self) -> str:
        line = self.process.stdout.readline()
        if not line:
            sys.exit("A side ended before its time; what it said stands above.")
        return line

    def do(self, act: str, number: int) -> Times:
        self.process.stdin.write(f"{act} {number}\n")
        self.process.stdin.flush()
        return json.loads(self.answer())


def main(rounds: int) -> int:
    taken: dict[str, dict[str, Times]] = {act: {name: [] for name in SIDES} for act in ("publish", "read")}
    with ExitStack() as stack:
        sides = {name: stack.enter_context(Process(*how)) for name, how in SIDES.items()}
        for side in sides.values():
            side.answer()
            side.do("publish", 2)  # the first ones read code from the disk
            side.do("read", READ)
        names = list(sides)
        for turn in range(rounds):
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                taken["publish"][name] += sides[name].do("publish", PUBLISHED)
                taken["read"][name] += sides[name].do("read", READ)
    report(taken)
    return 0


def report(taken: dict[str, dict[str, Times]]) -> None:
    print(
        f"SQLite, {os.cpu_count()} cores, medians of turns taken side by side; ms on the wall | of the CPU\n"
    )
    halves = {
        act: {
            name: tuple(median(times) for times in zip(*turns, strict=True)) for name, turns in sides.items()
        }
        for act, sides in taken.items()
    }
    for act, words in (("publish", "edit + publish a page"), ("read", "a page read by a stranger")):
        for name, (wall, cpu) in halves[act].items():
            rate = f"  {1000 / wall:6.0f} | {1000 / cpu:.0f} pages a second" if act == "read" else ""
            count = len(taken[act][name])
            print(f"{words:<28} {name:<10} {wall:7.1f} | {cpu:5.1f} ms, p50 of {count}{rate}")
    print()
    for peer in (name for name in SIDES if name != "ours"):
        (wall, cpu), (their_wall, their_cpu) = halves["publish"]["ours"], halves["publish"][peer]
        goal(f"publishing takes × {peer}", wall / their_wall, cpu / their_cpu, PUBLISH_GOAL, least=False)
        (wall, cpu), (their_wall, their_cpu) = halves["read"]["ours"], halves["read"][peer]
        goal(f"pages a second × {peer}", their_wall / wall, their_cpu / cpu, RATE_GOAL, least=True)


def goal(what: str, wall: float, cpu: float, wanted: float, *, least: bool) -> None:
    """One ratio beside its goal, met only when it is on the wall and by the CPU."""
    met = min(wall, cpu) >= wanted if least else max(wall, cpu) <= wanted
    mark, sign = "ok    " if met else "MISSED", "≥" if least else "≤"
    print(f"{mark} {wall:5.2f} | {cpu:.2f}  goal {sign} {wanted}  {what}")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS))
