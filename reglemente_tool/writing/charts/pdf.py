"""PDF: the picture on a sheet lying down, then what has moved, what nobody has, and every provision in tables (PDF/UA-1, PDF/A-2a)."""

from __future__ import annotations

from reglemente_tool.ownership.chart import Chart
from reglemente_tool.writing.charts._typst import data
from reglemente_tool.writing.look import Look
from reglemente_tool.writing.typesetting import set_pdf

NAME = "pdf"
SUFFIX = ".pdf"


def write(chart: Chart, *, look: Look = Look()) -> bytes:  # noqa: B008
    """Return the map as a PDF. Raises CannotWrite when the font lacks a character."""
    return set_pdf("chart.typ", data(chart, look), look.font)
