"""The text form, as `reading/wording` reads it: for mail, for diffs, for editing by hand.

A clean page comes back as the same provisions. A redline page is written as the text that it leads to. What the page says
about itself, and the changes of a redline in words, stand above the title in lines that begin with "# ".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE
from reglemente_tool.writing.page import Block, Mark, Page, Runs, plain

NAME = "text"
SUFFIX = ".txt"

_SAYS_OUTRIGHT = re.compile(r"(?:={1,2}|\\)\s")
"""Words that the reader would take for a mark of what the line is."""

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


def _groups(blocks: tuple[Block, ...]) -> Iterator[Group]:
    for block in blocks:
        if block.mark not in _GONE:
            yield from _block(block)


def _block(block: Block) -> Iterator[Group]:
    if block.kind is Kind.PARAGRAF:
        yield from _paragraf(block)
    elif block.kind is Kind.STYCKE or block.kind.item:
        yield list(_lines(block))
    elif block.kind is Kind.TABELL:
        yield from _filled([_words(block.heading), _words(block.text)])
        yield [_words(row.text) for row in block.children if row.mark not in _GONE]
        yield from _filled([_words(block.closing)])
    else:
        yield from _filled([" ".join(word for word in (_label(block), _words(block.heading)) if word)])
        yield from _filled([_words(block.text)])
        yield from _groups(block.children)
        yield from _filled([_words(block.closing)])


def _paragraf(block: Block) -> Iterator[Group]:
    """The heading, then the number with the first stycke right below it, or run in; then the rest."""
    heading, first = _words(block.heading), _label(block)
    if block.layout == TITLE_LINE and heading:
        first = f"{first} {heading}"
    else:
        yield from _filled([heading])
    below: list[Group] = [[text] for text in (_words(block.text),) if text]
    below += [group for group in _groups(block.children) if any(group)]
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


def _lines(block: Block, depth: int = 0) -> Iterator[str]:
    """A stycke or an item: its words, its list two blanks further in, its closing words in line with the list."""
    words = _words(block.text)
    if block.kind.item:
        yield f"{_STEP * depth}{_label(block)} {words}".rstrip()
        depth += 1
    elif words:
        yield f"\\ {words}" if _SAYS_OUTRIGHT.match(words) else words
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
