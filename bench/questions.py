"""Questions with known answers, put to a register: python bench/questions.py FILE.jsonl [--register MAPP] [-v]

Each line: {"fraga", "datum", "namnd", "stalle"}: the question, the day, the committee that answers for it (null when nobody
does, a list when several do), and where it stands ("2 § första stycket fjärde strecksatsen", or a code as "par2.st1.ss4";
"" when any place will do). A line may name its own register, a folder beside FILE's or among the examples, as "register".

A place is right when one of the two lies inside the other. "First" counts a list as right when all of it is among the equals
that are shown first. An answer on what is left to the board names no owner. The last line is
`först R1 av N, bland fem R5 av N, rätt avvisade A av M, ms T`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from datetime import date
from pathlib import Path
from typing import Any

from reglemente_tool.cli.catalogue import catalogue_for
from reglemente_tool.model.address import Address
from reglemente_tool.model.citation import read_citation
from reglemente_tool.ownership import Answer, Holding, Search, committee_name
from reglemente_tool.storage.library import Register

EXAMPLES = Path(__file__).parent.parent / "charters"


def placed(text: str) -> Address:
    """Return the address that a label gives, as a code or in Swedish."""
    try:
        return Address.from_code(text)
    except ValueError:
        return read_citation(text).addresses[0]


def right(holding: Holding, committee: str, place: str, search: Search, day: date) -> bool:
    """True when the holding is `committee`'s and stands at `place`."""
    name = committee_name(search.history, search.municipality, holding.committee, day)
    if committee.lower() not in (name.lower(), holding.committee):
        return False
    if not place:
        return True
    wanted = placed(place)
    return wanted.covers(holding.address) or holding.address.covers(wanted)


def outcome(answer: Answer, line: dict[str, Any], search: Search, day: date) -> tuple[bool, bool]:
    """Return (right at first place, right among the first five)."""
    wanted = [line["namnd"]] if isinstance(line["namnd"], str) else line["namnd"]
    place = line.get("stalle") or ""
    first = answer.owners[: len(wanted)] if len(wanted) > 1 else answer.owners[:1]
    five = (*answer.owners, *answer.also)[:5]
    return tuple(all(any(right(h, w, place, search, day) for h in some) for w in wanted) for some in (first, five))  # type: ignore[return-value]


def main() -> None:
    """Read the questions, put them, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fil", type=Path)
    parser.add_argument("--register", type=Path)
    parser.add_argument("-v", action="store_true", help="visa varje fråga som inte blev rätt")
    given = parser.parse_args()
    searches: dict[Path, Search] = {}
    firsts = fives = refused = asked = unanswerable = 0
    taken: list[float] = []
    for text in given.fil.read_text(encoding="utf-8").splitlines():
        if not text.strip():
            continue
        line = json.loads(text)
        named = line.get("register", "")
        beside = given.fil.parent / named
        folder = given.register or (beside if (beside / "register.xml").is_file() else EXAMPLES / (named or "vanersborg"))
        if folder not in searches:
            register = Register.open(folder)
            searches[folder] = Search(register.history, register.municipality, catalogue_for(register.folder))
        search, day = searches[folder], date.fromisoformat(line["datum"])
        search.who("uppvärmning", in_force=day)
        began = time.perf_counter()
        answer = search.who(line["fraga"], in_force=day)
        taken.append((time.perf_counter() - began) * 1000)
        if line["namnd"] is None:
            unanswerable += 1
            refused += not answer.owners
            wrong = bool(answer.owners)
        else:
            asked += 1
            first, five = outcome(answer, line, search, day)
            firsts, fives, wrong = firsts + first, fives + five, not first
        if wrong and given.v:
            shown = [f"{h.committee} {h.address.code} ({h.ground.name} {h.score:.2f})" for h in (*answer.owners, *answer.also)[:5]]
            print(f"{folder.name}: {line['fraga']}\n    väntat {line['namnd']} {line.get('stalle')}\n    fick   {shown} {answer.refusal}")
    slow = sorted(taken)[int(len(taken) * 0.95)] if taken else 0
    print(
        f"först {firsts} av {asked}, bland fem {fives} av {asked}, rätt avvisade {refused} av {unanswerable}, "
        f"ms {statistics.median(taken or [0]):.1f} (95 %: {slow:.1f})"
    )


if __name__ == "__main__":
    main()
