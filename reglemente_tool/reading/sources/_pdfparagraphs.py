"""From the lines of a PDF without tags to paragraphs, list items and table rows, by where they stand on the page."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from reglemente_tool.reading.document import Piece, Role
from reglemente_tool.reading.sources._hyphens import joined
from reglemente_tool.reading.sources._pdfchars import Run
from reglemente_tool.reading.sources._pdflines import Row
from reglemente_tool.reading.sources._pieces import cells, folded

_GAP = 1.2
"""A distance between two lines that is so many times the usual one begins a new paragraph."""
_MARKS = (
    r"(?:[–—‒―−•·◦▪▫*‣●○■□►➢\uf000-\uf0ff-]|o|\(?\d{1,3}[.)]|[a-zåäö][.)]|[ivx]{1,4}[.)]|"
    r"\d{1,3}(?:\s?[a-z])?(?:\s*|\.)§|§\s*\d{1,3}(?:\s?[a-z])?)"
)
_MARK = re.compile(rf"{_MARKS}(?=\s|$)")
_GLUED = re.compile(r"[–•·-](?=[^\W\d_])|(?:\d{1,3}(?:\s?[a-z])?(?:\s*|\.)§|§\s*\d{1,3})(?=[A-ZÅÄÖ])")
_LONE = re.compile(rf"{_MARKS}[.:]?")
_ENDS = re.compile(r"[.:;!?][”\"»)]?$")
_LEADERS = re.compile(r"\.{5,}|(?:\. ){5,}|…{3,}")
_NOTE = re.compile(r"\d{1,2}(?:\s+|(?=[^\W\d_]))\S")


@dataclass(slots=True)
class _Open:
    """The paragraph that is being gathered."""

    text: str
    rows: list[Row]
    item: bool
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Measure:
    """What is usual in the document: the distance of lines by size, the edges of each column, the size of the text."""

    body: float
    leading: dict[int, float]
    edges: dict[tuple[int, int], tuple[float, float]]

    def lead(self, row: Row) -> float:
        return self.leading.get(round(row.size), row.size * 1.25)

    def edge(self, row: Row) -> tuple[float, float]:
        return self.edges[row.page, row.column]


def paragraphs(pages: list[list[Row]], known: frozenset[str]) -> tuple[Piece, ...]:
    """Return the pieces that the lines of all pages make; `known` are the document's words, for words that were broken."""
    measure = _measured(pages)
    pages, notes = _apart(pages, measure.body)
    pieces: list[Piece] = []
    open_now: _Open | None = None
    rows = [row for page in pages for row in page]
    at = 0
    while at < len(rows):
        table = _table(rows, at)
        if table:
            if open_now is not None:
                pieces.append(_piece(open_now, measure))
                open_now = None
            pieces += _table_rows(rows[at : at + table])
            at += table
            continue
        row = rows[at]
        if open_now is None or _begins(open_now, row, measure):
            if open_now is not None:
                pieces.append(_piece(open_now, measure))
            open_now = _Open(row.text, [row], _is_item(row.text))
        else:
            open_now.text, doubt = joined(open_now.text, row.text, known)
            if doubt:
                open_now.doubts.append(doubt)
            if row.page != open_now.rows[-1].page and _ENDS.search(open_now.rows[-1].text):
                open_now.doubts.append("Stycket bröts över en sida. Är det två stycken?")
            open_now.rows.append(row)
        at += 1
    if open_now is not None:
        pieces.append(_piece(open_now, measure))
    for page, words in reversed(notes):
        at = next((n for n in range(len(pieces) - 1, -1, -1) if pieces[n].page <= page), -1)
        pieces.insert(at + 1, Piece(folded(words), Role.NOTE, page=page))
    return tuple(pieces)


def _apart(pages: list[list[Row]], body: float) -> tuple[list[list[Row]], list[tuple[int, str]]]:
    """Take the footnotes away from the foot of each column, so that what the page broke stands together; return (page, words)."""
    kept, notes = [], []
    for page in pages:
        end = {column: [row for row in page if row.column == column] for column in {row.column for row in page}}
        out: set[int] = set()
        for rows in end.values():
            first = len(rows)
            while first and rows[first - 1].size < body * 0.93 and rows[first - 1].y < rows[first - 1].height * 0.4:
                first -= 1
            found: list[str] = []
            for row in rows[first:]:
                if _NOTE.match(row.text):
                    found.append(re.sub(r"^\d{1,2}\s*", "", row.text))
                elif found:
                    found[-1] = joined(found[-1], row.text, frozenset())[0]
                else:
                    continue
                out.add(id(row))
            notes += [(row.page, words) for row in rows[:1] for words in found]
        kept.append([row for row in page if id(row) not in out])
    return kept, notes


