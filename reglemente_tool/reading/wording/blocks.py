"""A charter as a row of blocks: what each line was read as. For whoever wants to check a reading, or measure it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reglemente_tool.model.address import Kind
from reglemente_tool.reading.wording.lines import Line


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    `level`   titel, metadata, rubrik1, rubrik2, kapitel, paragraf, stycke, punkt, bokstav, strecksats, tabellrad, fotnot or bilaga
    `number`  the designation ("4 a", "2.1", "a"); `marker` as printed ("§ 4 a", "a)", "•")
    `text`    the words; of a paragraf only a title on the number's line
    `row`     the row of the text form that it begins on, counted from 0; `page` of the document from 1, 0 when it has none
    `doubts`  Swedish sentences about how it was put together
    `top`     how far down the page it begins, 0.0 to 1.0, -1.0 when that is not known; `piece` the document's piece, -1 for none
    """

    level: str
    number: str = ""
    marker: str = ""
    text: str = ""
    row: int = 0
    page: int = 0
    doubts: tuple[str, ...] = ()
    top: float = -1.0
    piece: int = -1

    @property
    def printed(self) -> str:
        """Marker and words, as they stand."""
        return f"{self.marker} {self.text}".strip() if self.text != self.marker else self.text


_HEADING_NUMBER = re.compile(
    r"(?P<marker>(?P<number>\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.)]?\s+[A-ZÅÄÖ])|[A-ZÅÄÖ](?=[.)]))[.)]?)\s+(?P<text>\S.*)"
)


def told(lines: tuple[Line, ...], levels: tuple[str, ...]) -> tuple[Block, ...]:
    """Return the blocks that `lines` were read as; `levels` says of each line what it was."""
    blocks: list[Block] = []
    for line, level in zip(lines, levels, strict=True):
        above = blocks[-1] if blocks else None
        if line.kind is Kind.PARAGRAF:
            if above is not None and above.level == "paragraf" and above.number == line.number and not above.text and line.number:
                blocks.pop()  # The number is printed twice.
            blocks.append(Block("paragraf", line.number, line.marker, line.text if line.titled else "", line.row))
            if line.text and not line.titled:
                blocks.append(Block("stycke", text=line.text, row=line.row))
        elif level in ("rubrik1", "rubrik2") and (match := _HEADING_NUMBER.fullmatch(line.text)) is not None:
            blocks.append(Block(level, match["number"], match["marker"], match["text"], line.row))
        elif line.kind in (Kind.KAPITEL, Kind.BILAGA) or line.kind.item:
            number = line.number if line.kind is not Kind.STRECKSATS else ""
            blocks.append(Block(level, number, line.marker, line.text or line.marker, line.row))
        else:
            blocks.append(Block(level, text=line.printed, row=line.row))
    return tuple(blocks)
