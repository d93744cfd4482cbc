"""The engine against a naive reckoning of its own, on histories made up at random: `python bench/oracle.py [HOW-MANY] [FIRST-SEED]`.

Prints what was decided, how often both refused and why, how many texts were compared, and every history on which they differ (the
exit status is then 1). The same seeds always give the same histories.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from oracle.bridge import Disagreement, one_history  # noqa: E402


def main(many: int, first: int) -> int:
    told: Counter[str] = Counter()
    wrong = 0
    for seed in range(first, first + many):
        try:
            told.update(one_history(seed)[1])
        except (Disagreement, RuntimeError, AssertionError) as error:
            wrong += 1
            print(f"=== seed {seed}: {error}", flush=True)
        if (seed - first) % 1000 == 999:
            print(f"{seed - first + 1} histories, {wrong} disagreements", flush=True)
    for name, number in sorted(told.items()):
        print(f"{number:9} {name}")
    print(f"{many} histories (seeds {first}-{first + many - 1}), {wrong} disagreements")
    return 1 if wrong else 0


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(numbers + [1000, 0][len(numbers) :])))
