"""In which lines a Page is set: headings, paragraphs, lists and tables. What every writer of a laid-out format shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from reglemente_tool.compare import ONLY_NEW, ONLY_OLD, Run, Runs, changed, plain
from reglemente_tool.model.address import Kind
from reglemente_tool.model.charter import CONTAINERS, RUN_IN, TITLE_LINE
from reglemente_tool.writing.page import Block, Mark, Page

MOVED = frozenset({Mark.MOVED_HERE, Mark.MOVED_AWAY})


class Role(Enum):
    """What a line is; the value is the word that templates know it by."""

    HEADING = "rubrik"
    NOTE = "not"
    TEXT = "text"
    LIST = "lista"
    ITEM = "punkt"
    TABLE = "tabell"
    ROW = "rad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the document: a heading, a paragraph, a list with its items, a table with its rows.

    `level`   of a heading: 1 is right below the title
    `style`   of a heading: what it stands over, "kapitel", "avsnitt", "rubrik" (a group of §§), "paragraf" or "bilaga"
    `label`   what stands first: an item's marker, a § number that its text runs on from
    `cells`   of a row; `inner` the items of a list, the rows of a table, what lies inside an item
    `closes`  True for words that end the sentence which a list is part of
    `bar`     True when anything in the line's own words has changed
    `anchor` `mark` `note` `link` `origin`  as in Block; each stands on one line only
    """

    role: Role
    level: int = 0
    style: str = ""
    label: Runs = ()
    runs: Runs = ()
    cells: tuple[Runs, ...] = ()
    inner: tuple[Line, ...] = ()
    closes: bool = False
    bar: bool = False
    anchor: str = ""
    mark: Mark = Mark.SAME
    note: str = ""
    link: str = ""
    origin: str = ""


def flow(page: Page) -> tuple[Line, ...]:
    """Return the lines of the page's blocks, in order."""
    return lines_of(page.blocks)


def anchors(lines: Iterable[Line]) -> frozenset[str]:
    """Return every anchor that the lines have, so that no link leads nowhere."""
    found: set[str] = set()

    def take(row: Iterable[Line]) -> None:
        for line in row:
            found.add(line.anchor)
            if line.inner:
                take(line.inner)

    take(lines)
    return frozenset(found - {""})


def headline(line: Line) -> Runs:
    """Return the words of a heading with its label before them: "2 kap. Uppgifter". Each wording has a blank where it has both."""
    if not (line.label and line.runs):
        return line.label or line.runs
    last, first = line.label[-1], line.runs[0]
    if last.mark is first.mark:
        return (*line.label[:-1], Run(f"{last.text} {first.text}", first.mark), *line.runs[1:])
    old, new = (bool(plain(line.label, old=old) and plain(line.runs, old=old)) for old in (True, False))
    return (*line.label, *gap(old, new, moved=line.mark in MOVED), *line.runs)


def gap(old: bool, new: bool, *, moved: bool = False) -> Runs:
    """Return the blank between a label and its words, for the wordings that have one."""
    if not (old or new):
        return ()
    if old and new:
        return (Run(" "),)
    gone, come = (Mark.MOVED_AWAY, Mark.MOVED_HERE) if moved else (Mark.REMOVED, Mark.ADDED)
    return (Run(" ", gone if old else come),)


def takes_note(runs: Runs) -> bool:
    """True when the runs hold words that have moved: they open with the note, so that it need not be said beside them."""
    return any(run.mark in MOVED and any(letter.isalnum() for letter in run.text) for run in runs)


def is_numbered(label: Runs) -> bool:
    """True when a label says more than that an item begins. Where such an item goes or comes, its number is part of its words."""
    return any(letter.isalnum() for run in label for letter in run.text)


