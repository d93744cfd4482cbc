"""A print of the tool's own, read again: what it says about itself is taken from the pieces and told, and the charter's words are left.

A print is known by its honest line ("Lydelse som gäller …"). In a document without that line nothing is taken away: a note of the same
form is then someone else's, stays in the text and is told as a doubt.
"""

from __future__ import annotations

from dataclasses import replace

from reglemente_tool.errors import Level, Place, Problem
from reglemente_tool.model.notices import is_as_of, is_footnote, is_notice, parted
from reglemente_tool.reading.document import Document, LeftOut, Piece, Role

ABOUT = "upplysning om dokumentet"
TOUCHED = "upplysning om senaste ändring"


def without_notices(document: Document) -> tuple[tuple[Piece, ...], tuple[int, ...], tuple[LeftOut, ...], tuple[Problem, ...]]:
    """Return the pieces without notices, where in the document each of them stands, what was left out, and what is doubtful."""
    own = any(is_as_of(piece.text) for piece in document.pieces) or any(is_as_of(one.text) for one in document.left_out)
    kept: list[tuple[Piece, int]] = []
    out: list[LeftOut] = []
    doubts: list[Problem] = []
    for at, piece in enumerate(document.pieces):
        words, note = parted(piece.text)
        if not own:
            doubts += [_doubt(piece, note)] if note else []
            kept.append((piece, at))
        elif is_notice(piece.text):
            out.append(LeftOut(ABOUT, piece.text, piece.page))
        elif piece.role is Role.NOTE and is_footnote(piece.text):
            out.append(LeftOut(TOUCHED, piece.text, piece.page))
        elif note:
            out.append(LeftOut(TOUCHED, note, piece.page))
            kept += [(replace(piece, text=words), at)] if words or piece.label else []
        else:
            kept.append((piece, at))
    return tuple(piece for piece, _ in kept), tuple(at for _, at in kept), tuple(out), tuple(doubts)


def _doubt(piece: Piece, note: str) -> Problem:
    return Problem(
        "UPPLYSNING",
        f"”{note}” ser ut som en upplysning om när texten ändrades. Den lästes som text.",
        Place(line=piece.printed),
        Level.VARNING,
        "Hör den inte till reglementet, så ta bort den ur textformen och läs in den.",
    )
