"""Lines that were broken at the margin are made whole, only when a person has asked for it."""

from __future__ import annotations

import re

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.reading.wording.lines import FACT, is_running

SHORTEST = 60
"""A line no longer than this was not broken at the margin, whatever follows it."""

LONGEST_PREFIX = 3
"""What is this short with its hyphen keeps it: "it-stöd", "va-taxa", "e-tjänst"."""

_ENDS = re.compile(r"[.:;!?][”\"»)]?$")
_KEEPS_HYPHEN = re.compile(r"(?:och|eller|samt|respektive|resp\.)\b")


def unwrapped(text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return `text` with lines joined that stopped only because the next word had no room, and a problem for each hyphen taken away.

    A line goes on in the next when it is long, the next one's first word would have made it longer than the widest of
    the long lines, it ends no sentence, and the next line is running text right below. The title is left alone.
    """
    raw = text.splitlines()
    running = [index > 0 and is_running(line) and FACT.fullmatch(line.strip()) is None for index, line in enumerate(raw)]
    width = _width(raw, running)
    lines: list[list[str]] = []
    taken: list[Problem] = []
    for index, line in enumerate(raw):
        above = raw[index - 1].strip() if index > 1 else ""
        if not (above and running[index] and _goes_on(above, line.strip(), width)):
            lines.append([line])
            continue
        pieces, below = lines[-1], line.strip()
        if above[-1] not in "-\u00ad":
            pieces.append(" ")
        elif above[-1] == "\u00ad":
            pieces[-1] = pieces[-1].rstrip()[:-1]
        elif _KEEPS_HYPHEN.match(below):
            pieces.append(" ")
        elif len(above.split()[-1]) > LONGEST_PREFIX:
            pieces[-1] = pieces[-1].rstrip()[:-1]
            taken.append(_hyphen_taken(above.split()[-1] + below.split()[0]))
        pieces.append(below)
    return "\n".join("".join(pieces) for pieces in lines), tuple(taken)


def _width(raw: list[str], running: list[bool]) -> int:
    """The margin: what nine in ten of the lines with running text right below keep within."""
    lengths = sorted(len(line.strip()) for line, below in zip(raw, running[1:], strict=False) if below and len(line.strip()) > SHORTEST)
    return lengths[(len(lengths) - 1) * 9 // 10] if lengths else 0


def _goes_on(line: str, below: str, width: int) -> bool:
    if line.endswith(("-", "\u00ad")) and len(line) > 1 and line[-2].isalpha() and below[0].islower():
        return True
    if len(line) <= SHORTEST or _ENDS.search(line):
        return False
    return len(line) + 1 + len(below.split()[0]) > width


def _hyphen_taken(word: str) -> Problem:
    return Problem(
        "AVSTAVNING",
        f"”{word}” var avstavat vid radslutet och sattes ihop utan bindestreck.",
        Place(line=word, end=len(word)),
        Level.VARNING,
        "Rätta ordet om bindestrecket hör till det.",
    )
