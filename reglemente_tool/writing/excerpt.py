"""Of a whole redline, only what has changed, under the headings that it stands under."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from reglemente_tool.model.address import Kind
from reglemente_tool.writing.levels import holds_chapters
from reglemente_tool.writing.page import LEFT_OUT, Block, Mark, Run, altered

_PART, _CHAPTER, _SECTION, _GROUP = range(4)


def only_what_changed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks in which anything has changed, with LEFT_OUT for what else they hold and the headings over them."""
    kept: list[Block] = []
    waiting: dict[int, Block] = {}  # Headings over what comes, not yet shown, the widest first.
    for index, block in enumerate(blocks):
        rank = _rank(blocks, index)
        if rank is not None:
            waiting = {wider: heading for wider, heading in waiting.items() if wider < rank}
        if touched(block):
            kept += [*waiting.values(), _abridged(block)]
            waiting = {}
        elif rank is not None:
            waiting[rank] = _heading_alone(block)
    return tuple(kept)


def _rank(blocks: tuple[Block, ...], index: int) -> int | None:
    """How much a block's heading stands over; None when it has none."""
    block = blocks[index]
    if block.kind is Kind.KAPITEL:
        return _CHAPTER
    if block.kind is Kind.AVSNITT:
        return _PART if holds_chapters(blocks, index) else _SECTION
    if block.kind is Kind.BILAGA:
        return _PART
    return _GROUP if block.heading else None


def _heading_alone(block: Block) -> Block:
    if block.kind is not Kind.PARAGRAF:
        return replace(block, text=(), closing=(), children=())
    anchor = f"{block.anchor}.rubrik" if block.label else block.anchor
    return Block(kind=Kind.PARAGRAF, anchor=anchor, heading=block.heading)


def touched(block: Block) -> bool:
    """True when the block or anything inside it has changed."""
    return altered(block) or any(touched(child) for child in block.children)


def _abridged(block: Block) -> Block:
    if block.mark is not Mark.SAME or block.kind is Kind.TABELL:
        return block
    children: list[Block] = []
    for changed, run in groupby(block.children, key=touched):
        if changed:
            children += [_abridged(child) for child in run]
            continue
        left_out = next(run)
        children.append(Block(kind=left_out.kind if left_out.kind.item else Kind.STYCKE, text=(Run(LEFT_OUT),)))
    return replace(block, children=tuple(children))
