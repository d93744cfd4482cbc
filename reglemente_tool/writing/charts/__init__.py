"""A shelf: one form of the responsibility map in each file, with NAME, SUFFIX and `write(chart) -> bytes`.

The map is a value (`ownership.chart`); `_rows` says it as a table and `_grid` as a picture, for all of them alike.
"""

from __future__ import annotations

from typing import Protocol, cast

from reglemente_tool.ownership.chart import Chart
from reglemente_tool.shelf import modules
from reglemente_tool.writing.page import CannotWrite


class ChartWriter(Protocol):
    """What a module on this shelf has. A form that can be dressed has the keyword `look`."""

    NAME: str
    SUFFIX: str

    def write(self, chart: Chart) -> bytes:
        """Return the document; the same map gives the same bytes."""


def chart_writer(name: str) -> ChartWriter:
    """Return the form called `name`. Raises CannotWrite, naming those that there are."""
    found = [cast(ChartWriter, module) for module in modules(__name__)]
    for one in found:
        if name == one.NAME:
            return one
    raise CannotWrite(f"Kartan kan inte skrivas som ”{name}”.", hint=f"Välj något av {', '.join(one.NAME for one in found)}.")
