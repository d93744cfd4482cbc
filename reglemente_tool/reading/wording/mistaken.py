"""What is no charter and could be taken for one: two wordings at once, the council's decision, a text as the screen showed it.

Such a document would be read without a word of complaint, with struck words for law. So it is refused, and told what to do instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reglemente_tool.errors import CannotRead, Level, Place, Problem
from reglemente_tool.model.notices import Sort, is_as_of, sort_of
from reglemente_tool.reading.columns import heads_both
from reglemente_tool.reading.document import LeftOut, Piece
from reglemente_tool.reading.protocol import read_protocol
from reglemente_tool.reading.wording.bound import opens, signs

_ATT = re.compile(r"^\W{0,4}(?:\d{1,2}[.)]\s{0,3})?att\b|\bbeslut(?:ar|ade|at|a)?:?\s+att\b", re.IGNORECASE | re.MULTILINE)


def refuse_mistaken(pieces: Sequence[Piece], left_out: Iterable[LeftOut] = ()) -> None:
    """Raise CannotRead for a document that shows two wordings, or is a print of something else than a charter.

    A comparison in Word whose changes are tracked is read: as it will be when they are accepted, which its source tells.
    """
    lines = [piece.printed for piece in pieces]
    _refuse_prints({sort_of(text) for text in (*lines, *(one.text for one in left_out))})
    if any(heads_both(above, below) for above, below in zip(lines, (*lines[1:], ""), strict=True)):
        raise CannotRead(
            "Dokumentet visar två lydelser bredvid varandra, den som gäller och en ny, och läses inte som ett reglemente.",
            hint="Är det ett beslut, så läs det med reglemente las. Annars: spara den nya lydelsen som ett eget dokument.",
        )


def decided_in(pieces: Sequence[Piece]) -> tuple[Problem, ...]:
    """Raise CannotRead for minutes of the council; return a doubt for what may be minutes, with a charter in them."""
    lines = [piece.printed for piece in pieces]
    return _decision("\n".join(lines), lines)


def refuse_mistaken_text(text: str) -> tuple[Problem, ...]:
    """Raise CannotRead for plain text that is a print, minutes, or was copied from the screen; return what `decided_in` does."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text)]
    _refuse_prints({sort_of(block) for block in blocks})
    if any(map(is_as_of, blocks)):
        raise CannotRead(
            "Texten är skriven för skärmen: raderna är brutna, och mellan dem står vad utskriften säger om sig själv.",
            hint="Skriv ut den med reglemente visa NÄMND --som text, och läs in det.",
        )
    return _decision(text, lines)


def _refuse_prints(sorts: set[Sort | None]) -> None:
    if Sort.DECISION in sorts:
        raise _is_decision("skrivet av programmet")
    if Sort.ROWS in sorts:
        raise CannotRead(
            "Dokumentet visar varifrån varje rad i ett reglemente kommer (historik --rader), och läses inte som ett reglemente.",
            hint="Skriv ut lydelsen med reglemente visa, och läs in den.",
        )
    if Sort.COMPARISON in sorts and Sort.TRACKED not in sorts:
        raise CannotRead(
            "Dokumentet är en jämförelse av två lydelser: det som utgår står kvar i det, så det läses inte som ett reglemente.",
            hint="Skriv ut den lydelse som ska läsas in med reglemente visa. En hel jämförelse läses bara ur Word, som godkänd.",
        )


def _is_decision(how: str) -> CannotRead:
    return CannotRead(f"Dokumentet är ett beslut av fullmäktige, {how}, och inte ett reglemente.", hint="Läs det med reglemente las.")


def _decision(text: str, lines: list[str]) -> tuple[Problem, ...]:
    """A protocol of the council is known by att-satser that it decides, under a § of its own or among what only minutes have."""
    if not _ATT.search(text):
        return ()
    found = read_protocol(text)
    clauses = [text[one.start : one.end] for one in found.decisions if _ATT.search(text, one.start, one.end)]
    if not clauses or not found.certain or not (found.section or signs(lines)):
        return ()
    if not any(map(opens, lines)):
        raise _is_decision(f"§ {found.section}" if found.section else "med att-satser")
    message = "Dokumentet ser ut att vara eller innehålla ett beslut av fullmäktige. Allt lästes som ett reglemente."
    hint = "Är det ett beslut, så läs det med reglemente las. Annars: ta bort det ur textformen och läs in den."
    first = " ".join(clauses[0].strip().split("\n")[0].split())
    return (Problem("ANNAN-HANDLING", message, Place(line=first), Level.VARNING, hint),)
