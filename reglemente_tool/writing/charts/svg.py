"""SVG: the picture alone, to put on a page or in a presentation. Its letters are lines, so that it looks the same everywhere;
what it says stands beside them in words, for those who have it read to them.
"""

from __future__ import annotations

import re
from html import escape

from reglemente_tool.ownership.chart import Chart
from reglemente_tool.writing.charts._typst import data
from reglemente_tool.writing.charts.text import render
from reglemente_tool.writing.look import Look
from reglemente_tool.writing.typesetting import set_drawing

NAME = "svg"
SUFFIX = ".svg"


def write(chart: Chart, *, look: Look = Look()) -> bytes:  # noqa: B008
    """Return the picture as SVG. Raises CannotWrite when the font lacks a character."""
    made = set_drawing("chart.typ", data(chart, look, drawing=True), look.font).decode()
    title = f"Ansvarskarta, {chart.municipality}" if chart.municipality else "Ansvarskarta"
    words = f'<title id="titel">{escape(title)}, {chart.in_force}</title><desc id="ord">{escape(render(chart))}</desc>'
    named = 'role="img" aria-labelledby="titel ord" xml:lang="sv"'
    return re.sub(r"<svg\b([^>]*)>", lambda m: f"<svg{m[1]} {named}>{words}", made, count=1).encode()