def _is_item(text: str) -> bool:
    return _MARK.match(text) is not None or _GLUED.match(text) is not None


def _measured(pages: list[list[Row]]) -> _Measure:
    rows = [row for page in pages for row in page]
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    gaps: dict[int, Counter[float]] = {}
    for page in pages:
        for above, row in itertools.pairwise(page):
            gap = above.y - row.y
            if 0 < gap < 3 * row.size and round(above.size) == round(row.size) and above.column == row.column:
                gaps.setdefault(round(row.size), Counter())[round(gap * 2) / 2] += 1
    leading = {}
    for size, counted in gaps.items():
        # The least distance that comes again and that lines can have: between paragraphs it is larger.
        least = max(2, counted.total() // 30)
        common = [gap for gap, n in counted.items() if n >= least and 0.95 * size <= gap <= 1.8 * size]
        if common:
            leading[size] = min(common)
    edges: dict[tuple[int, int], tuple[float, float]] = {}
    everywhere: dict[int, list[tuple[float, float]]] = {}
    for row in rows:
        everywhere.setdefault(row.column, []).append((row.x0, row.x1))
    for row in rows:
        spans = everywhere[row.column]
        if (row.page, row.column) not in edges:
            lefts = Counter(round(x0) for x0, _ in spans)
            rights = sorted(x1 for _, x1 in spans)
            edges[row.page, row.column] = (float(lefts.most_common(1)[0][0]), rights[min(len(rights) - 1, len(rights) * 97 // 100)])
    return _Measure(sizes.most_common(1)[0][0] if sizes else 11.0, leading, edges)


def _begins(open_now: _Open, row: Row, measure: _Measure) -> bool:
    """True when `row` begins a paragraph of its own."""
    above = open_now.rows[-1]
    if _is_item(row.text) and not _goes_on_from(open_now, row, measure):
        return True
    if abs(row.size - above.size) > 0.6 or (row.weight != above.weight and (2 in (row.weight, above.weight))):
        return True
    if (_LONE.fullmatch(open_now.text) and "§" in open_now.text) or _LEADERS.search(above.text):
        return True
    full = _full(above, row, measure)
    hyphen = re.search(r"[^\W\d_][-\u00ad]$", above.text) is not None and row.text[:1].islower()
    if row.page != above.page or row.column != above.column or row.y > above.y:
        if hyphen:
            return False
        ended = _ENDS.search(above.text) is not None
        if not ended and not open_now.item and row.text[:1].islower():
            return False
        return not full or (len(open_now.rows) == 1 and above.weight == 2)
    gap = above.y - row.y
    if gap > _GAP * measure.lead(row):
        return True
    if hyphen:
        return False
    if not full:
        return True
    if not open_now.item and len(open_now.rows) == 1 and row.x0 > above.x0 + 6:
        return above.x1 < measure.edge(above)[1] - 40
    return len(open_now.rows) > 1 and row.x0 > open_now.rows[-1].x0 + 6 and not open_now.item


def _goes_on_from(open_now: _Open, row: Row, measure: _Measure) -> bool:
    """True for "5 §" or "– " that only happens to begin a line in the middle of a sentence."""
    above = open_now.rows[-1]
    if _ENDS.search(above.text) and not above.text.endswith("kap."):
        return False
    if "§" in row.text[:8]:
        return bool(re.search(r"(?:kap\.|enligt|och|till|i|,|–|§)$", above.text)) and not _LONE.fullmatch(above.text)
    if row.text[:1] in "–-" and not open_now.item:
        # A list stands further in, or after a line that had room left.
        aligned = abs(row.x0 - above.x0) < 2 or (len(open_now.rows) == 1 and row.x0 < above.x0)
        return aligned and row.text[2:3].islower() and above.text[-1] not in ":," and _full(above, row, measure)
    return False


def _full(above: Row, row: Row, measure: _Measure) -> bool:
    """True when the first word of `row` had no room on the line above: the line was broken by the margin alone."""
    word = row.text.split(" ")[0]
    width = (row.runs[0].x1 - row.x0) * (len(word) + 1) / max(len(row.runs[0].text), 1)
    # Letters are not equally wide: where the words themselves go on, half a letter's size is neither here nor there.
    runs_on = row.text[:1].islower() and _ENDS.search(above.text) is None
    return above.x1 + width > measure.edge(above)[1] - (0.5 * row.size if runs_on else 0.5)


def _piece(made: _Open, measure: _Measure) -> Piece:
    first = made.rows[0]
    small = first.size < measure.body * 0.93 and first.y < first.height * 0.35 and _NOTE.match(made.text)
    role = Role.NOTE if small else Role.TEXT
    text = re.sub(r"^\d{1,2}\s*", "", made.text) if small else made.text
    weight = min(row.weight for row in made.rows)
    left = measure.edge(first)[0]
    top = 1 - (first.y + first.size) / first.height
    return Piece(folded(text), role, "", 0, max(first.x0 - left, 0.0), first.size, weight, False, first.page, tuple(made.doubts), top)


# Tables.


def _table(rows: list[Row], at: int) -> int:
    """Return how many lines from `at` on are a table, 0 when none is there."""
    if not _tabular(rows[at]):
        return 0
    columns = [run.x0 for run in rows[at].runs]
    end, wide = at + 1, 1
    while end < len(rows):
        row = rows[end]
        fits = all(any(abs(run.x0 - x) < 5 for x in columns) for run in row.runs)
        near = row.page != rows[end - 1].page or rows[end - 1].y - row.y < 3.2 * row.size
        if not fits or not near or (len(row.runs) < 2 and rows[end - 1].y - row.y > 1.6 * row.size):
            break
        if len(row.runs) == 1 and abs(row.x0 - columns[0]) < 5 and not _before(rows, end, columns):
            break
        wide += len(row.runs) > 1
        end += 1
    return end - at if wide > 1 else 0


def _before(rows: list[Row], at: int, columns: list[float]) -> bool:
    """True when a table line follows soon after: the line is the first cell going on, or a row with one cell filled."""
    return at + 1 < len(rows) and len(rows[at + 1].runs) > 1 and any(abs(rows[at + 1].runs[-1].x0 - x) < 5 for x in columns)


def _tabular(row: Row) -> bool:
    return len(row.runs) > 1 and not _LONE.fullmatch(row.runs[0].text)


def _table_rows(rows: list[Row]) -> list[Piece]:
    columns = [run.x0 for run in rows[0].runs]
    gaps = [a.y - b.y for a, b in itertools.pairwise(rows) if a.y > b.y]
    least = min(gaps, default=0.0)
    spaced = bool(gaps) and max(gaps) > 1.25 * least
    made: list[tuple[list[str], Row]] = []
    header: list[str] = []
    above: Row | None = None
    for row in rows:
        texts = [" ".join(run.text for run in row.runs if _column(run, columns) == at) for at in range(len(columns))]
        gap = above.y - row.y if above is not None else 0.0
        over = above is not None and row.page != above.page
        begins = above is None or (bool(texts[0]) if over or not spaced else gap > 1.25 * least)
        begins = begins and not (made and not spaced and _rest_of(texts, made[-1][0]))
        if begins:
            made.append((texts, row))
        else:
            made[-1] = ([_cell(a, b) for a, b in zip(made[-1][0], texts, strict=True)], made[-1][1])
        above = row
    pieces: list[Piece] = []
    for texts, row in made:
        if texts == header:
            continue
        header = header or texts
        top = 1 - (row.y + row.size) / row.height
        pieces.append(Piece(cells(texts), Role.ROW, size=row.size, close=True, page=row.page, top=top))
    return pieces


def _rest_of(texts: list[str], above: list[str]) -> bool:
    """True when every cell of a line goes on with a small letter, in a row whose cells begin with a capital: the cells were broken."""
    filled = [(text, over) for text, over in zip(texts, above, strict=True) if text]
    return all(text[:1].islower() and over[:1].isupper() and _ENDS.search(over) is None for text, over in filled)


def _cell(text: str, below: str) -> str:
    return joined(text, below, frozenset())[0] if text and below else text or below


def _column(run: Run, columns: list[float]) -> int:
    return min(range(len(columns)), key=lambda at: abs(columns[at] - run.x0))
