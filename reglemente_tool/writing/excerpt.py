"""Of a whole redline, only what has changed, under the headings that it stands under."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import CONTAINERS
from reglemente_tool.writing.page import LEFT_OUT, Block, Mark, Run, altered


def only_what_changed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks in which anything has changed, with LEFT_OUT for what else they hold and the headings over them."""
    kept: list[Block] = []
    waiting: dict[Kind, Block] = {}
    for block in blocks:
        if block.kind in CONTAINERS:
            waiting = {} if block.kind is Kind.KAPITEL else {k: b for k, b in waiting.items() if k is Kind.KAPITEL}
            if altered(block):
                kept += [*waiting.values(), block]
                waiting = {}
            else:
                waiting[block.kind] = block
            continue
        if block.heading:
            # Only the heading of it; the § itself is shown when it has changed.
            anchor = f"{block.anchor}.rubrik" if block.label else block.anchor
            waiting[Kind.PARAGRAF] = Block(kind=Kind.PARAGRAF, anchor=anchor, heading=block.heading)
        if touched(block):
            if block.heading:
                del waiting[Kind.PARAGRAF]
            kept += [*waiting.values(), _abridged(block)]
            waiting = {}
    return tuple(kept)


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
