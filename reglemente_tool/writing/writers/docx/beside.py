"""The two wordings beside each other: a table with one row for each §, its head repeated on every page."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from reglemente_tool.writing.columns import Row
from reglemente_tool.writing.flow import Line
from reglemente_tool.writing.writers.docx.markup import TEXT_WIDTH, Markup, add, opened_table
from reglemente_tool.writing.writers.docx.paragraphs import Paragraph, Run, set_lines

_HEADINGS = ("Nuvarande lydelse", "Föreslagen lydelse")
_WIDTHS = (TEXT_WIDTH // 2, TEXT_WIDTH - TEXT_WIDTH // 2)


def set_beside(body: etree._Element, markup: Markup, rows: Iterable[Row]) -> None:
    """Add the table to `body`. A heading that has not changed stands once, across both columns."""
    table = opened_table(body, "Spalter", _WIDTHS)
    head = add(table, "tr")
    add(add(head, "trPr"), "tblHeader")
    for heading, width in zip(_HEADINGS, _WIDTHS, strict=True):
        markup.write(_cell(head, width), [Paragraph(style="TabellRubrik", runs=(Run(heading),))])
    for row in rows:
        tr = add(table, "tr")
        if row.spans:
            _fill(_cell(tr, TEXT_WIDTH, across=True), markup, row.right)
            continue
        for lines, width in zip((row.left, row.right), _WIDTHS, strict=True):
            _fill(_cell(tr, width), markup, lines)


def _cell(tr: etree._Element, width: int, *, across: bool = False) -> etree._Element:
    tc = add(tr, "tc")
    properties = add(tc, "tcPr")
    add(properties, "tcW", w=width, type="dxa")
    if across:
        add(properties, "gridSpan", val=2)
    return tc


def _fill(cell: etree._Element, markup: Markup, lines: tuple[Line, ...]) -> None:
    """A cell holds one paragraph at least."""
    markup.write(cell, set_lines(lines) or (Paragraph(style="BodyText"),))
