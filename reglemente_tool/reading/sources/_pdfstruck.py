"""Words of a PDF page that a line is drawn through: a comparison that somebody has printed, whose struck words are no longer text."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from reglemente_tool.reading.sources._pdfchars import Char, run_of

_THIN = 2.5
"""Points; a line that is thicker is a bar or a box."""
_LOW, _HIGH = 0.12, 0.5
"""How far over the baseline a line through letters lies, in sizes. LibreOffice, Chromium and typst draw it at 0.25 to 0.28; what underlines
lies below it, and a rule of a table goes through no letters."""
_FEWEST = 2


def without_struck(page: Any, letters: list[Char]) -> tuple[list[Char], list[str]]:
    """Return the letters that no line is drawn through, and the words that one is drawn through, line by line."""
    import pypdfium2.raw as raw

    drawn = []
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        x0, y0, x1, y1 = path.get_bounds()
        if y1 - y0 < _THIN and x1 - x0 > _THIN:
            drawn.append((x0, (y0 + y1) / 2, x1))
    struck: set[int] = set()
    words: list[str] = []
    # By height, so that a drawing of thousands of lines is not held against every letter.
    by_height = sorted(letters, key=lambda c: c.y)
    heights = [c.y for c in by_height]
    tallest = max((c.size for c in letters), default=0.0)
    for x0, y, x1 in drawn:
        near = by_height[bisect_left(heights, y - _HIGH * tallest) : bisect_left(heights, y)]
        through = [c for c in near if x0 - 1 < (c.x0 + c.x1) / 2 < x1 + 1 and _LOW * c.size < y - c.y < _HIGH * c.size]
        seen = [c for c in through if not c.text.isspace() and id(c) not in struck]
        # A line that goes on far beyond the letters is a rule that happens to meet them.
        if len(seen) >= _FEWEST and max(c.x1 for c in seen) - min(c.x0 for c in seen) > 0.8 * (x1 - x0):
            struck |= {id(c) for c in through}
            words.append(run_of(sorted(through, key=lambda c: c.x0)).text)
    return [c for c in letters if id(c) not in struck], words
