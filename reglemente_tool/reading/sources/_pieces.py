"""What the sources share when they make pieces: lines that were broken by hand, cells of a row, letters as they were meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.reading.document import LeftOut, Piece, Role

BROKEN_ROW = "Tabellraden bröts över en sida och sattes ihop."
"""A doubt."""

STRUCK = "struken text"
"""What is left out because it is struck out on the page."""

_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){3,}(?!\S)")


_PARAGRAF = re.compile(r"(?:§\s*\d{1,3}(?:\s?[a-z](?![^\W_]))?|\d{1,3}(?:\s?[a-z])?(?:\s*|\.)§(?!§))[.:]?")


def paragraf_alone(text: str, *, begins: bool = False) -> bool:
    """True when the text is a § number and nothing else: "§ 4 a", "4 §."; with `begins`, when a capital or nothing follows one."""
    match = _PARAGRAF.match(text.strip())
    if match is None:
        return False
    rest = text.strip()[match.end() :].lstrip()
    return not rest or (begins and rest[0].isupper())


def folded(text: str) -> str:
    """Return one line of words: composed letters, no soft hyphens, single blanks, letter-spaced words closed up."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "").replace("\u2011", "-").replace("\u200b", "")
    if _SPACED.search(text):
        # "U T G I V E N  A V" has wider gaps between the words.
        text = re.sub(r" {2,}|\t", "\u2003", text)
        text = _SPACED.sub(lambda m: m[0].replace(" ", ""), text)
    return " ".join(text.split())


def broken_at(piece: Piece) -> list[Piece]:
    """Return the pieces that line breaks by hand make of one; a line that begins with a small letter goes on from the one above."""
    lines: list[str] = []
    for raw in piece.text.split("\n"):
        line = folded(raw)
        if not line:
            continue
        if lines and (piece.role is not Role.TEXT or _goes_on(lines[-1], line)):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return [
        replace(piece, text=line, label=folded(piece.label) if at == 0 else "", close=piece.close if at == 0 else True)
        for at, line in enumerate(lines)
    ]


def _goes_on(above: str, line: str) -> bool:
    return line[:1].islower() and above[-1] not in ".:;!?" and not re.match(r"[a-zåäö][.)]\s|o\s", line)


def cells(texts: list[str]) -> str:
    """Return the cells of a table row as one line, joined by " | "; an empty cell leaves its side empty."""
    return " ".join(" | ".join(folded(text) for text in texts).split())


def struck_out(left_out: Iterable[LeftOut], what: str) -> Iterator[Problem]:
    """Yield a warning when words that are struck out were left out of `what` ("Sidan"): it shows changes."""
    found = [one.text for one in left_out if one.what == STRUCK]
    if found:
        many = f"{len(found)} strukna ställen" if len(found) > 1 else "ett struket ställe"
        read = "De lästes inte" if len(found) > 1 else "Det lästes inte"
        message = f"{what} har {many}. {read}: texten är den som blir när ändringarna är gjorda."
        hint = "Är de inte beslutade, så skriv in det strukna igen i textformen. Det står under Inte med i texten."
        yield Problem("SPARADE-ANDRINGAR", message, Place(line=found[0]), Level.VARNING, hint)
