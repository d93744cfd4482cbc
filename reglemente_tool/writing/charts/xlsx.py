"""XLSX: the table with its head frozen, a filter and wide enough columns; every cell is text, and none a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from reglemente_tool.ownership.chart import Chart
from reglemente_tool.writing.charts._rows import HEAD, SHIFTS, rows, shift_rows

NAME = "xlsx"
SUFFIX = ".xlsx"

_WIDTHS = {
    "Område": 24, "Uppgift": 26, "Nämnd": 24, "Läge": 20, "Reglemente": 30, "Bestämmelse": 26, "Inledning": 30, "Lydelse": 60,
    "Orden om uppgiften": 50, "Gäller sedan": 13, "Beslut": 22, "Anmärkning": 40, "Ändrat": 36,
    "Vad": 14, "Uppgifter": 24, "Från": 36, "Lydelse förut": 50, "Till": 36, "Lydelse nu": 50, "Dag": 12,
}  # fmt: skip
_LONGEST = 32_767
"""Letters that a cell may have; a longer one is cut in two and says so."""


def write(chart: Chart) -> bytes:
    """Return the map as a workbook: the table, what has happened since the day of comparison, and what the map says of itself."""
    import xlsxwriter

    made = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, plain) as book:
        # The clock is never asked, so that the same map gives the same bytes.
        day = datetime(chart.in_force.year, chart.in_force.month, chart.in_force.day)
        title = f"Ansvarskarta, {chart.municipality}" if chart.municipality else "Ansvarskarta"
        book.set_properties({"title": title, "created": day})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F0F0EE", "num_format": "@"})
        cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        _sheet(book, "Ansvar", HEAD, rows(chart), head, cell)
        if chart.before is not None:
            _sheet(book, "Ändrat", SHIFTS, shift_rows(chart), head, cell)
        _sheet(book, "Om kartan", ("Om kartan",), [(line,) for line in (title, *chart.status)], head, cell)
    return made.getvalue()


def _sheet(book, name: str, columns: Sequence[str], listed: Sequence[Sequence[str]], head, cell) -> None:  # type: ignore[no-untyped-def]
    sheet = book.add_worksheet(name)
    for n, column in enumerate(columns):
        sheet.set_column(n, n, _WIDTHS.get(column, 90))
        sheet.write_string(0, n, column, head)
    for at, row in enumerate(listed, 1):
        for n, text in enumerate(row):
            said = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 40]} … (cellen rymmer inte mer)"
            sheet.write_string(at, n, said, cell)
    sheet.freeze_panes(1, 0)
    if len(columns) > 1:
        sheet.autofilter(0, 0, max(len(listed), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
