"""HTML: the map as one page that needs nothing else, no script: the picture, what has moved, and every provision in tables."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from reglemente_tool.ownership.chart import Chart
from reglemente_tool.writing.charts._grid import WEAKER, grid
from reglemente_tool.writing.charts._rows import HEAD, SHIFTS, rows, shift_rows
from reglemente_tool.writing.charts.text import moved
from reglemente_tool.writing.letters import harmless, unbroken
from reglemente_tool.writing.look import Look

if TYPE_CHECKING:
    from jinja2 import Template

NAME = "html"
SUFFIX = ".html"


def write(chart: Chart, *, look: Look = Look()) -> bytes:  # noqa: B008
    """Return the map as UTF-8 HTML."""
    numbered = list(enumerate(rows(chart), 1))
    return (
        _template()
        .render(
            chart=chart,
            grid=grid(chart),
            look=look,
            weaker={drawn.value: said for drawn, said in WEAKER.items()},
            areas=[(area, list(listed)) for area, listed in groupby(numbered, key=lambda entry: entry[1][0])],
            head=dict(zip(HEAD, range(len(HEAD)), strict=True)),
            moves=[(m.area, m.task, moved(m.before, m.after, m.by, inferred=m.inferred)) for m in chart.moves],
            shifts=shift_rows(chart),
            shift_head=SHIFTS,
        )
        .encode()
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters.update(
        calm=lambda text: unbroken(harmless(text)),
        data_uri=lambda data, kind: f"data:{kind};base64,{b64encode(data).decode()}",
    )
    return environment.from_string(files("reglemente_tool.writing").joinpath("templates/chart.html.jinja").read_text(encoding="utf-8"))
