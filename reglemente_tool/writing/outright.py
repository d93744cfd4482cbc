"""Where the text form must say outright what a line is, because the reader would take it for something else.

The marks are those that `reading/wording` reads: "= " a heading, "== " one a level below, "\\ " running text. A mark too many
does no harm but to the eye, one too few changes the charter; so what is not sure to be read as it stands is marked.
"""

from __future__ import annotations

import re

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import TITLE_LINE
from reglemente_tool.model.headings import CLOSING_HEADINGS, heading_like, title_like
from reglemente_tool.writing.page import ONLY_OLD, Block, plain

_SAYS_SOMETHING = re.compile(r"(?:={1,2}|\\)\s")
_ITEM = re.compile(
    r"[–—‒―−•·◦▪▫*‣●○■□►\uf0b7\uf0a7-](?:\s|[^\W\d_])|o\s|[0-9]{1,3}[.)](?:\s|[^\W\d_])|[a-zåäö](?:\.\s|\))|[ivx]{2,5}[.)]\s|"
    r"\((?:[0-9]{1,3}|[a-zåäö]|[ivx]{2,5})\)\s|.*(?:^|\s)\|(?:\s|$)"
)
_NUMBERED = re.compile(
    r"(?:[0-9]{1,4}(?:\.[0-9]+)*(?:\s?[A-Za-z])?(?:\s*|\.)§(?!§)|§\s*[0-9]+(?:\s?[a-z](?![^\W_]))?)[.:]?(?:$|\s*[A-ZÅÄÖ])|§(?!§)|[xX_.…]+\s*§|"
    r"[0-9]{1,3}(?:\s?[a-z])?\s*(?i:kap)|(?i:kap(?:itel|\.)?)\s*[0-9]|(?:Bilaga|BILAGA)\b"
)
_OWN_HEAD = (Kind.PARAGRAF, Kind.AVSNITT)
_HOLDERS = (Kind.PARAGRAF, Kind.KAPITEL, Kind.AVSNITT, Kind.BILAGA)

HEADING, BELOW, TEXT = "= ", "== ", "\\ "


def of_headings(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """Return for each of a page's blocks, all of them in force, the mark that its heading line needs: "", "= " or "== "."""
    marks: list[str] = []
    holds = False  # An avsnitt stands open that holds §§.
    for at, block in enumerate(blocks):
        above, below = (blocks[at - 1] if at else None), (blocks[at + 1] if at + 1 < len(blocks) else None)
        mark = ""
        if block.kind is Kind.AVSNITT:
            mark = "" if _is_read_as_avsnitt(block, above, below) else HEADING
            holds = below is not None and below.kind in (*_OWN_HEAD, Kind.KAPITEL) and not _stands_bare(below)
        elif block.kind is Kind.PARAGRAF and block.heading:
            mark = _of_paragraf(block, above, holds)
            holds = holds and (block.inside or block.layout == TITLE_LINE)
            if above is not None and above.kind is Kind.AVSNITT and marks[-1] and block.layout != TITLE_LINE:
                mark = BELOW
        elif block.kind in (Kind.KAPITEL, Kind.BILAGA):
            holds = False
        marks.append(mark)
    return tuple(marks)


def _stands_bare(block: Block) -> bool:
    return block.kind is Kind.PARAGRAF and not block.heading


def _sure(heading: str) -> bool:
    return heading_like(heading) and not _ITEM.match(heading) and not _NUMBERED.match(heading)


def _is_read_as_avsnitt(block: Block, above: Block | None, below: Block | None) -> bool:
    heading = plain(block.heading)
    if below is None or not _sure(heading) or _empty(above):
        return False
    if below.kind in _HOLDERS:
        return True
    first = _first_line(below)
    if not title_like(heading) or below.kind is Kind.TABELL or not first:
        return False
    # Words of a chapter or of the whole charter may stand between; only a § or an annex takes what follows it.
    return heading.startswith(CLOSING_HEADINGS) or above is None or above.kind not in (Kind.PARAGRAF, Kind.BILAGA)


def _of_paragraf(block: Block, above: Block | None, holds: bool) -> str:
    heading = plain(block.heading)
    if block.layout == TITLE_LINE:
        return "" if title_like(heading) and _opens_with_words(block) else HEADING
    if holds and not block.inside:
        return HEADING
    return "" if _sure(heading) and not _empty(above) else BELOW if block.inside else HEADING


def _empty(block: Block | None) -> bool:
    """True for a § with nothing in it: whatever comes next is taken for its words."""
    return block is not None and block.kind is Kind.PARAGRAF and bool(plain(block.label)) and not _kept(block) and not plain(block.text)


def _kept(block: Block) -> list[Block]:
    return [child for child in block.children if child.mark not in ONLY_OLD]


def _opens_with_words(block: Block) -> bool:
    if plain(block.text):
        return True
    first = next(iter(_kept(block)), None)
    return first is not None and bool(_first_line(first))


def _first_line(block: Block) -> str:
    return plain(block.text) if block.kind is Kind.STYCKE else ""


def of_words(block: Block, above: Block | None, below: Block | None, *, holder: Kind | None, final: bool) -> str:
    """Return the mark that the words of a stycke need: "" or "\\ ".

    `above` and `below` are its neighbours, None where it is the first or the last; `holder` is PARAGRAF or BILAGA, None outside them;
    `final` says that nothing comes after what holds it.
    """
    words = plain(block.text)
    if _SAYS_SOMETHING.match(words) or _ITEM.match(words) or (holder is not Kind.BILAGA and _NUMBERED.match(words)):
        return TEXT
    if words[:1].islower():
        return TEXT if above is not None and above.kind is Kind.STYCKE and _kept(above) else ""
    if _kept(block) or not heading_like(words) or (holder is not None and above is None) or holder is Kind.BILAGA:
        return ""
    last = (below is None and not final) or (below is not None and below.kind in _HOLDERS)
    alone = holder is None and below is not None and title_like(words)
    return TEXT if last or alone or words.startswith(CLOSING_HEADINGS) else ""

