"""Page and Block: one tree that serves clean text and redline alike. A writer sees only this, never an amendment.

`writing.build` makes a Page of a charter or of two; `writing.flow` says in which lines a Page is set.
"""

from __future__ import annotations

from dataclasses import dataclass

from reglemente_tool.compare import ONLY_NEW, ONLY_OLD, Mark, Run, Runs, changed, plain
from reglemente_tool.errors import ReglementeError
from reglemente_tool.model.address import Kind

__all__ = [
    "LEFT_OUT", "ONLY_NEW", "ONLY_OLD", "Block", "CannotWrite", "Mark", "Page", "Run", "Runs", "Told", "altered", "changed", "compares",
    "plain",
]  # fmt: skip

LEFT_OUT = "– – –"
"""What stands for unchanged text on a page that shows only what has changed."""


class CannotWrite(ReglementeError):
    """The document could not be made; nothing was written."""

    code = "UTSKRIFT"
    exit_code = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One provision on the page.

    Kapitel and avsnitt hold no §§ here: they are lines in the row of blocks, and what follows belongs to them until the
    next one. All else that lies inside a provision is in `children`.

    `anchor`  its address code now (for what is gone: before), unique on the page: "par2.st1.ss4"
    `label`   number and marker as printed ("§ 2", "–", "1 kap."), as runs, so that a renumbering shows
    `inside`  True for a § that lies in an avsnitt
    `level`   how deep its first heading line lies below the title: 1, 2 …, never skipping; 0 for what is no heading
    `mark`    the fate of the block as a whole; `note` that fate in words ("Ny paragraf", "flyttad hit från 3 §", "tidigare 12 §")
    `link`    the anchor of the other place of what has moved within the page, or ""
    `origin`  "sedan 2017-07-01, KF § 105", or ""
    """

    kind: Kind
    anchor: str = ""
    label: Runs = ()
    heading: Runs = ()
    text: Runs = ()
    children: tuple[Block, ...] = ()
    closing: Runs = ()
    layout: str = ""
    inside: bool = False
    level: int = 0
    mark: Mark = Mark.SAME
    note: str = ""
    link: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One change in words, and the anchor of the block that it is about ("" for the charter as a whole)."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole document.

    `facts`    header lines (key, value): Antaget, Senast reviderat, Gäller från, Dnr …
    `status`   the honest line: as of which date, by which decisions, what is decided but not in force, draft or enacted
    `changes`  the list of changes in words, one each; empty for clean text
    `sides`    what the two wordings are called where they stand in columns
    `shortened` True when §§ that have not changed are left out
    `annexes`  pages that follow this one in the document, each beginning on a new page, none with annexes of its own
    `below`    how deep the title lies as a heading: 0 on the document's first page, 1 for an annex
    `draft`    "Utkast, inte antaget": said on every page of a document that nobody has decided on; "" otherwise
    """

    title: Runs
    municipality: str = ""
    case_number: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    status: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    changes: tuple[Told, ...] = ()
    redline: bool = False
    shortened: bool = False
    sides: tuple[str, str] = ("Tidigare lydelse", "Ny lydelse")
    draft: str = ""
    annexes: tuple[Page, ...] = ()
    below: int = 0


def compares(page: Page) -> bool:
    """True when the page, or an annex to it, shows two wordings."""
    return page.redline or any(annex.redline for annex in page.annexes)


def altered(block: Block) -> bool:
    """True when the block itself has changed in any way; what lies inside it is not asked."""
    return block.mark is not Mark.SAME or bool(block.note) or any(map(changed, (block.label, block.heading, block.text, block.closing)))
