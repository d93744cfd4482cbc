"""What a document shows, before anyone has said what it means: pieces in reading order, and what was left out.

A source (`reading.sources`) makes a Document of a file; `reading.wording` says what each piece is in the charter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from reglemente_tool.errors import Problem


class Role(Enum):
    """What the file itself says that a piece is. TEXT is all that it says nothing of."""

    TITLE = "titel"
    HEADING = "rubrik"
    TEXT = "text"
    ITEM = "led"
    ROW = "rad"
    NOTE = "fotnot"


@dataclass(frozen=True, slots=True)
class Tracked:
    """Some words of a paragraph with tracked changes: `fate` "" for what stands, TILLAGT or STRUKET; who changed it, and the day."""

    text: str
    fate: str = ""
    by: str = ""
    day: str = ""


TILLAGT = "tillagt"
STRUKET = "struket"


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading, paragraph, list item, table row or footnote, as it is shown.

    `label`   what the file prints before the words and keeps apart from them: "•", "3.", "§ 4"; "" when it is in the words
    `level`   of a heading: 1 is the highest, 0 is not known
    `indent`  of the first line, in points from the left edge of the text
    `size`    of the letters in points, 0 when not known; `weight` 2 when all of them are bold, 1 when all are slanted or underlined
    `close`   True when it stands right below the piece above it (a line break, not a new paragraph)
    `page`    counted from 1, 0 when the file has no pages
    `doubts`  Swedish sentences about how it was put together
    `top`     how far down the page it begins: 0.0 at the upper edge, 1.0 at the lower, -1.0 when that is not known
    `tracked` the words with what tracked changes add and take away, in order; () where nothing is tracked
    """

    text: str
    role: Role = Role.TEXT
    label: str = ""
    level: int = 0
    indent: float = 0.0
    size: float = 0.0
    weight: int = 0
    close: bool = False
    page: int = 0
    doubts: tuple[str, ...] = ()
    top: float = -1.0
    tracked: tuple[Tracked, ...] = ()

    @property
    def printed(self) -> str:
        """Label and words, as they stand."""
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that stood in the file and is no part of the text: `what` in Swedish ("sidhuvud"), its words, its page (or 0)."""

    what: str
    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: its pieces in reading order, what was left out of them, and what is doubtful about the file."""

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """The words alone, a paragraph each, with a blank line between them: for whoever reads it as running text."""
        lines = []
        for piece in self.pieces:
            lines.append(("" if piece.close or piece.role is Role.ITEM else "\n") + piece.printed)
        return "\n".join(lines).strip() + "\n"
