"""In which paragraphs and tables a page is set in Word, and which of them each of the two wordings has. No XML here.

A redline in Word is one text from which two can be read: what remains when every change is accepted, and when every one
is rejected. A paragraph's mark is part of it: where the mark goes, what is left of the paragraph joins the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reglemente_tool.writing.flow import MOVED, Line, Role, flow, gap
from reglemente_tool.writing.letters import harmless
from reglemente_tool.writing.levels import with_levels
from reglemente_tool.writing.page import ONLY_NEW, ONLY_OLD, Block, Mark, Page, Run, Runs, plain

_DEEPEST_HEADING, _DEEPEST_LIST = 9, 5

Levels = dict[str, int]
"""How deep headings lie, by their anchors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph.

    `style`          the id of its style in Word; `was` the one before the change where that is another, otherwise ""
    `label`          what stands first: a marker, a § number that the text runs on from, with what parts it from `runs`
    `mark`           the fate of the paragraph as such: SAME where both wordings have it
    `keep`           True when no page break should part it from the next, as before a list; False when one may; None as its style has it
    `move`           the name of the move that it is one of the two places of, or ""
    `note` `origin` `anchor` `link`  as in Line
    """

    style: str
    was: str = ""
    role: Role = Role.TEXT
    label: Runs = ()
    runs: Runs = ()
    mark: Mark = Mark.SAME
    keep: bool | None = None
    move: str = ""
    note: str = ""
    origin: str = ""
    anchor: str = ""
    link: str = ""

    @property
    def whole(self) -> bool:
        """True when all its words have the fate that it has itself."""
        return all(run.mark is self.mark for run in (*self.label, *self.runs))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of a table; `mark` is the fate of the row."""

    cells: tuple[Runs, ...]
    mark: Mark = Mark.SAME
    note: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Its first row is repeated at the top of each page that it runs on to."""

    rows: tuple[TableRow, ...]

    @property
    def mark(self) -> Mark:
        """The fate that all rows share, or SAME where each wording has some of them."""
        old, new = (any(row.mark not in gone for row in self.rows) for gone in (ONLY_NEW, ONLY_OLD))
        return Mark.SAME if old is new else Mark.REMOVED if old else Mark.ADDED

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(row.cells) for row in self.rows), default=1) or 1


Setting = Paragraph | Table


def set_page(page: Page) -> tuple[Setting, ...]:
    """Return the body of the page as paragraphs and tables, in order."""
    levels = (_levels(page, ONLY_NEW), _levels(page, ONLY_OLD)) if page.redline else ({}, {})
    return set_lines(flow(page), *levels)


def set_lines(lines: Iterable[Line], before: Levels | None = None, after: Levels | None = None) -> tuple[Setting, ...]:
    """Return lines as paragraphs and tables. `before` and `after` are the heading levels where they differ from the lines'."""
    return tuple(_fated(_Setter(before or {}, after or {}).read(lines)))


def _levels(page: Page, gone: frozenset[Mark]) -> Levels:
    """The heading levels in one of the wordings: a heading that comes lays those under it deeper."""
    blocks = with_levels(_without(page.blocks, gone), page.below)
    return {line.anchor: line.level for line in flow(replace(page, blocks=blocks)) if line.role is Role.HEADING}


def _without(blocks: Iterable[Block], gone: frozenset[Mark]) -> tuple[Block, ...]:
    def kept(runs: Runs) -> Runs:
        return tuple(run for run in runs if run.mark not in gone)

    return tuple(
        replace(block, label=kept(block.label), heading=kept(block.heading), children=_without(block.children, gone))
        for block in blocks
        if block.mark not in gone
    )


