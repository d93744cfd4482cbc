"""From paragraphs and tables to WordprocessingML, changes as Word itself keeps them (ISO/IEC 29500-1, 17.13.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count, pairwise

from lxml import etree

from reglemente_tool.model.amendment import capital
from reglemente_tool.model.notices import footnote
from reglemente_tool.writing.page import ONLY_OLD, Mark, Run
from reglemente_tool.writing.writers.docx.paragraphs import Paragraph, Setting, Table, TableRow

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"w": W, "r": R}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

SPACER = "Mellanrum"
CHANGED, NOTE = "Andrat", "Anmarkning"
"""Styles of our own: the empty paragraph after a table; changed words, and what is said of them, where changes are not tracked."""

TEXT_WIDTH = 9070
"""The width of the text on an A4 page, in twentieths of a point."""

_TAGS = {Mark.ADDED: "ins", Mark.MOVED_HERE: "ins", Mark.REMOVED: "del", Mark.MOVED_AWAY: "del"}
_EDITOR = "Redaktionell anmärkning"


def add(parent: etree._Element, tag: str, **attributes: object) -> etree._Element:
    """Add an element of WordprocessingML to `parent`, with attributes in the same namespace, and return it."""
    return etree.SubElement(parent, f"{{{W}}}{tag}", {f"{{{W}}}{name}": str(value) for name, value in attributes.items()})


def root(tag: str) -> etree._Element:
    """Return a new element of WordprocessingML without a parent."""
    return etree.Element(f"{{{W}}}{tag}", nsmap=NAMES)


def opened_table(parent: etree._Element, style: str, widths: Sequence[int]) -> etree._Element:
    """Add a table without rows, its columns as wide as `widths` say in twentieths of a point, and return it."""
    tbl = add(parent, "tbl")
    properties = add(tbl, "tblPr")
    add(properties, "tblStyle", val=style)
    add(properties, "tblW", w=sum(widths), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
    grid = add(tbl, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    return tbl


def _moving(mark: Mark) -> str:
    return "moveFrom" if mark in ONLY_OLD else "moveTo"


@dataclass(slots=True)
class Markup:
    """Writes settings into elements, and gathers the comments and footnotes that they call for.

    `author`   who has made the changes; `day` when it was decided
    `tracked`  True where changes are changes in Word; otherwise changed words are only set apart from the rest
    """

    author: str
    day: date
    tracked: bool = True
    comments: list[tuple[int, str]] = field(default_factory=list)
    footnotes: list[tuple[int, str]] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _late: bool = False

    def write(self, parent: etree._Element, settings: Sequence[Setting]) -> None:
        """Add the settings to a body or a cell. After each table stands an empty paragraph, without which two would be one."""
        open_move: tuple[str, int] | None = None
        for one, following in pairwise((*settings, None)):
            if isinstance(one, Table):
                self._table(parent, one)
                self._paragraph(parent, Paragraph(style=SPACER, mark=one.mark))
                continue
            assert isinstance(one, Paragraph)
            starts = 0
            if self.tracked and one.move and open_move is None:
                starts = next(self._ids)
                open_move = one.move, starts
            self._paragraph(parent, one, starts)
            if open_move is not None and not (
                isinstance(following, Paragraph) and following.move == open_move[0] and following.mark is one.mark
            ):
                add(parent, f"{_moving(one.mark)}RangeEnd", id=open_move[1])
                open_move = None

    # --- paragraphs ----------------------------------------------------------------------------------------------

    def _paragraph(self, parent: etree._Element, one: Paragraph, move_starts: int = 0) -> None:
        self._late = not self._late
        p = add(parent, "p")
        self._properties(p, one)
        if move_starts:
            start = self._change(p, f"{_moving(one.mark)}RangeStart", move_starts)
            start.set(f"{{{W}}}name", one.move)
        moved = one.move != ""
        strong = one.label if one.style == "BodyText" else ()
        self._runs(p, strong, style="Strong", moved=moved)
        self._runs(p, one.runs if strong else (*one.label, *one.runs), moved=moved)
        if one.note and not self.tracked:
            self._run(p, f" ({one.note})", NOTE)
        elif one.note:
            self._comment(p, one.note, one.mark, moved=moved)
        if one.origin:
            self._footnote(p, one.origin, one.mark, moved=moved)

    def _properties(self, p: etree._Element, one: Paragraph) -> None:
        """The order is the standard's: style, keepNext, the mark's fate, and last the style that was."""
        properties = add(p, "pPr")
        add(properties, "pStyle", val=one.style)
        if one.keep is not None:
            add(properties, "keepNext", val=int(one.keep))
        if self.tracked and one.mark is not Mark.SAME:
            self._change(add(properties, "rPr"), _moving(one.mark) if one.move else _TAGS[one.mark])
        if self.tracked and one.was:
            before = add(self._change(properties, "pPrChange"), "pPr")
            add(before, "pStyle", val=one.was)
            if one.keep is not None:
                add(before, "keepNext", val=int(one.keep))

    def _runs(self, parent: etree._Element, runs: Iterable[Run], *, style: str = "", moved: bool = False) -> None:
        for run in runs:
            if not run.text:
                continue
            if not self.tracked:
                self._run(parent, run.text, style or ("" if run.mark is Mark.SAME or not run.text.strip() else CHANGED))
                continue
            self._run(self._fate(parent, run.mark, moved=moved), run.text, style, gone=run.mark in ONLY_OLD and not moved)

    def _run(self, parent: etree._Element, text: str, style: str, *, gone: bool = False) -> None:
        r = self._styled(parent, style)
        if text == "\t":
            add(r, "tab")
            return
        t = add(r, "delText" if gone else "t")
        t.set(_SPACE, "preserve")
        t.text = text

    def _styled(self, parent: etree._Element, style: str) -> etree._Element:
        r = add(parent, "r")
        if style:
            add(add(r, "rPr"), "rStyle", val=style)
        return r

    def _fate(self, parent: etree._Element, mark: Mark, *, moved: bool = False) -> etree._Element:
        """What the runs of this fate stand in."""
        if mark is Mark.SAME or not self.tracked:
            return parent
        return self._change(parent, _moving(mark) if moved else _TAGS[mark])

    def _change(self, parent: etree._Element, tag: str, id: int = 0) -> etree._Element:
        """A tracked change. Two paragraphs in a row differ by two minutes: an insertion at the end of one and a new one after
        it are else taken for a single change by LibreOffice, which glues paragraphs together when it is rejected."""
        when = f"{self.day.isoformat()}T12:0{2 if self._late else 0}:00Z"
        return add(parent, tag, id=id or next(self._ids), author=self.author, date=when)

    # --- what stands beside the text ---------------------------------------------------------------------------------

    def _comment(self, p: etree._Element, note: str, mark: Mark, *, moved: bool = False) -> None:
        id = next(self._ids)
        self.comments.append((id, f"{capital(note)}."))
        add(self._styled(self._fate(p, mark, moved=moved), "CommentReference"), "commentReference", id=id)

    def _footnote(self, p: etree._Element, origin: str, mark: Mark, *, moved: bool = False) -> None:
        id = len(self.footnotes) + 1
        self.footnotes.append((id, footnote(origin)))
        add(self._styled(self._fate(p, mark, moved=moved), "FootnoteReference"), "footnoteReference", id=id)

    def comments_part(self) -> etree._Element:
        """Return the comments. They belong to neither wording, so the council is not their author."""
        part = root("comments")
        for id, text in self.comments:
            comment = add(part, "comment", id=id, author=_EDITOR, date=f"{self.day.isoformat()}T12:00:00Z", initials="Anm.")
            p = add(comment, "p")
            add(add(p, "pPr"), "pStyle", val="CommentText")
            add(self._styled(p, "CommentReference"), "annotationRef")
            self._run(p, text, "")
        return part

    def footnotes_part(self) -> etree._Element:
        """Return the footnotes, after the two lines that Word draws above them."""
        part = root("footnotes")
        for id, kind in ((-1, "separator"), (0, "continuationSeparator")):
            p = add(add(part, "footnote", id=id, type=kind), "p")
            add(add(p, "r"), kind)
        for id, text in self.footnotes:
            p = add(add(part, "footnote", id=id), "p")
            add(add(p, "pPr"), "pStyle", val="FootnoteText")
            add(self._styled(p, "FootnoteReference"), "footnoteRef")
            self._run(p, f" {text}", "")
        return part

    # --- tables ----------------------------------------------------------------------------------------------------

    def _table(self, parent: etree._Element, table: Table) -> None:
        table_width = TEXT_WIDTH if parent.tag == f"{{{W}}}body" else TEXT_WIDTH // 2 - 230
        width = table_width // table.width
        tbl = opened_table(parent, "Tabell", [width] * table.width)
        for index, row in enumerate(table.rows):
            self._row(tbl, row, table.width, width, header=index == 0)

    def _row(self, tbl: etree._Element, row: TableRow, columns: int, width: int, *, header: bool) -> None:
        tr = add(tbl, "tr")
        properties = add(tr, "trPr")
        add(properties, "cantSplit")
        if header:
            add(properties, "tblHeader")
        self._late = not self._late
        if self.tracked and row.mark is not Mark.SAME:
            self._change(properties, _TAGS[row.mark])
        style = "TabellRubrik" if header else "TabellText"
        cells = (*row.cells, *((),) * (columns - len(row.cells)))
        for index, cell in enumerate(cells):
            tc = add(tr, "tc")
            add(add(tc, "tcPr"), "tcW", w=width, type="dxa")
            note, origin = (row.note, row.origin) if index == 0 else ("", "")
            self._paragraph(tc, Paragraph(style=style, runs=cell, mark=row.mark, note=note, origin=origin))
