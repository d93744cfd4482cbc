"""Measuring on a machine that others use too: what is measured and what it is held against take turns, and medians are told."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One thing measured: `ours` and `theirs` are medians in seconds, `ratio` the median of what each round gave, `spread` the least
    and the greatest of them. `aim` is a greatest ratio, or with `seconds` a greatest time; None where there is none.
    """

    what: str
    on: str
    against: str
    ours: float
    theirs: float
    ratio: float
    spread: tuple[float, float]
    aim: float | None = None
    seconds: bool = False
    why: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        return None if self.aim is None else (self.ours if self.seconds else self.ratio) <= self.aim

    @property
    def aimed(self) -> str:
        """The aim in words."""
        return "" if self.aim is None else f"at most {told(self.aim)}" if self.seconds else f"at most {self.aim:g} times"


Medians = tuple[float, float, float, tuple[float, float]]
"""Of ours, of theirs, of the ratios; and the least and greatest ratio."""


def paired(
    ours: Work, theirs: Work, *, rounds: int = 7, clock: Callable[[], float] = time.process_time, ready: Work = lambda: None
) -> Medians:
    """Return what `rounds` runs of each gave, by turns; one run of each first is not counted. `clock` gives seconds. `ready` is done
    before each run and not counted.
    """
    for work in (ours, theirs):
        ready()
        work()
    taken = []
    for turn in range(rounds):
        pair = [0.0, 0.0]
        for which in (0, 1) if turn % 2 else (1, 0):
            ready()
            start = clock()
            (ours, theirs)[which]()
            pair[which] = clock() - start
        taken.append(pair)
    ratios = [mine / max(other, 1e-9) for mine, other in taken]
    one, other = (statistics.median(pair[which] for pair in taken) for which in (0, 1))
    return one, other, statistics.median(ratios), (min(ratios), max(ratios))


def process(*words: str, cwd: str | None = None) -> Work:
    """Return work that runs a process to its end and throws away what it says. Raises CalledProcessError."""
    return lambda: subprocess.run(words, check=True, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def command(*words: str) -> Work:
    """Return work that runs the command `reglemente` as a process of its own."""
    return process(sys.executable, "-m", "reglemente_tool", *words)


def told(seconds: float) -> str:
    """Return a time as one reads it: "1.9 s", "140 ms", "2.35 ms", "80 µs"."""
    if seconds >= 1:
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
    if seconds >= 0.001:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds * 1e6:.3g} µs"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table in Markdown."""
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]
