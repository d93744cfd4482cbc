"""The engine against a naive reckoning of its own, on histories made up at random: `python bench/oracle.py [HOW-MANY] [FIRST-SEED]`.

Prints what was decided, how often both refused and why, how many texts were compared, and every history on which they differ (the
exit status is then 1). The same seeds always give the same histories. `--log FILE` writes a line for each seed as it is done, and
leaves out the seeds that the file has already. `--seed N` looks at one: the smallest history that still differs, and how. `--wider`
draws decisions that say several things of one place.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from oracle.bridge import Pair, one_history  # noqa: E402
from oracle.draw import Maker  # noqa: E402
from oracle.shrink import difference, shown, smallest  # noqa: E402
from oracle.wider import Wider  # noqa: E402


def look(seed: int, draw: type[Maker]) -> int:
    """Show the smallest history that differs as this one does, and how the answers differ."""
    pair = Pair()
    try:
        one_history(seed, pair, draw)
    except Exception as error:
        acts = smallest(tuple(pair.oracle.acts))
        print(shown(acts))
        print(f"\n{difference(acts) or error}")
        return 1
    print(f"seed {seed}: no difference")
    return 0


def run(seeds: list[int], log: Path | None, draw: type[Maker]) -> int:
    """Run the seeds and tell what was found."""
    told: Counter[str] = Counter()
    wrong = []
    done = {int(line.split("\t")[0]) for line in log.read_text(encoding="utf-8").splitlines()} if log and log.exists() else set()
    for number, seed in enumerate(s for s in seeds if s not in done):
        said = "same"
        try:
            told.update(one_history(seed, draw=draw)[1])
        except Exception as error:  # a crash of either is a difference too
            wrong.append(seed)
            said = str(error).split("\n")[0]
            print(f"=== seed {seed}: {type(error).__name__}: {error}", flush=True)
        if log:
            with log.open("a", encoding="utf-8") as file:
                file.write(f"{seed}\t{said}\n")
        if number % 1000 == 999:
            print(f"{number + 1} histories, {len(wrong)} disagreements", flush=True)
    for name, count in sorted(told.items()):
        print(f"{count:9} {name}")
    before = len(done & set(seeds))
    print(f"{len(seeds)} histories (seeds {seeds[0]}-{seeds[-1]}, {before} of them before), disagreements: {wrong or 'none'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("many", type=int, nargs="?", default=1000)
    parser.add_argument("first", type=int, nargs="?", default=0)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--wider", action="store_true")
    given = parser.parse_args()
    draw = Wider if given.wider else Maker
    if given.seed is not None:
        sys.exit(look(given.seed, draw))
    sys.exit(run(list(range(given.first, given.first + given.many)), given.log, draw))
