"""A page in two columns: the wording before to the left, the wording after to the right, one row for each §."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import CONTAINERS
from reglemente_tool.writing.flow import Line, lines_of
from reglemente_tool.writing.page import LEFT_OUT, ONLY_NEW, ONLY_OLD, Block, Mark, Page, Run, Runs, altered, plain


@dataclass(frozen=True, slots=True)
class Row:
    """One § in both wordings, or a heading over §§, or a part of a bilaga.

    `left`    the lines as they were: SAME, REMOVED and MOVED_AWAY runs only; empty when there was nothing
    `right`   the lines as they are: SAME, ADDED and MOVED_HERE runs only; empty when nothing is left
    `anchor`  the address of what the row is about, as in Block
    `spans`   True for a heading over §§ that has not changed: it may be printed once, over both columns
    """

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    anchor: str = ""
    spans: bool = False


def columns(page: Page) -> tuple[Row, ...]:
    """Return the rows of a redline page, in its order.

    Read down, the left column of a page that is not shortened is the old text and the right one the new; what has changed
    is still marked. What is only new leaves the left side empty, what is only old the right, and what has moved stands
    in a row at each of its two places. An anchor stands once: to the left only for what is gone.
    """
    return tuple(row for blocks in _rows(page.blocks) if (row := _row(blocks)).left or row.right)


def _rows(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks that share a row. A bilaga is too long for one: its parts have a row each."""
    for listed, run in groupby(blocks, key=lambda block: block.kind.item):
        if listed:
            yield tuple(run)
            continue
        for block in run:
            if block.kind is not Kind.BILAGA:
                yield (block,)
                continue
            yield (replace(block, children=(), closing=()),)
            yield from _rows(block.children)
            if block.closing:
                yield (Block(kind=Kind.STYCKE, text=block.closing, mark=block.mark),)


def _row(blocks: tuple[Block, ...]) -> Row:
    first = blocks[0]
    over = first.kind in CONTAINERS or first.kind is Kind.BILAGA or not (first.label or first.text or first.children)
    spans = over and bool(first.label or first.heading) and not first.text and not altered(first)
    return Row(lines_of(_side(blocks, old=True)), lines_of(_side(blocks, old=False)), first.anchor, spans)


def _side(blocks: Iterable[Block], *, old: bool) -> tuple[Block, ...]:
    """Return the blocks as one of the wordings has them."""
    absent, only_here = (ONLY_NEW, ONLY_OLD) if old else (ONLY_OLD, ONLY_NEW)
    made: list[Block] = []
    for block in blocks:
        side = replace(
            block,
            label=_kept(block.label, absent),
            heading=_kept(block.heading, absent),
            text=_kept(block.text, absent),
            closing=_kept(block.closing, absent),
            children=_side(block.children, old=old),
        )
        if block.mark in absent and not (side.label or side.heading or side.text or side.closing or side.children):
            continue
        if old and block.mark not in only_here:
            # What is still there has its anchor, its note and its origin where it stands today.
            side = replace(side, anchor="", note="", link="", origin="")
        if _left_out(side) and made and _left_out(made[-1]) and side.kind.item is made[-1].kind.item:
            continue
        made.append(side)
    return tuple(made)


def _kept(runs: Runs, absent: frozenset[Mark]) -> Runs:
    made: list[Run] = []
    for run in runs:
        if run.mark in absent:
            continue
        if made and made[-1].mark is run.mark:
            made[-1] = Run(made[-1].text + run.text, run.mark)
        else:
            made.append(run)
    return tuple(made)


def _left_out(block: Block) -> bool:
    return plain(block.text) == LEFT_OUT and not (block.label or block.heading or block.children or block.closing)
