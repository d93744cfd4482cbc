"""A two-column table "Nuvarande lydelse | Föreslagen lydelse" that has been pasted as text: which words stand in which column.

Tabs, bars or runs of blanks may part the columns, or the cells stand one after the other. Where the text can be cut in more
ways than one, all are given: the charter tells which (`comparison`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reglemente_tool.reading.signposts import PARAGRAF, is_furniture

_TEXT = r"(?:lydelse|text)(?:n|en)?"
_LEFT = rf"(?:(?:nu\s)?gällande|nuvarande|tidigare|befintlig)\s{_TEXT}"
_RIGHT = rf"(?:föreslagen|ny|ändrad|förslag\still(?:\sny)?)\s{_TEXT}"
_MORE = r"(?:kommentar(?:er)?|motivering(?:ar)?|förklaring(?:ar)?|skäl)"
_BESIDE = re.compile(
    rf"[ \t|]*(?P<left>{_LEFT})(?P<gap>[ ]*(?:\t|\|)[ \t|]*|[ ]{{2,}})(?P<right>{_RIGHT})"
    rf"(?:(?:[ ]{{2,}}|[ ]*[\t|][ \t|]*)(?P<more>{_MORE}))?[ \t|]*",
    re.IGNORECASE,
)
_ALONE_LEFT = re.compile(rf"[ \t]*{_LEFT}[ \t]*:?[ \t]*", re.IGNORECASE)
_ALONE_RIGHT = re.compile(rf"[ \t]*{_RIGHT}[ \t]*:?[ \t]*", re.IGNORECASE)

_RULE = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?")
"""The line that only parts the heads from the rows: |---|---|."""

LONGEST = 200_000
"""A table of more letters than this is not read."""


@dataclass(frozen=True, slots=True)
class Columns:
    """One way of cutting the table: the lines of each column, blank ones kept. `width` is that of the left column in letters,
    where lines end because the column did; 0 where a line ends only where the words do."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    width: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The words before the table, the ways of cutting it, and the first line that could not be cut in any."""

    lead: str
    ways: tuple[Columns, ...]
    uncut: str = ""


def opens_table(line: str, below: str) -> bool:
    """True when `line` is the head of a table, or with the line `below` it is."""
    if len(line) > 200 or ("ydelse" not in line and "text" not in line):
        return False
    line = line.rstrip("\r\n")
    return _BESIDE.fullmatch(line) is not None or (
        _ALONE_LEFT.fullmatch(line) is not None and len(below) < 200 and not below.rstrip().endswith(":")
    )


def heads_both(line: str, below: str) -> bool:
    """True when `line` is the head of both columns, or of the left one with that of the right `below` it."""
    if len(line) > 200:
        return False
    return _BESIDE.fullmatch(line) is not None or (_ALONE_LEFT.fullmatch(line) is not None and _ALONE_RIGHT.fullmatch(below) is not None)


def table_in(words: str) -> Table | None:
    """Return the table in a clause's words, or None when there is no head of one. Never fails."""
    lines = words.splitlines()
    for index, line in enumerate(lines):
        beside = _BESIDE.fullmatch(line)
        alone = _ALONE_LEFT.fullmatch(line) if beside is None else None
        if beside is None and (alone is None or not any(_ALONE_RIGHT.fullmatch(below) for below in lines[index + 1 :])):
            continue
        lead = "\n".join(lines[:index])
        body = [row for row in lines[index + 1 :] if row != line and (not row.strip() or not is_furniture(row))]
        if sum(map(len, body)) > LONGEST:
            return Table(lead, (), line)
        return _beside(lead, body, beside) if beside else _after_each_other(lead, body)
    return None