class _Setter:
    """Reads lines into paragraphs; what has no paragraph of its own goes to the one beside it."""

    def __init__(self, before: Levels, after: Levels) -> None:
        self.before, self.after = before, after
        self.made: list[Setting] = []
        self.waiting = ""  # A note that the next paragraph shall have.

    def read(self, lines: Iterable[Line]) -> list[Setting]:
        self.lines(tuple(lines), 0)
        return self.made

    def lines(self, lines: tuple[Line, ...], depth: int) -> None:
        for line, following in zip(lines, (*lines[1:], None), strict=False):
            match line.role:
                case Role.HEADING:
                    self.add(line, _heading(line, self.after), was=_heading(line, self.before))
                case Role.TEXT:
                    style = _in_list("ListContinue", depth) if depth else "Avslutning" if line.closes else "BodyText"
                    leads = following is not None and following.role in (Role.LIST, Role.TABLE)
                    self.add(line, style, lead=leads)
                case Role.ITEM:
                    self.add(line, _in_list("List", depth))
                    self.lines(line.inner, depth)
                case Role.LIST:
                    self.waiting = "; ".join(note for note in (self.waiting, line.note) if note)
                    self.lines(line.inner, depth + 1)
                case Role.TABLE:
                    self.table(line)
                case Role.NOTE:
                    self.note(line)
                case Role.ROW:
                    self.made.append(Table((_row(line),)))
            if line.origin and line.role in (Role.LIST, Role.NOTE):
                self.last(origin=line.origin)

    def add(self, line: Line, style: str, *, was: str = "", lead: bool = False) -> None:
        note, self.waiting = "; ".join(note for note in (self.waiting, line.note) if note), ""
        self.made.append(
            Paragraph(
                style=style, was=was, role=line.role, label=_harmless(line.label), runs=_harmless(line.runs), mark=line.mark,
                keep=lead or None, note=harmless(note), origin=harmless(line.origin), anchor=line.anchor, link=line.link,
            )
        )  # fmt: skip

    def table(self, line: Line) -> None:
        rows = [_row(row) for row in line.inner]
        if not rows:
            return
        notes = "; ".join(note for note in (self.waiting, line.note, rows[0].note) if note)
        rows[0], self.waiting = replace(rows[0], note=notes, origin=rows[0].origin or line.origin), ""
        self.made.append(Table(tuple(rows)))

    def note(self, line: Line) -> None:
        last = self.made[-1] if self.made else None
        if isinstance(last, Paragraph) and last.role is Role.HEADING:
            self.last(note=line.note or last.note, link=line.link or last.link)
        elif line.note:
            self.waiting = line.note

    def last(self, **fields: str) -> None:
        fields = {name: harmless(text) for name, text in fields.items()}
        match self.made[-1:]:
            case [Paragraph() as paragraph]:
                self.made[-1] = replace(paragraph, **fields)  # type: ignore[arg-type]
            case [Table() as table]:
                *rows, row = table.rows
                fields.pop("link", None)
                self.made[-1] = Table((*rows, replace(row, **fields)))  # type: ignore[arg-type]


def _heading(line: Line, levels: Levels) -> str:
    return f"Heading{min(levels.get(line.anchor, line.level) or 1, _DEEPEST_HEADING)}"


def _in_list(style: str, depth: int) -> str:
    """Word calls its list styles List, List 2, List 3 …"""
    return style if depth == 1 else f"{style}{min(depth, _DEEPEST_LIST)}"


def _harmless(runs: Runs) -> Runs:
    return tuple(Run(harmless(run.text), run.mark) for run in runs)


def _row(line: Line) -> TableRow:
    return TableRow(cells=tuple(map(_harmless, line.cells)), mark=line.mark, note=harmless(line.note), origin=harmless(line.origin))


def _fated(settings: list[Setting]) -> Iterator[Setting]:
    """Give each paragraph its own fate, and leave out those that neither wording has. Read from the end: see `_stands`."""
    made: list[Setting] = []
    after: dict[bool, Setting | None] = {True: None, False: None}  # What stands next in the old wording, and in the new.
    for one in reversed(settings):
        if isinstance(one, Table):
            stands = {True: one.mark not in ONLY_NEW, False: one.mark not in ONLY_OLD}
            fated: Setting = one
        else:
            stands = {old: _stands(one, after[old], old=old) for old in (True, False)}
            if not any(stands.values()) and not plain(one.label) and not plain(one.label, old=True):
                continue
            mark = _fate(one.mark, stands[True], stands[False])
            style = one.was if one.was and mark in ONLY_OLD else one.style
            was = one.was if mark is Mark.SAME and one.was != style else ""
            fated = replace(one, mark=mark, style=style, was=was, label=_parted(one, after))
        made.append(fated)
        for old, there in stands.items():
            if there or (isinstance(one, Paragraph) and plain(one.label, old=old)):
                after[old] = fated
    yield from reversed(made)


def _stands(one: Paragraph, following: Setting | None, *, old: bool) -> bool:
    """True when one wording has the paragraph. A § number that has lost the stycke it ran on to runs on to the next one."""
    if one.role is Role.ITEM:
        return one.mark not in (ONLY_NEW if old else ONLY_OLD)
    if plain(one.runs, old=old):
        return True
    return bool(plain(one.label, old=old)) and not _joins(one, following, old=old)


def _joins(one: Paragraph, following: Setting | None, *, old: bool) -> bool:
    if one.role is not Role.TEXT or not plain(one.label, old=old) or plain(one.runs, old=old):
        return False
    return isinstance(following, Paragraph) and following.style == one.style and not following.label


def _fate(mark: Mark, old: bool, new: bool) -> Mark:
    if old is new:
        return Mark.SAME
    fates = ONLY_OLD if old else ONLY_NEW
    return mark if mark in fates else Mark.REMOVED if old else Mark.ADDED


def _parted(one: Paragraph, after: dict[bool, Setting | None]) -> Runs:
    """The label with what parts it from the words: a tab before an item's, a blank elsewhere, in the wordings that need one."""
    if one.role is Role.ITEM:
        return (*one.label, Run("\t", one.mark))
    old, new = (
        bool(plain(one.label, old=old)) and (bool(plain(one.runs, old=old)) or _joins(one, after[old], old=old)) for old in (True, False)
    )
    return (*one.label, *gap(old, new, moved=one.mark in MOVED))
