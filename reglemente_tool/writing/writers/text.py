"""The text form, as `reading/wording` reads it: for mail, for diffs, for editing by hand.

A clean page comes back as the same provisions. A redline page is written as the text that it leads to. What the page says
about itself, and the changes of a redline in words, stand above the title in lines that begin with "# ".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE
from reglemente_tool.writing.outright import of_headings, of_words
from reglemente_tool.writing.page import Block, Mark, Page, Runs, plain

NAME = "text"
SUFFIX = ".txt"

_STEP = "  "
_GONE = (Mark.REMOVED, Mark.MOVED_AWAY)
_PLAIN_MARKERS = {Kind.STRECKSATS: "–", Kind.BILAGA: "Bilaga"}


def write(page: Page) -> bytes:
    """Return the page as UTF-8 text, lines ending in "\\n"."""
    notes = (*page.status, *(told.text for told in page.changes))
    remarks = [f"# {line}" for note in notes for line in note.splitlines()]
    facts = [f"{key}: {value}" for key, value in page.facts]
    groups = [remarks, [_words(page.title)], facts, *_groups(page.blocks)]
    whole = "\n\n".join("\n".join(group) for group in groups if any(group)) + "\n"
    return b"\n".join((whole.encode(), *map(write, page.annexes)))


Group = list[str]
"""Lines with no blank line between them."""


def _groups(blocks: tuple[Block, ...], holder: Kind | None = None, final: bool = True) -> Iterator[Group]:
    kept = _whole(blocks)
    marks = of_headings(kept) if holder is None else ("",) * len(kept)
    for at, (block, mark) in enumerate(zip(kept, marks, strict=True)):
        above, below = (kept[at - 1] if at else None), (kept[at + 1] if at + 1 < len(kept) else None)
        if block.kind is Kind.PARAGRAF:
            yield from _paragraf(block, mark, below is None)
        elif block.kind is Kind.STYCKE:
            yield list(_lines(block, mark=of_words(block, above, below, holder=holder, final=final)))
        elif block.kind.item:
            yield list(_lines(block))
        elif block.kind is Kind.TABELL:
            yield from _filled([_words(block.heading), _words(block.text)])
            yield [_words(row.text) for row in block.children if row.mark not in _GONE]
            yield from _filled([_words(block.closing)])
        else:
            yield from _filled([mark + " ".join(word for word in (_label(block), _words(block.heading)) if word)])
            yield from _filled([_words(block.text)])
            yield from _groups(block.children, block.kind, below is None)
            yield from _filled([_words(block.closing)])


def _whole(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What there is now. A heading that a redline sets apart from what comes below it goes back to that."""
    kept: list[Block] = []
    for block in blocks:
        if block.mark in _GONE:
            continue
        above = kept[-1] if kept else None
        apart = above is not None and above.anchor.endswith(".rubrik") and above.kind is block.kind and not block.heading
        if above is not None and apart:
            kept[-1] = replace(block, heading=above.heading)
        else:
            kept.append(block)
    return tuple(kept)


def _paragraf(block: Block, mark: str, final: bool) -> Iterator[Group]:
    """The heading, then the number with the first stycke right below it, or run in; then the rest."""
    heading, first = _words(block.heading), _label(block)
    if block.layout == TITLE_LINE and heading:
        first = f"{mark}{first} {heading}"
    else:
        yield from _filled([mark + heading] if heading else [])
    below: list[Group] = [[text] for text in (_words(block.text),) if text]
    below += [group for group in _groups(block.children, Kind.PARAGRAF, final) if any(group)]
    below += [[text] for text in (_words(block.closing),) if text]
    if not below:
        yield [first]
        return
    opening = below[0]
    if block.layout == RUN_IN and _begins_with_words(block):
        yield [f"{first} {opening[0]}", *opening[1:]]
    else:
        yield [first, *opening]
    yield from below[1:]


def _begins_with_words(block: Block) -> bool:
    if plain(block.text):
        return True
    first = next((child for child in block.children if child.mark not in _GONE), None)
    return first is not None and first.kind is Kind.STYCKE and bool(plain(first.text))


def _lines(block: Block, depth: int = 0, mark: str = "") -> Iterator[str]:
    """A stycke or an item: its words, its list two blanks further in, its closing words in line with the list."""
    words = _words(block.text)
    if block.kind.item:
        yield f"{_STEP * depth}{_label(block)} {words}".rstrip()
        depth += 1
    elif words:
        yield mark + words
    for child in block.children:
        if child.mark not in _GONE:
            yield from _lines(child, depth)
    if plain(block.closing):
        yield f"{_STEP * depth}{_words(block.closing)}"


def _label(block: Block) -> str:
    return _words(block.label) or _PLAIN_MARKERS.get(block.kind, "")


def _words(runs: Runs) -> str:
    return " ".join(plain(runs).splitlines())


def _filled(lines: list[str]) -> Iterator[Group]:
    yield from ([line] for line in lines if line)