def _beside(lead: str, body: list[str], head: re.Match[str]) -> Table:
    ways: list[Columns] = []
    uncut = ""
    columns = 3 if head["more"] else 2
    if "|" in head["gap"] or "\t" in head["gap"]:
        mark = "|" if "|" in head["gap"] else "\t"
        body = [row for row in body if not _RULE.fullmatch(row)]
        cut = [_cells(row, mark, columns) for row in body]
        uncut = next((row for row, cells in zip(body, cut, strict=True) if cells is None), "")
        if not uncut:
            ways.append(Columns(tuple(c[0] for c in cut if c), tuple(c[1] for c in cut if c)))
        whole = "\n".join(body).split(mark)
        if mark == "\t" and len(whole) == 2 and columns == 2:
            # One row whose cells hold several lines: all that stands before the tab is the left one.
            ways.append(Columns(tuple(whole[0].splitlines()), tuple(whole[1].splitlines())))
        return Table(lead, tuple(dict.fromkeys(ways)), uncut)
    place = head.start("right")
    for found in ([_at(row, place, columns) for row in body], [_at_gap(row, columns) for row in body]):
        if all(cells is not None for cells in found):
            ways.append(Columns(tuple(c[0] for c in found if c), tuple(c[1] for c in found if c), width=place - 2))
        else:
            uncut = uncut or next(row for row, cells in zip(body, found, strict=True) if cells is None)
    return Table(lead, tuple(dict.fromkeys(ways)), uncut)


def _cells(row: str, mark: str, columns: int) -> tuple[str, str] | None:
    cells = row.strip(" ").strip("|").split("|") if mark == "|" else row.split("\t")
    if any(cell.strip() for cell in cells[columns:]):
        return None
    return cells[0].strip(), (cells[1].strip() if len(cells) > 1 else "")


def _at(row: str, place: int, columns: int) -> tuple[str, str] | None:
    """Cut a row where the head's right column begins, a blank or two beside it."""
    row = row.rstrip()
    indent = len(row) - len(row.lstrip())
    if columns > 2:
        return _at_gap(row, columns)
    if indent >= place - 2:
        return "", row.strip()
    gaps = [m for m in re.finditer(r"(?<=\S) {2,}(?=\S)", row) if abs(m.end() - place) <= 2]
    if len(gaps) == 1:
        return row[: gaps[0].start()].strip(), row[gaps[0].end() :]
    return (row.strip(), "") if len(row) < place else None


def _at_gap(row: str, columns: int) -> tuple[str, str] | None:
    """Cut a row at the one run of blanks in it."""
    row = row.rstrip()
    cells = re.split(r" {2,}", row.strip())
    if len(cells) > columns:
        return None
    if len(cells) == 1:
        return ("", cells[0]) if re.match(r" {4,}\S", row) else (cells[0], "")
    return cells[0], cells[1]


def _after_each_other(lead: str, body: list[str]) -> Table:
    """Cells one after the other: a block below each head, or both heads first and then left and right by turns."""
    sides: tuple[list[str], list[str]] = ([], [])
    side = 0
    heads = False
    for row in body:
        if _ALONE_LEFT.fullmatch(row) or _ALONE_RIGHT.fullmatch(row):
            side = 1 if _ALONE_RIGHT.fullmatch(row) else 0
            sides[side].append("")
            heads = True
            continue
        sides[side].append(row)
    if heads and any(row.strip() for row in sides[0]):
        return Table(lead, (Columns(tuple(sides[0]), tuple(sides[1])),))
    rows = [row for row in sides[1] if row.strip()]
    ways = [way for way in (_by_paragraf(rows), _by_turns(rows)) if way is not None]
    return Table(lead, tuple(dict.fromkeys(ways)), "" if ways else (rows[0] if rows else ""))


def _by_paragraf(rows: list[str]) -> Columns | None:
    """Left and right by turns, a § at a time: every number stands twice in a row."""
    chunks: list[list[str]] = []
    for row in rows:
        if PARAGRAF.match(row):
            chunks.append([])
        elif not chunks:
            return None
        chunks[-1].append(row)
    if not chunks or len(chunks) % 2:
        return None
    left, right = chunks[0::2], chunks[1::2]
    if any(_number(a[0]) != _number(b[0]) for a, b in zip(left, right, strict=True)):
        return None
    return Columns(tuple(row for chunk in left for row in chunk), tuple(row for chunk in right for row in chunk))


def _by_turns(rows: list[str]) -> Columns | None:
    return Columns(tuple(rows[0::2]), tuple(rows[1::2])) if rows and len(rows) % 2 == 0 else None


def _number(row: str) -> str:
    match = PARAGRAF.match(row)
    return re.sub(r"[\s§]", "", match[0]) if match else ""
