"""The two wordings beside each other: a table with one row for each §, its head repeated on every page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from reglemente_tool.writing.columns import Row
from reglemente_tool.writing.letters import harmless
from reglemente_tool.writing.page import Run, plain
from reglemente_tool.writing.writers.docx.markup import TEXT_WIDTH, Markup, add, opened_table
from reglemente_tool.writing.writers.docx.paragraphs import Paragraph, Setting, set_lines

_WIDTHS = (TEXT_WIDTH // 2, TEXT_WIDTH - TEXT_WIDTH // 2)

_LINE = 45
"""So many letters have room on a line of a column."""

_SHORT = 700
"""Up to so many letters, about a third of a page, a § is not divided between pages."""


def set_beside(body: etree._Element, markup: Markup, sides: tuple[str, str], rows: Iterable[Row]) -> None:
    """Add the table to `body`, `sides` at its head. A heading that has not changed stands once, across both columns."""
    table = opened_table(body, "Spalter", _WIDTHS)
    head = add(table, "tr")
    add(add(head, "trPr"), "tblHeader")
    for heading, width in zip(sides, _WIDTHS, strict=True):
        markup.write(_cell(head, width), [Paragraph(style="TabellRubrik", runs=(Run(harmless(heading)),))])
    for row in rows:
        tr = add(table, "tr")
        settings = [set_lines(lines) for lines in ((row.right,) if row.spans else (row.left, row.right))]
        if max(map(_length, settings)) < _SHORT:
            add(add(tr, "trPr"), "cantSplit")
        if row.spans:
            markup.write(_cell(tr, TEXT_WIDTH, across=True), settings[0])
            continue
        for side, width in zip(settings, _WIDTHS, strict=True):
            # In a cell a heading that keeps to the next paragraph would hold the whole row to the next one.
            free = [replace(one, keep=False) if isinstance(one, Paragraph) else one for one in side]
            markup.write(_cell(tr, width), free or [Paragraph(style="BodyText")])  # A cell holds one paragraph at least.


def _cell(tr: etree._Element, width: int, *, across: bool = False) -> etree._Element:
    tc = add(tr, "tc")
    properties = add(tc, "tcPr")
    add(properties, "tcW", w=width, type="dxa")
    if across:
        add(properties, "gridSpan", val=2)
    return tc


def _length(side: tuple[Setting, ...]) -> int:
    """How many letters a cell has room for as it is filled, roughly; a table is taken to be long."""
    return sum(max(len(plain(one.runs)), _LINE) if isinstance(one, Paragraph) else _SHORT for one in side)
