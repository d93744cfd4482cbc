"""The lines of a PDF page without tags: letters gathered by baseline, columns told apart, running heads taken away."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass

from reglemente_tool.reading.document import LeftOut
from reglemente_tool.reading.sources._pdfchars import Char, Run, run_of
from reglemente_tool.reading.sources._pieces import paragraf_alone

_WIDE = 0.85
"""So many times its size must the gap between two letters be for them to be no neighbours in a sentence."""
_NARROW = 0.4
"""The same where a cell of a table begins right above or below."""
_EDGE = 0.15
"""Running heads stand in the outermost part of the page."""
_GUTTER = 9.0
"""The least width, in points, of the white between two columns."""
_PAGE_NUMBER = re.compile(r"(?i)[^\w§]*(?:sid(?:an?)?\s*)?\d{1,3}(?:\s*(?:\(\s*\d{1,3}\s*\)|[/:]\s*\d{1,3}|av\s+\d{1,3}))?[^\w§]*")


_WITH_NUMBER = re.compile(
    r"(?i).{0,80}\s(?:sid(?:an?)?\.?\s*\d{1,3}(?:\s*(?:\(\s*\d{1,3}\s*\)|[/:]\s*\d{1,3}|av\s+\d{1,3}))?|\d{1,3}\s*\(\s*\d{1,3}\s*\))"
)
"""A running head that ends with the page number, on a document of one page as well."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a column: its runs from left to right. `x0` `x1` the edges of the column it stands in."""

    runs: tuple[Run, ...]
    page: int
    height: float
    column: int = 0

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(run.text for run in self.runs)

    @property
    def x0(self) -> float:
        """Where its first letter begins."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Where its last letter ends."""
        return self.runs[-1].x1

    @property
    def y(self) -> float:
        """Its baseline."""
        return self.runs[0].y

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return max(self.runs, key=lambda run: len(run.text)).size

    @property
    def weight(self) -> int:
        """2 when all of it is bold, 1 when all is slanted."""
        return 2 if all(r.bold for r in self.runs) else int(all(r.slanted for r in self.runs))


