"""How deep each heading of a page lies. In every format a heading is at most one step deeper than the one before it."""

from __future__ import annotations

from dataclasses import replace

from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import RUN_IN, TITLE_LINE
from reglemente_tool.writing.page import Block


def with_levels(blocks: tuple[Block, ...], above: int = 0) -> tuple[Block, ...]:
    """Return `blocks` with their heading levels: kapitel, under it avsnitt, under that the headings over §§, then the §§.

    `above` is the level of what they all lie under; 0 is the title. An avsnitt that opens with a kapitel holds chapters.
    """
    made: list[Block] = []
    part = chapter = here = above
    group = 0
    for index, block in enumerate(blocks):
        level = 0
        if block.label or block.heading:
            match block.kind:
                case Kind.BILAGA:
                    level = part = chapter = here = above + 1
                    part, group = above, 0
                case Kind.KAPITEL:
                    level = chapter = here = part + 1
                    group = 0
                case Kind.AVSNITT if holds_chapters(blocks, index):
                    level = part = chapter = here = above + 1
                    group = 0
                case Kind.AVSNITT:
                    level = here = chapter + 1
                    group = 0
                case Kind.PARAGRAF if block.heading and block.layout != TITLE_LINE:
                    level, group = here + 1, 1
                case Kind.PARAGRAF if block.layout != RUN_IN:
                    level = here + 1 + group
        children = with_levels(block.children, level) if block.kind is Kind.BILAGA else block.children
        made.append(replace(block, level=level, children=children))
    return tuple(made)


def holds_chapters(blocks: tuple[Block, ...], index: int) -> bool:
    """True when the avsnitt at `index` is a part of the charter, over chapters."""
    return index + 1 < len(blocks) and blocks[index + 1].kind is Kind.KAPITEL