def lines_of(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """Return the lines of some blocks that stand in a row."""
    made: list[Line] = []
    items: list[Line] = []
    for block in blocks:
        if block.kind.item:
            items.append(_item(block))
            continue
        made += _listed(items)
        items = []
        made += _block(block)
    return (*made, *_listed(items))


def _listed(items: list[Line]) -> tuple[Line, ...]:
    return (Line(role=Role.LIST, inner=tuple(items)),) if items else ()


def _block(block: Block) -> list[Line]:
    if block.kind in CONTAINERS or block.kind is Kind.BILAGA:
        return _finished(block, [_heading(block, block.level, block.label, block.heading, block.anchor)])
    if block.kind is Kind.PARAGRAF:
        return _paragraf(block)
    if block.kind is Kind.TABELL:
        return _table(block)
    if block.kind is Kind.RAD:
        return [Line(role=Role.TABLE, inner=(_row(block),))]
    return _stycke(block, ())


def _heading(block: Block, level: int, label: Runs, runs: Runs, anchor: str) -> Line:
    style = "rubrik" if block.kind is Kind.PARAGRAF and not label else block.kind.value
    return Line(
        role=Role.HEADING, level=level, style=style, label=label, runs=runs, bar=changed(label) or changed(runs),
        anchor=anchor, mark=block.mark,
    )  # fmt: skip


def _finished(block: Block, lines: list[Line], lead: Runs = ()) -> list[Line]:
    """Put what follows a heading after it: the note, the text, what lies inside, the closing words, the origin."""
    lines = [line for line in lines if line.label or line.runs]
    if block.note and lines and takes_note(headline(lines[-1])):
        lines[-1] = replace(lines[-1], note=block.note, link=block.link)
    elif block.note:
        lines.append(Line(role=Role.NOTE, mark=block.mark, note=block.note, link=block.link, bar=True))
    inner = block.children
    if block.text or (lead and not (inner and inner[0].kind is Kind.STYCKE)):
        lines.append(_text(block.text, lead, block.mark))
    elif lead:
        lines += _stycke(inner[0], lead)
        inner = inner[1:]
    lines += lines_of(inner)
    lines += _closing(block)
    lines = _anchored(lines, block.anchor)
    return [*lines, Line(role=Role.NOTE, origin=block.origin)] if block.origin else lines


def _anchored(lines: list[Line], anchor: str) -> list[Line]:
    """The anchor stands on the first line, when no line has got it already."""
    if not lines or not anchor or any(line.anchor == anchor for line in lines):
        return lines
    if lines[0].anchor:
        return [Line(role=Role.NOTE, anchor=anchor), *lines]
    return [replace(lines[0], anchor=anchor), *lines[1:]]


def _text(runs: Runs, label: Runs, mark: Mark) -> Line:
    return Line(role=Role.TEXT, label=label, runs=runs, mark=mark, bar=changed(runs) or changed(label))


def _closing(block: Block) -> tuple[Line, ...]:
    return (replace(_text(block.closing, (), block.mark), closes=True),) if block.closing else ()


def _paragraf(block: Block) -> list[Line]:
    if block.layout == TITLE_LINE or (block.layout != RUN_IN and not block.heading):
        return _finished(block, [_heading(block, block.level, block.label, block.heading, block.anchor)])
    if block.layout == RUN_IN or not block.label:
        return _finished(block, [_heading(block, block.level, (), block.heading, block.anchor)], block.label)
    over = _heading(block, block.level, (), block.heading, f"{block.anchor}.rubrik" if block.anchor else "")
    return _finished(block, [over, _heading(block, block.level + 1, block.label, (), block.anchor)])


def _stycke(block: Block, lead: Runs) -> list[Line]:
    """The anchor and the note stand on the first line, the origin on the last."""
    below = [*lines_of(block.children), *_closing(block)]
    if block.text or lead:
        first = Line(
            role=Role.TEXT, label=lead, runs=block.text, bar=changed(block.text) or changed(lead), anchor=block.anchor, mark=block.mark,
            note=block.note, link=block.link, origin="" if below else block.origin,
        )  # fmt: skip
        lines = [first, *below]
    else:
        lines = _anchored(below, block.anchor)
        if lines and (block.note or block.link):
            lines[0] = replace(lines[0], note=block.note, link=block.link)
    if lines and lines[-1].origin != block.origin:
        lines[-1] = replace(lines[-1], origin=block.origin)
    return lines


def _item(block: Block) -> Line:
    return Line(
        role=Role.ITEM, label=block.label, runs=block.text, inner=(*lines_of(block.children), *_closing(block)),
        bar=changed(block.text) or changed(block.label),
        anchor=block.anchor, mark=block.mark, note=block.note, link=block.link, origin=block.origin,
    )  # fmt: skip


def _table(block: Block) -> list[Line]:
    caption = [_text(runs, (), block.mark) for runs in (block.heading, block.text) if runs]
    inner = tuple(row for child in block.children for row in _rows(child))
    rows = Line(role=Role.TABLE, inner=inner, mark=block.mark, note=block.note, link=block.link, origin=block.origin)
    return _anchored([*caption, *((rows,) if inner else ()), *_closing(block)], block.anchor)


def _rows(block: Block) -> list[Line]:
    """One row, or two where it has got another number of cells: no cell of the one is then a cell of the other."""
    if block.mark is not Mark.SAME or not any("|" in run.text and run.mark is not Mark.SAME for run in block.text):
        return [_row(block)]
    was, now = (
        tuple(Run(run.text, mark) for run in block.text if run.mark not in absent)
        for mark, absent in ((Mark.REMOVED, ONLY_NEW), (Mark.ADDED, ONLY_OLD))
    )
    gone = replace(block, text=was, mark=Mark.REMOVED, anchor="", note="", link="", origin="")
    return [_row(one) for one in (gone, replace(block, text=now, mark=Mark.ADDED)) if one.text]


def _row(block: Block) -> Line:
    return Line(
        role=Role.ROW, cells=cells(block.text), bar=changed(block.text), anchor=block.anchor, mark=block.mark, note=block.note,
        link=block.link, origin=block.origin,
    )  # fmt: skip


def cells(runs: Runs) -> tuple[Runs, ...]:
    """Cut the runs of a table row at its bars: one tuple of runs for each cell."""
    made: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("|")
        made[-1].append(Run(first, run.mark))
        made += [[Run(text, run.mark)] for text in others]
    return tuple(_trimmed(cell) for cell in made)


def _trimmed(cell: list[Run]) -> Runs:
    kept = list(cell)
    while kept and not kept[0].text.strip():
        del kept[0]
    while kept and not kept[-1].text.strip():
        del kept[-1]
    if not kept:
        return ()
    kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)
