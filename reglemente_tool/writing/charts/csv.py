"""CSV as a Swedish Excel opens it: semicolons, UTF-8 with its mark, CRLF; nothing in a cell is ever a formula.

A cell that a calculation program would take for a formula has an apostrophe before it, which the program shows as text; so has a
cell that begins with an apostrophe of its own, so that the way back is sure. Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import io

from reglemente_tool.ownership.chart import Chart
from reglemente_tool.writing.charts._rows import HEAD, rows

NAME = "csv"
SUFFIX = ".csv"

_FORMULA = tuple("=+-@'\t\r＝＋－＠|%")


def write(chart: Chart) -> bytes:
    """Return the map as a table, with the names of the columns in the first row."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([calm(cell) for cell in row] for row in rows(chart))
    return b"\xef\xbb\xbf" + made.getvalue().encode()


def calm(cell: str) -> str:
    """Return a cell that no program takes for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