def rows_of_pages(pages: list[tuple[list[Char], float]]) -> list[list[Row]]:
    """Return the lines of every page, given its letters and height, in reading order: column by column between what spans the page."""
    runs = [[run for line in _baselines(letters, 0.1) for run in _runs(line)] for letters, _ in pages]
    gutters = [_gutter(found) for found in runs]
    known = sorted(x for x in gutters if x is not None)
    usual = known[len(known) // 2] if len(known) * 3 >= len(pages) and known else None
    for at, gutter in enumerate(gutters):
        # A last page is seldom full: it has the columns of the others if nothing of it stands in the way.
        if gutter is None and usual is not None and sum(r.x0 < usual < r.x1 for r in runs[at]) * 7 < max(len(runs[at]), 8):
            gutters[at] = usual
    return [_page_rows(letters, number, height, gutters[number - 1]) for number, (letters, height) in enumerate(pages, 1)]


def _page_rows(letters: list[Char], page: int, height: float, gutter: float | None) -> list[Row]:
    if gutter is None:
        return _rows(letters, page, height)
    # Each column has its own baselines, so they are gathered apart. A line that crosses the white between them spans the page.
    sides: tuple[list[Char], list[Char], list[Char]] = ([], [], [])
    for line in _baselines(letters, 0.1):
        for part in _parts(line):
            x0, x1 = part[0].x0, max(c.x1 for c in part if not c.text.isspace())
            sides[1 if x1 <= gutter else 2 if x0 >= gutter else 0].extend(part)
    spanning, left, right = (_rows(side, page, height, column) for column, side in enumerate(sides))
    made: list[Row] = []
    for row in [*spanning, None]:
        low = row.y if row is not None else -1.0
        for side in (left, right):
            while side and side[0].y > low:
                made.append(side.pop(0))
        made += [row] if row is not None else []
    return made


def _rows(letters: list[Char], page: int, height: float, column: int = 0) -> list[Row]:
    lines = [(line, _parts(line)) for line in _baselines(letters, 0.45)]
    cut = [parts for _, parts in lines]
    for order in (range(1, len(cut)), range(len(cut) - 2, -1, -1)):
        step = 1 if order.step < 0 else -1
        for at in order:
            if len(cut[at]) == 1 and len(cut[at + step]) > 1:
                made = _aligned(lines[at][0], cut[at + step][1:])
                # All the columns, or it is a sentence that happens to have a word there.
                cut[at] = made if len(made) == len(cut[at + step]) else cut[at]
    return [Row(tuple(map(run_of, parts)), page, height, column) for parts in cut if parts]


def _baselines(letters: list[Char], tolerance: float) -> list[list[Char]]:
    """Gather letters into lines; `tolerance`, in sizes, is how far from the baseline a raised figure may stand."""
    lines: list[list[Char]] = []
    for char in sorted(letters, key=lambda c: -c.y):
        line = next((line for line in reversed(lines[-4:]) if abs(line[0].y - char.y) < tolerance * char.size), None)
        if line is None:
            lines.append([char])
        else:
            line.append(char)
    for line in lines:
        line.sort(key=lambda c: c.x0)
    return lines


def _runs(line: list[Char]) -> list[Run]:
    return [run_of(part) for part in _parts(line)]


def _parts(line: list[Char]) -> list[list[Char]]:
    """Cut a line where the gap is too wide for neighbours in a sentence."""
    parts: list[list[Char]] = [[]]
    above: Char | None = None
    for char in line:
        if char.text.isspace():
            parts[-1].append(char)
            continue
        if above is not None and char.x0 - above.x1 > _WIDE * char.size:
            parts.append([])
        parts[-1].append(char)
        above = char
    return [part for part in parts if any(not c.text.isspace() for c in part)]


def _aligned(line: list[Char], beside: list[list[Char]]) -> list[list[Char]]:
    """Cut a line of a table whose cells have little room between them: where a cell begins on the line above or below."""
    starts = [part[0].x0 for part in beside]
    parts: list[list[Char]] = [[]]
    above: Char | None = None
    for char in line:
        if not char.text.isspace():
            apart = above is not None and char.x0 - above.x1 > _NARROW * char.size
            if apart and any(abs(char.x0 - x) < 1 for x in starts):
                parts.append([])
            above = char
        parts[-1].append(char)
    return [part for part in parts if any(not c.text.isspace() for c in part)]


def _gutter(runs: list[Run]) -> float | None:
    """Return where the white between two columns of text runs, None when the page has one column (or a table)."""
    if len(runs) < 20:
        return None
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    letters = sum(len(run.text) for run in runs)
    best, where = 0, None
    for step in range(35, 66):
        x = left + (right - left) * step / 100
        before = [run for run in runs if run.x1 < x - _GUTTER / 2]
        after = [run for run in runs if run.x0 > x + _GUTTER / 2]
        crossing = len(runs) - len(before) - len(after)
        least = min(sum(len(r.text) for r in side) for side in (before, after))
        # Cells of a table seldom fill their column, and stand on the same line as their neighbours.
        full = sum(run.x1 - run.x0 > 0.75 * (x - left) for run in before)
        beside = sum(any(abs(run.y - other.y) < 0.5 for other in before) for run in after)
        text = full * 3 > len(before) or beside * 2 < len(after)
        if least * 5 > letters and crossing * 7 < len(runs) and text and len(before) + len(after) > best:
            best, where = len(before) + len(after), x
    return where


# Running heads.


def without_running(pages: list[list[Row]]) -> tuple[list[list[Row]], list[LeftOut]]:
    """Take away what comes again in the margins of page after page, page numbers, and what stands outside the text on one page."""
    numbers = {id(row) for rows in pages for row in _page_numbers(rows)}
    outside = _outside([[row for row in rows if id(row) not in numbers] for rows in pages])
    seen: Counter[tuple[str, int]] = Counter()
    for rows in pages:
        seen.update({_place(row) for row in rows if _marginal(row) and not _is_text(row.text)})
    least = max(2, (len(pages) + 1) // 2)
    left_out: list[LeftOut] = []
    kept: list[list[Row]] = []
    told: set[str] = set()
    for rows in pages:
        stay = []
        outer = {id(row) for row in (sorted(rows, key=lambda r: -r.y)[:1] + sorted(rows, key=lambda r: r.y)[:1])}
        for row in rows:
            number = id(row) in numbers
            with_number = id(row) in outer and _marginal(row) and _WITH_NUMBER.fullmatch(row.text)
            again = _marginal(row) and any(seen[near] >= least for near in _near(row))
            if not (number or with_number or again or id(row) in outside):
                stay.append(row)
            elif _digitless(row.text) not in told:
                told.add(_digitless(row.text))
                what = "sidnummer" if number else "sidhuvud" if row.y > row.height / 2 else "sidfot"
                left_out.append(LeftOut(what, row.text, row.page))
        kept.append(stay)
    return kept, left_out


def _page_numbers(rows: list[Row]) -> list[Row]:
    """Return the lines that are nothing but the number of the page: in the margin, or outermost and set apart from the text."""
    heights = sorted(row.y for row in rows)
    found = []
    for row in rows:
        if _PAGE_NUMBER.fullmatch(row.text):
            far = abs(row.y / row.height - 0.5) > 0.4
            outermost = row.y in (heights[0], heights[-1])
            gap = min((abs(row.y - y) for y in heights if y != row.y), default=math.inf)
            if (_marginal(row) and (far or outermost)) or (outermost and gap > _APART * row.size):
                found.append(row)
    return found


_MOST_IN_MARGIN = 4
_APART = 1.8
"""So many times the size of the text must the white between it and a running head be."""
_OUTSIDE = 4.0
"""So many points beyond the text of every other page a running head that stands on one page alone must lie."""


def _outside(pages: list[list[Row]]) -> set[int]:
    """Return the running heads that do not come again: on the second of two pages, or the foot of the first page alone.

    They are small, or say the title once more; they are set apart from the text; and where they stand no other page has any text.
    """
    sizes = Counter(round(row.size) for rows in pages for row in rows for _ in range(1 + len(row.text) // 10))
    body = sizes.most_common(1)[0][0] if sizes else 0
    found: set[int] = set()
    for up in (1, -1):
        edges = [_edge(rows, up, body, _named(pages[0], body) if at else "") for at, rows in enumerate(pages)]
        # How far out the text of each page goes, what may be a running head not counted.
        reach = [max((row.y * up for row in rows if row not in edge), default=-math.inf) for rows, edge in zip(pages, edges, strict=True)]
        for at, edge in enumerate(edges):
            others = [far for page, far in enumerate(reach) if page != at]
            # Above the only page may stand what the document says of itself: a dnr, a day.
            fact = up > 0 and not others and any(c.isdigit() or c == ":" for row in edge for c in row.text)
            if edge and not fact and all(far < min(row.y * up for row in edge) - _OUTSIDE for far in others):
                found |= {id(row) for row in edge}
    return found


def _edge(rows: list[Row], up: int, body: float, title: str) -> list[Row]:
    """Return the lines at the upper edge (`up` 1) or the lower one (-1) that are set apart from the rest and do not look like text."""
    ordered = sorted(rows, key=lambda row: -row.y * up)
    for end in range(1, min(len(ordered), _MOST_IN_MARGIN + 1)):
        edge = ordered[:end]
        if abs(edge[-1].y - ordered[end].y) > _APART * body:
            first = max(edge, key=lambda row: row.y)
            small = all(row.size < body * 0.93 for row in edge) and not (up < 0 and first.text[:1].isdigit())
            said = bool(title) and any(title in _words(row.text) for row in edge)
            return edge if (small or said) and all(map(_marginal, edge)) and not any(_is_text(row.text) for row in edge) else []
    return []


def _named(rows: list[Row], body: float) -> str:
    """The title, as far as it is the largest print of the first page."""
    largest = max((row.size for row in rows), default=0.0)
    return _words(" ".join(row.text for row in rows if row.size > largest - 0.5)) if largest > body * 1.2 else ""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _marginal(row: Row) -> bool:
    return row.y > row.height * (1 - _EDGE) or row.y < row.height * _EDGE


def _is_text(text: str) -> bool:
    """True for what is no running head, however often it comes again at the same height: a § number, the end of a sentence."""
    return paragraf_alone(text) or (text[:1].islower() and text[-1:] in ".,;:")


def _digitless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _place(row: Row) -> tuple[str, int]:
    return _digitless(row.text), round(row.y / 3)


def _near(row: Row) -> list[tuple[str, int]]:
    if _is_text(row.text):
        return []
    text, y = _place(row)
    return [(text, y + step) for step in (-1, 0, 1)]
