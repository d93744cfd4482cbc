"""The lines of a PDF page without tags: letters gathered by baseline, columns told apart, running heads taken away."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from reglemente_tool.reading.document import LeftOut
from reglemente_tool.reading.sources._pdfchars import Char, Run, run_of

_WIDE = 1.5
"""So many times its size must the gap between two letters be for them to be no neighbours in a sentence."""
_EDGE = 0.15
"""Running heads stand in the outermost part of the page."""
_GUTTER = 9.0
"""The least width, in points, of the white between two columns."""
_PAGE_NUMBER = re.compile(r"(?i)\W*(?:sidan?\s*)?\d{1,3}(?:\s*(?:\(\s*\d{1,3}\s*\)|[/:]\s*\d{1,3}|av\s+\d{1,3}))?\W*")


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


def rows_of(letters: list[Char], page: int, height: float) -> list[Row]:
    """Return the page's lines in reading order: column by column between what spans the page."""
    rows = [Row(tuple(_runs(line)), page, height) for line in _baselines(letters)]
    return _by_column([row for row in rows if row.text.strip()])


def _baselines(letters: list[Char]) -> list[list[Char]]:
    """Gather letters into lines; a raised figure goes with the line it stands over."""
    lines: list[list[Char]] = []
    for char in sorted(letters, key=lambda c: -c.y):
        tolerance = 0.45 * char.size
        line = next((line for line in reversed(lines[-4:]) if abs(line[0].y - char.y) < tolerance), None)
        if line is None:
            lines.append([char])
        else:
            line.append(char)
    for line in lines:
        line.sort(key=lambda c: c.x0)
    return lines


def _runs(line: list[Char]) -> list[Run]:
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
    return [run_of(part) for part in parts if any(not c.text.isspace() for c in part)]


def _by_column(rows: list[Row]) -> list[Row]:
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    made: list[Row] = []
    band: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        left = tuple(r for r in row.runs if r.x1 <= gutter)
        right = tuple(r for r in row.runs if r.x0 >= gutter)
        if len(left) + len(right) < len(row.runs):
            made += band[0] + band[1] + [row]
            band = ([], [])
            continue
        if left:
            band[0].append(replace(row, runs=left, column=1))
        if right:
            band[1].append(replace(row, runs=right, column=2))
    return made + band[0] + band[1]


def _gutter(rows: list[Row]) -> float | None:
    """Return where the white between two columns runs, None when the page has one column (or a table)."""
    spans = [(run.x0, run.x1) for row in rows for run in row.runs]
    if len(rows) < 12:
        return None
    left, right = min(x0 for x0, _ in spans), max(x1 for _, x1 in spans)
    best, where = 0, None
    for step in range(30, 71):
        x = left + (right - left) * step / 100
        clear = [row for row in rows if not any(r.x0 < x + _GUTTER / 2 and r.x1 > x - _GUTTER / 2 for r in row.runs)]
        both = [row for row in clear if row.runs[0].x1 < x < row.runs[-1].x0]
        on_left = sum(any(r.x1 < x for r in row.runs) and len(" ".join(r.text for r in row.runs if r.x1 < x)) > 12 for row in both)
        on_right = sum(any(r.x0 > x for r in row.runs) and len(" ".join(r.text for r in row.runs if r.x0 > x)) > 12 for row in both)
        if min(on_left, on_right) >= 8 and len(clear) * 10 >= len(rows) * 7 and min(on_left, on_right) * 3 >= len(rows) and len(both) > best:
            best, where = len(both), x
    return where


# Running heads.


def without_running(pages: list[list[Row]]) -> tuple[list[list[Row]], list[LeftOut]]:
    """Take away what comes again in the margins of page after page, and page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for rows in pages:
        seen.update({_place(row) for row in rows if _marginal(row)})
    least = max(2, (len(pages) + 1) // 2)
    left_out: list[LeftOut] = []
    kept: list[list[Row]] = []
    told: set[str] = set()
    for rows in pages:
        stay = []
        outer = {id(row) for row in (sorted(rows, key=lambda r: -r.y)[:1] + sorted(rows, key=lambda r: r.y)[:1])}
        for row in rows:
            number = _PAGE_NUMBER.fullmatch(row.text) and (id(row) in outer or _marginal(row) and abs(row.y / row.height - 0.5) > 0.4)
            if not number and not (_marginal(row) and any(seen[near] >= least for near in _near(row))):
                stay.append(row)
            elif _digitless(row.text) not in told:
                told.add(_digitless(row.text))
                what = "sidnummer" if number else "sidhuvud" if row.y > row.height / 2 else "sidfot"
                left_out.append(LeftOut(what, row.text, row.page))
        kept.append(stay)
    return kept, left_out


def _marginal(row: Row) -> bool:
    return row.y > row.height * (1 - _EDGE) or row.y < row.height * _EDGE


def _digitless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _place(row: Row) -> tuple[str, int]:
    return _digitless(row.text), round(row.y / 3)


def _near(row: Row) -> list[tuple[str, int]]:
    text, y = _place(row)
    return [(text, y + step) for step in (-1, 0, 1)]
