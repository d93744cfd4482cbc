"""Long: strangers' bytes into every reader, and kills at every instant. `python bench/fuzz.py [minutes] [seed]`

Only ReglementeError may come out of a reader. What else does is cut down and printed, to become a case in
tests/test_hostile.py. Afterwards `infor` and `importera` are killed with their git at 200 moments of the clock. A reader
that has taken more than twenty seconds on one input is a finding too. Exit code 1 when there are findings.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fuzzing import fault, smallest, spoiled, targets  # noqa: E402

LONGEST = 20
KILLS = 200


class TooLong(BaseException):
    """A reader that does not come to an end."""


def late(*_: object) -> None:
    raise TooLong


def fuzz(minutes: float, seed: int) -> int:
    """Feed every reader in turn until the time is out; print and return the findings."""
    chance, found, known = Random(seed), 0, set()
    until = time.monotonic() + 60 * minutes
    runs = dict.fromkeys(targets(), 0)
    slowest = dict.fromkeys(targets(), (0.0, 0))
    signal.signal(signal.SIGALRM, late)
    while time.monotonic() < until:
        for name, (read, wholes) in targets().items():
            end = time.monotonic() + min(2.0, until - time.monotonic())
            while time.monotonic() < end:
                data = spoiled(chance.choice(wholes), wholes, chance)
                began = time.monotonic()
                signal.alarm(LONGEST)
                error = fault(read, data)
                signal.alarm(0)
                runs[name] += 1
                slowest[name] = max(slowest[name], (time.monotonic() - began, len(data)))
                if error is None:
                    continue
                frames = traceback.extract_tb(error.__traceback__)
                where = (name, type(error), frames[-1].filename, frames[-1].lineno if not isinstance(error, TooLong) else 0)
                if where in known:
                    continue
                known.add(where)
                found += 1
                least = data if isinstance(error, TooLong) else smallest(read, data, error)
                print(f"FUND {name}: {type(error).__name__}: {error}\n  {least[:2000]!r}", flush=True)
                print("".join(traceback.format_list(frames[-4:])), flush=True)
    for name, count in runs.items():
        print(f"{name:20} {count:8} gånger, längst {slowest[name][0]:.2f} s på {slowest[name][1]} byte")
    return found


def kills(seed: int) -> None:
    """Kill `infor` and `importera` at moments of the clock, and print where the register stood."""

    from test_killed import IMPORTERA, INFOR, make_harbour, moments

    for command in (INFOR, IMPORTERA):
        with tempfile.TemporaryDirectory() as folder:
            make_harbour(Path(folder))
            os.chdir(folder)
            told = list(moments(command, Path(folder).resolve() / "r", KILLS // 2, Random(seed)))
            after = sum(count == 2 for count, _ in told)
            locks = sum(left for _, left in told)
            print(f"{command[0]}: dödad {len(told)} gånger, helt varje gång; {after} efter beslutet, {locks} med ett lås kvar", flush=True)
            os.chdir("/")


if __name__ == "__main__":
    given = [float(word) for word in sys.argv[1:]]
    seed = int(given[1]) if len(given) > 1 else 1
    findings = fuzz(given[0] if given else 10, seed)
    kills(seed)
    sys.exit(1 if findings else 0)
